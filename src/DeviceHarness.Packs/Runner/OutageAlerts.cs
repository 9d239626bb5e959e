using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Runner;

/// <summary>Looks whether the comms hub that a device feeds told of an outage since the attempt noted what waits in it. Used by one
/// attempt, one step at a time.</summary>
/// <remarks>A bench without such a hub is looked at without it: what the device gives at its terminal is then all that is known.</remarks>
public sealed class OutageAlerts
{
    /// <summary>What a hub's last breath tells of its outage; the service makes the DCC Alert AD1 of it.</summary>
    public const string Code = "0AD1";

    // A hub that was without supply needs a moment before it answers.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ITestBench _bench;
    private readonly TimeProvider _time;
    private readonly Dictionary<DeviceId, int> _noted = [];

    internal OutageAlerts(ITestBench bench, TimeProvider time)
    {
        _bench = bench;
        _time = time;
    }

    /// <summary>The hub that a device feeds; null when the bench has none, or no way to it.</summary>
    /// <param name="device">The device.</param>
    public DeviceId? HubOf(BenchDevice device) => _bench.Hubs is null
        ? null
        : _bench.Devices.FirstOrDefault(candidate => candidate.SuppliedBy is { } feeder && feeder == device?.Id)?.Id;

    /// <summary>Notes what waits in the hub of a device: it is not of this attempt.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The hub refuses or is silent, or the bench broke.</exception>
    public async Task NoteAsync(BenchDevice device, CancellationToken cancellationToken)
    {
        if (HubOf(device) is { } hub)
        {
            _noted[hub] = await CountAsync(hub, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks until an alert came, or for some time.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="late">How long to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether an alert came; null when the hub did not answer once.</returns>
    /// <exception cref="HarnessException">The hub refuses, or the bench broke.</exception>
    public async Task<bool?> LookAsync(DeviceId hub, TimeSpan late, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        while (true)
        {
            bool? came = null;
            try
            {
                came = await CountAsync(hub, cancellationToken).ConfigureAwait(false) > _noted.GetValueOrDefault(hub);
            }
            catch (LinkTimeoutException)
            {
                // It may be without supply still, or starting: it is asked again until the time is over.
            }

            TimeSpan left = late - _time.GetElapsedTime(started);
            if (came == true || left <= TimeSpan.Zero)
            {
                return came;
            }

            await Task.Delay(left < Pause ? left : Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> CountAsync(DeviceId hub, CancellationToken cancellationToken)
    {
        HubReport report = await _bench.Hubs!.ReadAsync(hub, takesAlerts: false, cancellationToken).ConfigureAwait(false);
        return report.Alerts.Count(alert => alert.Code == Code);
    }
}
