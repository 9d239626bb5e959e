using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>The way to what a rig's comms hubs tell of themselves, each through its station: one dialogue at a time.</summary>
/// <param name="stations">The devices.</param>
internal sealed class RigHubPort(IReadOnlyList<DeviceStation> stations) : IHubPort
{
    /// <inheritdoc/>
    public Task<HubReport> ReadAsync(DeviceId hub, bool takesAlerts, CancellationToken cancellationToken) =>
        stations.FirstOrDefault(station => station.Device.Id == hub)?.ReportAsync(takesAlerts, cancellationToken)
        ?? throw new LocalProtocolException("SRV-002", $"the device {hub} is not on this bench", "the rig file", "report");
}
