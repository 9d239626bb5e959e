using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Recording;

/// <summary>A line that answers from a record: what is written must be what was written then, and what came then comes again.</summary>
/// <remarks>The first write that differs is told in <see cref="Difference"/> and breaks the line. A wait in which nothing came then times
/// out at once, and moves the clock by its length. Not thread safe.</remarks>
public sealed class ReplayTransport : IByteTransport
{
    private readonly ReplayClock _clock;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> _mayDiffer;
    private readonly Queue<ReplayPiece> _pieces = new();
    private int _taken;

    /// <summary>Creates a line without a record.</summary>
    /// <param name="name">The port, for messages.</param>
    /// <param name="clock">The clock that the record moves.</param>
    /// <param name="mayDiffer">Whether a write may differ: what was written then, and what is written now, of the same length.</param>
    public ReplayTransport(string name, ReplayClock clock, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> mayDiffer)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(mayDiffer);
        Name = name;
        _clock = clock;
        _mayDiffer = mayDiffer;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>None: the record's own times stand for the line.</summary>
    public LineRate Rate => LineRate.None;

    /// <summary>How the first write that differs does so; null while none does.</summary>
    public string? Difference { get; private set; }

    /// <summary>How many octets were written as they were then.</summary>
    public long OctetsToDevice { get; private set; }

    /// <summary>How many writes differed in what may differ.</summary>
    public int AllowedDifferences { get; private set; }

    /// <summary>How many octets of the record have not passed yet.</summary>
    public int RemainingOctets => _pieces.Sum(piece => piece.Octets.Length) - _taken;

    /// <summary>Adds to the record.</summary>
    /// <param name="pieces">What passed, in order.</param>
    public void Load(IEnumerable<ReplayPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        foreach (ReplayPiece piece in pieces.Where(piece => !piece.Octets.IsEmpty))
        {
            _pieces.Enqueue(piece);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_pieces.TryPeek(out ReplayPiece? next) || next.Direction == WireDirection.ToDevice)
        {
            if (timeout == Timeout.InfiniteTimeSpan)
            {
                throw Broken("waits for octets for ever, where the record has none");
            }

            // The wait ended then a little later than it asked for: not before what was written next.
            _clock.MoveTo(_clock.GetUtcNow() + timeout);
            _clock.MoveTo(next?.Time ?? default);
            return new ValueTask<TransportRead>(new TransportRead(0, Stopwatch.GetTimestamp()));
        }

        _clock.MoveTo(next.Time);
        int count = Math.Min(target.Length, next.Octets.Length - _taken);
        next.Octets.Span.Slice(_taken, count).CopyTo(target.Span);
        Take(next, count);
        return new ValueTask<TransportRead>(new TransportRead(count, Stopwatch.GetTimestamp()));
    }

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_pieces.TryPeek(out ReplayPiece? next))
        {
            throw Broken($"writes {Convert.ToHexString(octets.Span)}, where the record ends");
        }

        if (next.Direction != WireDirection.ToDevice)
        {
            throw Broken($"writes {Convert.ToHexString(octets.Span)}, where the record has octets from the device");
        }

        _clock.MoveTo(next.Time);
        int offset = FirstDifference(next, octets.Span);
        if (offset >= 0 && (octets.Length != next.Octets.Length || !_mayDiffer(next.Octets, octets)))
        {
            throw Broken($"differs at octet {OctetsToDevice + offset} to the device, octet {offset} of a write: recorded "
                + $"{Convert.ToHexString(next.Octets.Span)}, replayed {Convert.ToHexString(octets.Span)}");
        }

        AllowedDifferences += offset >= 0 ? 1 : 0;
        OctetsToDevice += octets.Length;
        Take(next, octets.Length);
        long now = Stopwatch.GetTimestamp();
        return new ValueTask<TransportWrite>(new TransportWrite(now, now));
    }

    /// <summary>Does nothing: what was thrown away then is not in the record.</summary>
    public void DiscardInput()
    {
    }

    /// <summary>Changes nothing: a record has octets and times, and no rate.</summary>
    /// <param name="setting">What the line was set to then.</param>
    /// <returns>True always, as the line of a record with a change did.</returns>
    public bool TryChangeLine(LineSetting setting) => true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int FirstDifference(ReplayPiece recorded, ReadOnlySpan<byte> octets)
    {
        int shared = Math.Min(recorded.Octets.Length, octets.Length);
        for (int index = 0; index < shared; index++)
        {
            if (recorded.IsKnown[index] && recorded.Octets.Span[index] != octets[index])
            {
                return index;
            }
        }

        return recorded.Octets.Length == octets.Length ? -1 : shared;
    }

    private void Take(ReplayPiece piece, int count)
    {
        _taken += count;
        if (_taken >= piece.Octets.Length)
        {
            _taken = 0;
            _ = _pieces.Dequeue();
        }
    }

    private TransportException Broken(string how)
    {
        Difference ??= $"{Name}: {how}";
        return new TransportException("REPLAY-001", $"the replay {how}", Name);
    }
}
