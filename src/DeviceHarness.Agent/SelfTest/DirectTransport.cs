using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A virtual device at the end of no line at all: what is written is answered at once, and a silence takes no time but the
/// clock's.</summary>
/// <param name="device">The device.</param>
/// <param name="clock">The clock of the device and of whoever talks to it.</param>
internal sealed class DirectTransport(ILineDevice device, JumpingClock clock) : IByteTransport
{
    private readonly Lock _gate = new();
    private readonly Queue<byte> _answered = new();

    /// <inheritdoc/>
    public string Name => device.Name;

    /// <inheritdoc/>
    public LineRate Rate => LineRate.None;

    /// <summary>How long until the device has to act by itself; infinite when it does not.</summary>
    public TimeSpan TimeToNextStep => device.TimeToNextStep;

    /// <summary>The port is opened: the device's end of the link begins anew.</summary>
    public void Open()
    {
        device.ResetLink();
        DiscardInput();
    }

    /// <summary>The device does what has fallen due.</summary>
    public void Act()
    {
        lock (_gate)
        {
            Keep(device.Step([]));
        }
    }

    /// <inheritdoc/>
    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        clock.Touch();
        TimeSpan end = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock.Elapsed + timeout;
        while (!HasAnswered() && clock.Elapsed < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.HopTo(end);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<TransportRead>(new TransportRead(Take(target.Span), Stopwatch.GetTimestamp()));
    }

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        clock.Touch();
        long stamp = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            Keep(device.Step(octets.Span));
        }

        return new ValueTask<TransportWrite>(new TransportWrite(stamp, stamp));
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        lock (_gate)
        {
            _answered.Clear();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool HasAnswered()
    {
        lock (_gate)
        {
            return _answered.Count > 0;
        }
    }

    private int Take(Span<byte> target)
    {
        lock (_gate)
        {
            int count = 0;
            while (count < target.Length && _answered.TryDequeue(out byte octet))
            {
                target[count++] = octet;
            }

            return count;
        }
    }

    private void Keep(ReadOnlyMemory<byte> octets)
    {
        foreach (byte octet in octets.Span)
        {
            _answered.Enqueue(octet);
        }
    }
}
