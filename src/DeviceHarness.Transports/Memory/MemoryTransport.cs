using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Memory;

/// <summary>One end of a line in memory.</summary>
internal sealed class MemoryTransport(string name, MemoryPipe incoming, MemoryPipe outgoing, TimeProvider timeProvider) : IByteTransport
{
    private bool _isDisposed;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public LineRate Rate => LineRate.None;

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(target.Length, nameof(target));
        cancellationToken.ThrowIfCancellationRequested();
        long started = timeProvider.GetTimestamp();
        while (true)
        {
            ThrowIfClosed();
            int count = incoming.Read(target.Span, out Task changed);
            if (count > 0)
            {
                return new TransportRead(count, Stopwatch.GetTimestamp());
            }

            ThrowIfBroken(incoming);
            TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - timeProvider.GetElapsedTime(started);
            if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
            {
                return new TransportRead(0, Stopwatch.GetTimestamp());
            }

            try
            {
                await changed.WaitAsync(left, timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return new TransportRead(0, Stopwatch.GetTimestamp());
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        while (!octets.IsEmpty)
        {
            ThrowIfClosed();
            ThrowIfBroken(outgoing);
            int count = outgoing.Write(octets.Span, out Task changed);
            octets = octets[count..];
            if (count == 0)
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return new TransportWrite(started, Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        ThrowIfClosed();
        incoming.Clear();
    }

    /// <summary>Closes this end; the other sees a hang-up after it has read the rest.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        incoming.Break("far end closed");
        outgoing.Break("far end closed");
        return ValueTask.CompletedTask;
    }

    /// <summary>Breaks both directions.</summary>
    internal void Break(string reason)
    {
        incoming.Break(reason);
        outgoing.Break(reason);
    }

    private void ThrowIfClosed()
    {
        if (_isDisposed)
        {
            throw new TransportException("TRAN-005", $"{name}: the port was closed", name);
        }
    }

    private void ThrowIfBroken(MemoryPipe pipe)
    {
        if (pipe.Broken is string reason)
        {
            throw new TransportException("TRAN-004", $"{name}: the port is gone ({reason})", name);
        }
    }
}
