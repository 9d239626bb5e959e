using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.CommsHub;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>A comms hub's driver, by which devices of its home area network are reached too.</summary>
public interface IHanGateway
{
    /// <summary>Makes the driver of a device behind the hub: it speaks in the hub's own dialogue, one request at a time with the
    /// hub's.</summary>
    /// <param name="options">The device.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is of another kind of device.</exception>
    IDeviceDriver Behind(HanDeviceOptions options);
}
