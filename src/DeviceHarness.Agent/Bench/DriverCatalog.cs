using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Bench;

/// <summary>Which driver drives which device: one line for each.</summary>
public static class DriverCatalog
{
    private static readonly Dictionary<string, Func<DriverNeeds, IDeviceDriver>> ByDeviceType = new()
    {
        ["ESME"] = static needs => new EsmeDriver(new EsmeOptions
        {
            Id = needs.Device.Id,
            Profile = needs.Profile,
            Transport = needs.Transport,
            Framing = needs.Device.Link.Framing,
            SignOn = needs.Device.Link.IsSignedOn
                ? needs.Profile.SignOn.On(needs.Device.Link.Baud, passesOctets: needs.Device.Link.Via == LinkVia.Tcp)
                : null,
            AdapterLatency = needs.AdapterLatency,
            TimeProvider = needs.Time,
            FirmwareProgress = needs.FirmwareProgress,
            Security = needs.Security,
        }),
    };

    /// <summary>The service reference variants that some driver serves.</summary>
    public static IReadOnlyCollection<string> ServiceReferenceVariants => EsmeDriver.Served;

    /// <summary>The profile of a device, with what its rig file overrides.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static DeviceProfile ProfileOf(RigDevice device, string profilesFolder)
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(Path.Combine(profilesFolder, $"{device.Profile}.yaml"))
            .With(device.Overrides).With(device.Keys);

        // Whoever locks out a virtual device harms nothing, so a limit that nobody states is none there.
        return device.Link.Via == LinkVia.Virtual
            ? profile with { Association = profile.Association with { AttemptLimit = profile.Association.AttemptLimit ?? int.MaxValue } }
            : profile;
    }

    /// <summary>Makes the driver of a device on an open line.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">No driver drives the device's type.</exception>
    internal static IDeviceDriver Create(DriverNeeds needs) =>
        ByDeviceType.TryGetValue(needs.Device.DeviceType, out Func<DriverNeeds, IDeviceDriver>? make)
            ? make(needs)
            : throw new Abstractions.Errors.ConfigurationException(
                "RIG-007", "rig file", 0, 0, $"devices.{needs.Device.Id}.type", needs.Device.DeviceType,
                string.Join(", ", ByDeviceType.Keys));
}
