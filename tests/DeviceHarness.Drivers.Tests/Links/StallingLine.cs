using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.Links;

/// <summary>A line whose octets are there in time, to a process that is held up after each read and each write: the clock jumps by the
/// stall. A wait in which nothing comes moves the clock by its length.</summary>
internal sealed class StallingLine : IByteTransport
{
    private readonly Queue<byte[]> _pieces = new();

    public ManualTimeProvider Time { get; } = new();

    /// <summary>How long the process is held up each time.</summary>
    public TimeSpan Stall { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What was written, in order.</summary>
    public List<byte[]> Written { get; } = [];

    public string Name => "esme-01";

    public LineRate Rate => LineRate.None;

    /// <summary>Lays octets ready, in pieces of so many.</summary>
    public void Bring(byte[] octets, int piece)
    {
        foreach (byte[] part in octets.Chunk(piece))
        {
            _pieces.Enqueue(part);
        }
    }

    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_pieces.TryDequeue(out byte[]? octets))
        {
            octets.CopyTo(target);
            long readAt = Time.GetTimestamp();
            Time.Advance(Stall);
            return new(new TransportRead(octets.Length, readAt));
        }

        Time.Advance(timeout);
        return new(new TransportRead(0, Time.GetTimestamp()));
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        Written.Add(octets.ToArray());
        long writtenAt = Time.GetTimestamp();
        Time.Advance(Stall);
        return new(new TransportWrite(writtenAt, writtenAt));
    }

    public void DiscardInput()
    {
        // What a test lays ready is an answer to come, not a rest of before.
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
