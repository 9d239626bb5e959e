using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way to what a bench's comms hubs tell of themselves, past the service: no Service Request asks for it.</summary>
public interface IHubPort
{
    /// <summary>Reads what a hub tells of itself.</summary>
    /// <param name="hub">The hub's name in the rig file.</param>
    /// <param name="takesAlerts">Whether the hub is told that its alerts were taken: none waits any longer, and one that arose since they
    /// were read is lost.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.HarnessException">The device is no hub, refuses, is silent or breaks the protocol, or the bench
    /// broke.</exception>
    Task<HubReport> ReadAsync(DeviceId hub, bool takesAlerts, CancellationToken cancellationToken);
}
