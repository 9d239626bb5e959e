using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Hub;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>The log of the devices on a comms hub's home area network.</summary>
public interface IHanDeviceLog
{
    /// <summary>Reads the log.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The devices in the hub's order, at most 16.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask<IReadOnlyList<HanDeviceLogEntry>> ReadDevicesAsync(CancellationToken cancellationToken);

    /// <summary>Adds a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="join">How it may join.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask AddAsync(Eui64 device, HanDeviceJoin join, CancellationToken cancellationToken);

    /// <summary>Removes a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The hub refuses, breaks the protocol or is silent.</exception>
    ValueTask RemoveAsync(Eui64 device, CancellationToken cancellationToken);
}
