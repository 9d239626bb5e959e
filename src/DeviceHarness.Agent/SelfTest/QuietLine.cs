using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A line in memory on which whoever waits for octets waits on the clock, as everybody else of the bench does.</summary>
/// <param name="device">The device.</param>
/// <param name="clock">The clock of the device and of whoever talks to it.</param>
internal sealed class QuietLine(ILineDevice device, QuietClock clock) : MemoryLine(device)
{
    private TaskCompletionSource? _reader;

    /// <inheritdoc/>
    public override async ValueTask<TransportRead> ReadAsync(
        Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _reader, arrived);
        if (HasAnswered || timeout == TimeSpan.Zero)
        {
            return Take(target.Span);
        }

        ITimer limit = clock.CreateTimer(
            static state => ((TaskCompletionSource)state!).TrySetResult(), arrived, timeout, Timeout.InfiniteTimeSpan);
        await using (limit.ConfigureAwait(false))
        {
            await using (cancellationToken.Register(() => arrived.TrySetCanceled(cancellationToken)).ConfigureAwait(false))
            {
                await arrived.Task.ConfigureAwait(false);
            }
        }

        return Take(target.Span);
    }

    /// <inheritdoc/>
    protected override void OnStep()
    {
        if (HasAnswered)
        {
            Volatile.Read(ref _reader)?.TrySetResult();
        }
    }
}
