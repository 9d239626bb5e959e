using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Bench;

/// <summary>Where a running step waits for the moments of one device's firmware requests. Safe for use from any thread.</summary>
internal sealed class FirmwareHook : IFirmwareMoments
{
    private IFirmwareMoments? _step;

    /// <summary>Puts a step there.</summary>
    /// <returns>Takes it away when it is disposed of.</returns>
    /// <exception cref="InvalidOperationException">Another step waits there.</exception>
    public IDisposable Hang(IFirmwareMoments step) => Interlocked.CompareExchange(ref _step, step, null) is null
        ? new Hung(this)
        : throw new InvalidOperationException("another step waits for this device's firmware requests");

    /// <inheritdoc/>
    public ValueTask ReachedAsync(FirmwareMoment moment, int block, CancellationToken cancellationToken) =>
        Volatile.Read(ref _step)?.ReachedAsync(moment, block, cancellationToken) ?? ValueTask.CompletedTask;

    private sealed class Hung(FirmwareHook hook) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref hook._step, null);
    }
}
