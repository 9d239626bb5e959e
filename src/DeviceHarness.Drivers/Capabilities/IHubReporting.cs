using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Reads what a comms hub tells of itself, bringing link and association up where needed.</summary>
public interface IHubReporting
{
    /// <summary>Reads the report.</summary>
    /// <param name="takesAlerts">Whether the hub is told that its alerts were taken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    Task<HubReport> ReportAsync(bool takesAlerts, CancellationToken cancellationToken);
}
