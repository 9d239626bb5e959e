using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A line in memory on which a silence takes no time but the clock's, which whoever reads moves.</summary>
/// <param name="device">The device.</param>
/// <param name="clock">The clock of the device and of whoever talks to it.</param>
internal sealed class DirectTransport(ILineDevice device, JumpingClock clock) : MemoryLine(device)
{
    /// <inheritdoc/>
    public override ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        clock.Touch();
        TimeSpan end = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock.Elapsed + timeout;
        while (!HasAnswered && clock.Elapsed < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.HopTo(end);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<TransportRead>(Take(target.Span));
    }

    /// <inheritdoc/>
    protected override void OnStep() => clock.Touch();
}
