using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Bench;

/// <summary>Which driver drives which device: one line for each.</summary>
public static class DriverCatalog
{
    private static readonly Dictionary<string, Func<RigDevice, DeviceProfile, IByteTransport, IDeviceDriver>> ByDeviceType = new()
    {
        ["ESME"] = static (device, profile, transport) =>
            new EsmeDriver(new EsmeOptions { Id = device.Id, Profile = profile, Transport = transport }),
    };

    /// <summary>The service reference variants that some driver serves.</summary>
    public static IReadOnlyCollection<string> ServiceReferenceVariants => EsmeDriver.Served;

    /// <summary>The profile of a device, with what its rig file overrides.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static DeviceProfile ProfileOf(RigDevice device, string profilesFolder) =>
        DeviceProfileLoader.LoadFile(Path.Combine(profilesFolder, $"{device.Profile}.yaml")).With(device.Overrides);

    /// <summary>Makes the driver of a device on an open line.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">No driver drives the device's type.</exception>
    internal static IDeviceDriver Create(RigDevice device, DeviceProfile profile, IByteTransport transport) =>
        ByDeviceType.TryGetValue(device.DeviceType, out Func<RigDevice, DeviceProfile, IByteTransport, IDeviceDriver>? make)
            ? make(device, profile, transport)
            : throw new Abstractions.Errors.ConfigurationException(
                "RIG-007", "rig file", 0, 0, $"devices.{device.Id}.type", device.DeviceType, string.Join(", ", ByDeviceType.Keys));
}
