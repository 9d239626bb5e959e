using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub;
using DeviceHarness.Drivers.CommsHub.Han;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Esme.Han;
using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Agent.Bench;

/// <summary>Which driver drives which device: one line for each.</summary>
public static class DriverCatalog
{
    private static readonly Dictionary<string, Func<DriverNeeds, DeviceProfile, IDeviceDriver>> ByDeviceType = new()
    {
        [DeviceProfile.Esme] = static (needs, profile) => new EsmeDriver(new EsmeOptions
        {
            Id = needs.Device.Id,
            Profile = profile,
            Transport = needs.Transport,
            Framing = needs.Device.Link.Framing,
            SignOn = SignOnOf(needs, profile),
            AdapterLatency = needs.AdapterLatency,
            TimeProvider = needs.Time,
            Calendar = needs.Calendar,
            FirmwareProgress = needs.FirmwareProgress,
            FirmwareMoments = needs.FirmwareMoments,
            Security = needs.Security,
            Keys = needs.Keys,
            Draws = needs.Draws,
            Identity = IdentityOf(needs.Device),
        }),
        [DeviceProfile.CommsHub] = static (needs, profile) => new HubDriver(new HubOptions
        {
            Id = needs.Device.Id,
            Profile = profile,
            Transport = needs.Transport,
            Framing = needs.Device.Link.Framing,
            SignOn = SignOnOf(needs, profile),
            AdapterLatency = needs.AdapterLatency,
            TimeProvider = needs.Time,
            Calendar = needs.Calendar,
            Security = needs.Security,
            Draws = needs.Draws,
            Identity = IdentityOf(needs.Device),
        }),
    };

    private static readonly Dictionary<string, Func<SmartEnergyOptions, IDeviceDriver>> ByHanDeviceType = new()
    {
        [SmartEnergyProfile.Gsme] = static options => new GsmeDriver(options),
        [SmartEnergyProfile.Gpf] = static options => new GpfDriver(options),
        [SmartEnergyProfile.Ppmid] = static options => new PpmidDriver(options),
        [SmartEnergyProfile.Esme] = static options => new EsmeHanDriver(options),
        [SmartEnergyProfile.CommsHub] = static options => new HanHubDriver(options),
    };

    /// <summary>The service reference variants that some driver serves.</summary>
    public static IReadOnlyCollection<string> ServiceReferenceVariants { get; } =
    [
        .. EsmeDriver.Served.Union(HubDriver.Served).Union(GsmeDriver.Served).Union(GpfDriver.Served).Union(PpmidDriver.Served)
            .Union(HanHubDriver.Served),
    ];

    /// <summary>The profile of a device, with what its rig file overrides.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static DeviceProfile ProfileOf(RigDevice device, string profilesFolder)
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(Path.Combine(profilesFolder, $"{device.Profile}.yaml"))
            .With(device.Overrides).With(device.Keys);

        // Whoever locks out a virtual device harms nothing, so a limit that nobody states is none there.
        return device.Link.IsVirtual || device.Link.IsOnBench
            ? profile with { Association = profile.Association with { AttemptLimit = profile.Association.AttemptLimit ?? int.MaxValue } }
            : profile;
    }

    /// <summary>The profile of a device that one of the harness's drivers drives by DLMS; null where the driver comes from an assembly of
    /// its own, to which the profile is a name, or reads its own.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static DeviceProfile? FindProfile(RigDevice device, string profilesFolder) =>
        device.Driver is null && device.Link.Via != LinkVia.Han ? ProfileOf(device, profilesFolder) : null;

    /// <summary>Makes the driver of a device on an open line.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">No driver drives the device's type, or the assembly that the rig file
    /// names has none.</exception>
    internal static IDeviceDriver Create(DriverNeeds needs)
    {
        if (needs.Device.Driver is { } foreign)
        {
            return ForeignDrivers.Create(foreign, needs);
        }

        return needs.Profile is { } profile
            && ByDeviceType.TryGetValue(needs.Device.DeviceType, out Func<DriverNeeds, DeviceProfile, IDeviceDriver>? make)
            ? make(needs, profile)
            : throw new Abstractions.Errors.ConfigurationException(
                "RIG-007", needs.Device.File, needs.Device.Line, 0, $"devices.{needs.Device.Id}.type", needs.Device.DeviceType,
                string.Join(", ", ByDeviceType.Keys));
    }

    /// <summary>Makes the driver of a device in the network of an adapter.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static IDeviceDriver Create(
        RigDevice device, HanNetwork network, string profilesFolder, TimeProvider time, TimeProvider? calendar,
        AdapterStation? radio, IProgress<FirmwareProgress>? progress)
    {
        SmartEnergyOptions options = HanOptionsOf(device, network, profilesFolder, time, calendar) with
        {
            Upgrades = radio?.Upgrades,
            Messages = radio?.Messages,
            DeviceLog = radio?.DeviceLog,
            FirmwareProgress = progress,
        };
        return options.Profile.DeviceType == device.DeviceType
            && ByHanDeviceType.TryGetValue(device.DeviceType, out Func<SmartEnergyOptions, IDeviceDriver>? make)
            ? make(options)
            : throw new Abstractions.Errors.ConfigurationException(
                "RIG-011", device.File, device.Line, 0, $"devices.{device.Id}.profile",
                $"{device.Profile}, a profile of a {options.Profile.DeviceType}", $"a profile of a {device.DeviceType}");
    }

    /// <summary>How often a device in the network of an adapter wakes; null for one that always listens, or is behind no adapter.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static TimeSpan? WakeIntervalOf(RigDevice device, string profilesFolder) => device.Link.Via != LinkVia.Han
        ? null
        : SmartEnergyProfile.LoadFile(Path.Combine(profilesFolder, "han", $"{device.Profile}.yaml")).WakeInterval;

    /// <summary>A device in the network of an adapter, with its profile.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is missing or wrong.</exception>
    internal static SmartEnergyOptions HanOptionsOf(
        RigDevice device, HanNetwork network, string profilesFolder, TimeProvider time, TimeProvider? calendar) => new()
        {
            Id = device.Id,
            Eui64 = device.Eui64.Value,
            Profile = SmartEnergyProfile.LoadFile(Path.Combine(profilesFolder, "han", $"{device.Profile}.yaml")),
            Network = network,
            TimeProvider = time,
            Calendar = calendar,
        };

    /// <summary>How a device behind an optical head is signed on to.</summary>
    internal static SignOnSettings SignOnOf(RigDevice device, DeviceProfile profile) =>
        profile.SignOn.On(device.Link.Baud, passesOctets: device.Link.Via == LinkVia.Tcp);

    private static ExpectedIdentity IdentityOf(RigDevice device) =>
        new(device.Eui64, device.Facts.GetValueOrDefault(RigTokenPort.SerialNumber));

    private static SignOnSettings? SignOnOf(DriverNeeds needs, DeviceProfile profile) =>
        needs.Device.Link.IsSignedOn ? SignOnOf(needs.Device, profile) : null;
}
