using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.TestKit.Lines;

/// <summary>One end of a <see cref="LockstepLine"/>: the wrapped end, with the time-outs of the line's clock.</summary>
internal sealed class LockstepEnd(LockstepLine line, IByteTransport inner) : IByteTransport
{
    public string Name => inner.Name;

    public LineRate Rate => inner.Rate;

    /// <summary>Octets written here so far; kept by the line.</summary>
    internal long Written { get; set; }

    /// <summary>Octets read here so far; kept by the line.</summary>
    internal long Taken { get; set; }

    /// <summary>Octets up to this count were thrown away; kept by the line.</summary>
    internal long StaleUpTo { get; set; }

    /// <summary>The read that waits here; kept by the line.</summary>
    internal LockstepWait? Waiting { get; set; }

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan? deadline = timeout == Timeout.InfiniteTimeSpan ? null : line.Clock.GetElapsedTime(0) + timeout;
        while (true)
        {
            TransportRead read = await ReadUntilAsync(target, new LockstepWait(deadline), cancellationToken);
            int stale = line.Took(this, read.Count);
            if (read.TimedOut || stale < read.Count)
            {
                target[stale..read.Count].CopyTo(target);
                return read with { Count = read.Count - stale };
            }
        }
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        line.Wrote(this, octets.Length);
        return inner.WriteAsync(octets, cancellationToken);
    }

    public void DiscardInput() => line.Discard(this);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task<TransportRead> ReadUntilAsync(Memory<byte> target, LockstepWait wait, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<TransportRead> reading = inner.ReadAsync(target, Timeout.InfiniteTimeSpan, stop.Token).AsTask();
        line.Wait(this, wait);
        try
        {
            if (await Task.WhenAny(reading, wait.Expired) != reading)
            {
                await stop.CancelAsync();
            }

            return await reading;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TransportRead(0, Stopwatch.GetTimestamp());
        }
        finally
        {
            line.Leave(this);
        }
    }
}
