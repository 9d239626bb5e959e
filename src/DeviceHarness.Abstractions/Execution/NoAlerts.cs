using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The alert log of a bench whose devices tell nothing unasked.</summary>
public sealed class NoAlerts : IAlertLog
{
    private NoAlerts()
    {
    }

    /// <summary>The only one.</summary>
    public static NoAlerts Instance { get; } = new();

    /// <inheritdoc/>
    public long Count => 0;

    /// <inheritdoc/>
    public IReadOnlyList<BenchAlert> TakeFor(IReadOnlyCollection<DeviceId> devices) => [];

    /// <inheritdoc/>
    public Task WaitAsync(long count, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    /// <inheritdoc/>
    public Task<bool?> ProbeAsync(DeviceId device, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);
}
