using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Transports.Recording;

namespace DeviceHarness.Agent.Replay;

/// <summary>A device that answers from a record: octets that come as they came then are answered as they were then, after the time that it
/// took then.</summary>
/// <remarks>The first octet that differs is told, and the device is silent until a connection begins as the record does; after its end the
/// record begins anew. Octets that the record masks match whatever comes; the time in a write of a clock may differ.</remarks>
internal sealed class RecordedDevice
{
    private const int ReadOctets = 4096;

    private readonly IReadOnlyList<ReplayPiece> _pieces;
    private readonly TimeProvider _time;
    private readonly Action<string> _onDifference;
    private readonly List<byte> _came = [];
    private int _next;
    private bool _isLost;

    /// <summary>Takes a record.</summary>
    /// <param name="pieces">What passed the port, in order; the first went to the device.</param>
    /// <param name="time">What makes the answers wait.</param>
    /// <param name="onDifference">Told how the first octet differs, once for each time that the record begins.</param>
    public RecordedDevice(IReadOnlyList<ReplayPiece> pieces, TimeProvider time, Action<string> onDifference)
    {
        _pieces = pieces;
        _time = time;
        _onDifference = onDifference;
    }

    /// <summary>Serves a line until it is told to stop.</summary>
    /// <exception cref="Abstractions.Errors.TransportException">The line is gone.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task RunAsync(IByteTransport line, CancellationToken cancellationToken)
    {
        byte[] input = new byte[ReadOctets];
        while (true)
        {
            TransportRead read = await line.ReadAsync(input, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            for (int taken = 0; taken < read.Count; taken++)
            {
                Take(input[taken]);
                await AnswerAsync(line, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask AnswerAsync(IByteTransport line, CancellationToken cancellationToken)
    {
        while (!_isLost && _next > 0 && _next < _pieces.Count && _pieces[_next].Direction == WireDirection.FromDevice)
        {
            ReplayPiece piece = _pieces[_next];
            TimeSpan delay = piece.Time - _pieces[_next - 1].Time;
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            }

            await line.WriteAsync(piece.Octets, cancellationToken).ConfigureAwait(false);
            _next++;
        }
    }

    private void Take(byte octet)
    {
        if (_isLost)
        {
            FindBeginning(octet);
            return;
        }

        _next %= _pieces.Count;
        _came.Add(octet);
        ReplayPiece piece = _pieces[_next];
        bool isWhole = _came.Count == piece.Octets.Length;
        int different = FirstDifference(piece);
        if (different >= 0 && !(AttemptReplay.SetsClock(piece.Octets.Span) && (!isWhole || AttemptReplay.SetsClock([.. _came]))))
        {
            Lose(piece, different);
        }
        else if (isWhole)
        {
            _came.Clear();
            _next++;
        }
    }

    private int FirstDifference(ReplayPiece piece)
    {
        for (int index = 0; index < _came.Count; index++)
        {
            if (piece.IsKnown[index] && piece.Octets.Span[index] != _came[index])
            {
                return index;
            }
        }

        return -1;
    }

    private void Lose(ReplayPiece piece, int different)
    {
        _isLost = true;
        _onDifference(FormattableString.Invariant(
            $"piece {_next + 1} of {_pieces.Count} differs at octet {different}: recorded {Convert.ToHexString(piece.Octets.Span)}, ")
            + $"came {Convert.ToHexString([.. _came])}");
    }

    private void FindBeginning(byte octet)
    {
        ReplayPiece first = _pieces[0];
        _came.Add(octet);
        if (_came.Count > first.Octets.Length)
        {
            _came.RemoveRange(0, _came.Count - first.Octets.Length);
        }

        if (_came.Count == first.Octets.Length && FirstDifference(first) < 0)
        {
            _came.Clear();
            (_isLost, _next) = (false, 1);
        }
    }
}
