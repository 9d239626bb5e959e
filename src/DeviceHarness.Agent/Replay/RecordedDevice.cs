using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Transports.Recording;

namespace DeviceHarness.Agent.Replay;

/// <summary>A device that answers from a record: octets that come as they came then are answered as they were then, after the time that it
/// took then.</summary>
/// <remarks>A record may hold many connections. One that begins goes on as whichever recorded one fits all that came since, the next of the
/// record first; after its end the record begins anew. The first octet that fits none is told, and the device is silent until a connection
/// begins. Octets that the record masks match whatever comes; the time in a write of a clock may differ where it is in clear.</remarks>
internal sealed class RecordedDevice
{
    private const int ReadOctets = 4096;

    private readonly IReadOnlyList<ReplayPiece> _pieces;
    private readonly TimeProvider _time;
    private readonly Action<string> _onDifference;
    private readonly int[] _starts;
    private readonly int _longestStart;
    private readonly List<byte> _came = [];
    private List<Place> _fitting = [new Place(0, 0)];
    private int _writesTaken;
    private bool _isAnswerDue;
    private bool _isLost;
    private int _goesOnAt;

    /// <summary>Takes a record.</summary>
    /// <param name="pieces">What passed the port, in order; the first went to the device.</param>
    /// <param name="time">What makes the answers wait.</param>
    /// <param name="onDifference">Told how the first octet differs, once for each time that none fits.</param>
    public RecordedDevice(IReadOnlyList<ReplayPiece> pieces, TimeProvider time, Action<string> onDifference)
    {
        _pieces = pieces;
        _time = time;
        _onDifference = onDifference;
        _starts =
        [
            .. Enumerable.Range(0, pieces.Count).Where(index => index == 0 || (pieces[index].Direction == WireDirection.ToDevice
                && AttemptReplay.BeginsConnection(LinkFraming.Hdlc, pieces[index].Octets.Span))),
        ];
        _longestStart = _starts.Max(start => pieces[start].Octets.Length);
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
        if (!_isAnswerDue)
        {
            return;
        }

        _isAnswerDue = false;
        Place answering = _fitting[0];
        byte[] answer = AnswerAt(answering.Next, out int end);
        for (int next = answering.Next; next < end; next++)
        {
            TimeSpan delay = _pieces[next].Time - _pieces[next - 1].Time;
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            }

            await line.WriteAsync(_pieces[next].Octets, cancellationToken).ConfigureAwait(false);
        }

        // A recorded connection that was answered otherwise is not this one.
        List<Place> fitting = [];
        foreach (Place place in _fitting)
        {
            if (AnswerAt(place.Next, out int after).AsSpan().SequenceEqual(answer))
            {
                fitting.Add(place with { Next = after == _pieces.Count ? 0 : after });
            }
        }

        _fitting = fitting;
    }

    /// <summary>What went from the device at a place, until something went to it.</summary>
    private byte[] AnswerAt(int next, out int end)
    {
        end = next;
        while (end < _pieces.Count && _pieces[end].Direction == WireDirection.FromDevice)
        {
            end++;
        }

        return [.. _pieces.Skip(next).Take(end - next).SelectMany(piece => piece.Octets.ToArray())];
    }

    private void Take(byte octet)
    {
        _came.Add(octet);
        if (!_isLost && _fitting.Where(place => Fits(_pieces[place.Next])).ToList() is { Count: > 0 } fitting)
        {
            _fitting = fitting;
            if (_pieces[fitting[0].Next].Octets.Length == _came.Count)
            {
                Complete(fitting);
            }

            return;
        }

        if (!_isLost)
        {
            Lose(_fitting[0]);
        }

        FindBeginning();
    }

    /// <summary>What came is a whole write of the record.</summary>
    private void Complete(List<Place> fitting)
    {
        int whole = fitting[0].Next;
        if (_starts.Contains(whole))
        {
            Begin(whole);
            return;
        }

        _fitting = [.. fitting.Where(place => _pieces[place.Next].Octets.Length == _came.Count)
            .Select(place => place with { Next = place.Next + 1 })];
        _writesTaken++;
        _came.Clear();
        _isAnswerDue = true;
    }

    /// <summary>A connection begins as one of the record does: any that begins so may be meant, the given one and those after it
    /// first.</summary>
    private void Begin(int first)
    {
        _fitting =
        [
            .. _starts.OrderBy(start => start < first).ThenBy(start => start)
                .Where(start => _pieces[start].Octets.Length == _pieces[first].Octets.Length
                    && _pieces[start].Octets.Span.SequenceEqual(_pieces[first].Octets.Span))
                .Select(start => new Place(start, start + 1)),
        ];
        _writesTaken = 1;
        _came.Clear();
        _isLost = false;
        _isAnswerDue = true;
    }

    private bool Fits(ReplayPiece piece)
    {
        bool isWhole = _came.Count == piece.Octets.Length;
        return _came.Count <= piece.Octets.Length
            && (FirstDifference(piece) < 0
                || (AttemptReplay.SetsClock(piece.Octets.Span) && (!isWhole || AttemptReplay.SetsClock([.. _came]))));
    }

    private int FirstDifference(ReplayPiece piece)
    {
        for (int index = 0; index < Math.Min(_came.Count, piece.Octets.Length); index++)
        {
            if (piece.IsKnown[index] && piece.Octets.Span[index] != _came[index])
            {
                return index;
            }
        }

        return -1;
    }

    private void Lose(Place place)
    {
        _isLost = true;

        // A connection that was only begun may be tried again; one that was under way is over.
        bool isOnlyBegun = _writesTaken <= 1 && place.Next > 0;
        _goesOnAt = isOnlyBegun ? place.Start : _starts.FirstOrDefault(start => start >= place.Next);
        ReplayPiece piece = _pieces[place.Next];
        _onDifference(FormattableString.Invariant(
            $"piece {place.Next + 1} of {_pieces.Count} differs at octet {Math.Max(0, FirstDifference(piece))}: ")
            + $"recorded {Convert.ToHexString(piece.Octets.Span)}, came {Convert.ToHexString([.. _came])}");
    }

    private void FindBeginning()
    {
        if (_came.Count > _longestStart)
        {
            _came.RemoveRange(0, _came.Count - _longestStart);
        }

        ReadOnlySpan<byte> came = _came.ToArray();
        foreach (int start in _starts.OrderBy(start => start < _goesOnAt).ThenBy(start => start))
        {
            if (EndsWith(came, _pieces[start]))
            {
                Begin(start);
                return;
            }
        }
    }

    private static bool EndsWith(ReadOnlySpan<byte> came, ReplayPiece piece)
    {
        int head = came.Length - piece.Octets.Length;
        for (int index = 0; head >= 0 && index < piece.Octets.Length; index++)
        {
            if (piece.IsKnown[index] && piece.Octets.Span[index] != came[head + index])
            {
                return false;
            }
        }

        return head >= 0;
    }

    /// <summary>Where a recorded connection goes on.</summary>
    /// <param name="Start">Its first piece.</param>
    /// <param name="Next">The piece that is due.</param>
    private readonly record struct Place(int Start, int Next);
}
