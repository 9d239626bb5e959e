using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>What a comms hub tells of itself at its service port, beyond what a service request asks for.</summary>
public interface IHubDiagnostics
{
    /// <summary>Reads who the hub is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The EUI-64 of its comms hub function.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask<Eui64> ReadIdentityAsync(CancellationToken cancellationToken);

    /// <summary>Reads the state of its wide area network.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state; null when the model does not show it.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask<WanStatus?> ReadWanStatusAsync(CancellationToken cancellationToken);

    /// <summary>Reads the alerts that wait to be sent; they go on waiting.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The alerts, oldest first; empty when none waits or the model does not show them.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask<IReadOnlyList<QueuedAlert>> ReadAlertsAsync(CancellationToken cancellationToken);

    /// <summary>Tells the hub that its alerts were taken: none waits any longer. One that arose since they were read is lost.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask ClearAlertsAsync(CancellationToken cancellationToken);
}
