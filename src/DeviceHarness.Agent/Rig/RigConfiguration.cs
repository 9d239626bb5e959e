using System.Collections.ObjectModel;
using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Migration;
using DeviceHarness.Duis.Service;
using DeviceHarness.Transports.Faulty;

namespace DeviceHarness.Agent.Rig;

/// <summary>One rig, as its <c>rig-config.yaml</c> describes it.</summary>
/// <param name="Name">The rig's name.</param>
/// <param name="Description">What it is, for people.</param>
/// <param name="File">The file it was read from, as an absolute path.</param>
/// <param name="Users">Which EUI-64 sends Service Requests under which User Role.</param>
/// <param name="Devices">The devices, in file order.</param>
public sealed record RigConfiguration(
    string Name, string Description, string File, IReadOnlyDictionary<string, Eui64> Users, IReadOnlyList<RigDevice> Devices)
{
    /// <summary>The most devices that one rig may have.</summary>
    public const int MaximumDevices = 64;

    /// <summary>The most entries that the products list of one rig may have.</summary>
    public const int MaximumProducts = 1_024;

    /// <summary>What the simulated service makes of the signatures of requests.</summary>
    public RequestSignaturePolicy RequestSignatures { get; init; } = RequestSignaturePolicy.WhereKnown;

    /// <summary>The DUIS version that a User's system speaks, one of <see cref="Duis.Messages.DuisVersions.Known"/>; of a User that is not
    /// here nothing is stated.</summary>
    public IReadOnlyDictionary<Eui64, string> DuisVersions { get; init; } = ReadOnlyDictionary<Eui64, string>.Empty;

    /// <summary>What the simulated service lets through to a device by its status.</summary>
    public DeviceStatusRules DeviceStatusRules { get; init; } = DeviceStatusRules.Mp105;

    /// <summary>The Central Products List; without one in the file, what the file says of its devices is approved.</summary>
    public IReadOnlyList<CertifiedProduct> Products { get; init; } = [];

    /// <summary>Which SMETS1 devices take firmware, and tell its version.</summary>
    public FirmwareUpdateRules FirmwareUpdateRules { get; init; } = FirmwareUpdateRules.Moc;

    /// <summary>What the simulated Service Provider does about a key rotation that was not confirmed.</summary>
    public KeyRotationPolicy KeyRotation { get; init; } = KeyRotationPolicy.Fixed;

    /// <summary>From when on the simulated service drops alerts that a device repeats; null never does.</summary>
    public AlertThrottlePolicy? AlertThrottle { get; init; } = AlertThrottlePolicy.Usual;

    /// <summary>How many critical requests Users let themselves send.</summary>
    public AnomalyThresholds AnomalyThresholds { get; init; } = AnomalyThresholds.None;

    /// <summary>The installations that the simulation migrates.</summary>
    public IReadOnlyList<Installation> Installations { get; init; } = [];

    /// <summary>The devices of installations that are not on the bench: the inventory holds them, and nothing is sent to them.</summary>
    public IReadOnlyList<InventoryDevice> Elsewhere { get; init; } = [];

    /// <summary>How the simulation migrates them.</summary>
    public MigrationRules MigrationRules { get; init; } = MigrationRules.Usual;

    /// <summary>What is known of firmware images and upgrades; null when the file names no register.</summary>
    public FirmwareRegister? FirmwareRegister { get; init; }

    /// <summary>What switches the devices' supply, and what sees it.</summary>
    public RigPower Power { get; init; } = RigPower.None;

    /// <summary>How many times faster the time of its devices, of the simulated service and of waiting packs runs while no line says
    /// anything; 1 for real time.</summary>
    public int ClockScale { get; init; } = 1;

    /// <summary>Whether the clock is scaled: nothing of such a bench is evidence, and none of its latencies is stored.</summary>
    public bool IsScaled => ClockScale > 1;

    /// <summary>Whose cover switches the bench reaches, and how.</summary>
    public IReadOnlyList<RigTamper> Tampers { get; init; } = [];

    /// <summary>Which buttons of devices the bench reaches, and how.</summary>
    public IReadOnlyList<RigButton> Buttons { get; init; } = [];

    /// <summary>How many executions may run at once, each on devices that share nothing with those of the others; 1 for one after the
    /// other.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The ZigBee adapters, in file order.</summary>
    public IReadOnlyList<RigAdapter> Adapters { get; init; } = [];

    /// <summary>The assemblies with kinds of steps that are written in C#.</summary>
    public IReadOnlyList<ForeignDriver> StepKinds { get; init; } = [];

    /// <summary>The DUIS version of what a User sends: the stated one, else the newest.</summary>
    /// <param name="user">The User.</param>
    public string DuisVersionOf(Eui64 user) => DuisVersions.GetValueOrDefault(user, Duis.Messages.DuisSchema.CurrentVersion);

    /// <summary>The devices as running packs see them; each use reads the files of their secrets.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">PROF-001: a secret's file cannot be read.</exception>
    public IReadOnlyList<BenchDevice> BenchDevices =>
    [
        .. Devices.Select(device => new BenchDevice(
            device.Id, device.DeviceType, device.Eui64, device.Profile,
            new Provenance(
                device.Link.Via == LinkVia.Han ? Route.LocalHan : Route.LocalSerial, IsScaled ? Origin.Scaled : device.Link.Origin))
        {
            Link = device.Link.ToString(),
            SuppliedBy = device.SuppliedBy,
            PortOf = device.Link.Adapter.Length > 0 ? new DeviceId(device.Link.Adapter) : device.Link.Hub,
            Facts = device.Secrets.Keys.Aggregate(
                new Dictionary<string, string>(device.Facts, StringComparer.Ordinal),
                (facts, name) =>
                {
                    facts[name] = BenchDevice.SecretFact;
                    return facts;
                }),
            Secrets = device.Secrets.ToDictionary(
                secret => secret.Key, secret => Encoding.UTF8.GetString(secret.Value.Resolve().Span), StringComparer.Ordinal),
        }),
    ];

    /// <summary>The folder that relative paths in the file start from.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Where device profiles are looked for when nothing else is said: <c>rigs/profiles</c> beside the rig file, as for the one in
    /// the root; where that is not there, <c>../profiles</c>, as for one in <c>rigs/my-rig</c>.</summary>
    public string ProfilesFolder
    {
        get
        {
            string below = Path.Combine(Folder, "rigs", "profiles");
            string beside = Path.GetFullPath(Path.Combine(Folder, "..", "profiles"));
            return Directory.Exists(below) || !Directory.Exists(beside) ? below : beside;
        }
    }
}

/// <summary>A device of a rig.</summary>
/// <param name="Id">Its name in the rig file.</param>
/// <param name="DeviceType">Its DUIS device type.</param>
/// <param name="Eui64">Its identifier.</param>
/// <param name="Smets1">Whether it is a SMETS1 device.</param>
/// <param name="Status">Its status in the inventory when the rig is first seen.</param>
/// <param name="FirmwareVersion">The firmware version that the inventory holds when the rig is first seen.</param>
/// <param name="Profile">The name of its profile in <c>rigs/profiles</c>.</param>
/// <param name="Link">How it is reached.</param>
/// <param name="Overrides">Profile values that differ for this device.</param>
/// <param name="Facts">What is known of the device from a source other than its data port, by name: packs hold it against what the port
/// says.</param>
public sealed record RigDevice(
    DeviceId Id,
    string DeviceType,
    Eui64 Eui64,
    bool Smets1,
    DeviceStatus Status,
    string FirmwareVersion,
    string Profile,
    RigLink Link,
    DeviceOverrides Overrides,
    IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The file that it is in.</summary>
    public required string File { get; init; }

    /// <summary>The line of the file where its entry begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Where its credentials are; what is not named here, its profile names.</summary>
    public DeviceKeys Keys { get; init; } = DeviceKeys.None;

    /// <summary>Facts that must not be written anywhere, by name: where each is, not what it is.</summary>
    public IReadOnlyDictionary<string, SecretReference> Secrets { get; init; } = ReadOnlyDictionary<string, SecretReference>.Empty;

    /// <summary>The meter whose supply feeds it, for a comms hub; null for a device with a supply of its own.</summary>
    public DeviceId? SuppliedBy { get; init; }

    /// <summary>How many commands that wear it out it may be sent in all; null when the file does not say.</summary>
    public int? WearLimit { get; init; }

    /// <summary>The driver that comes from an assembly of its own; null for the harness's driver of the device type.</summary>
    public ForeignDriver? Driver { get; init; }

    /// <summary>Who is responsible for it; null when the file does not say.</summary>
    public DeviceOwnership? Ownership { get; init; }

    /// <summary>The release that its installation belongs to.</summary>
    public Smets1Cohort Cohort { get; init; }

    /// <summary>What the SMSO and the supplier say of its use; null when the file does not say.</summary>
    public ActivityViews? Activity { get; init; }

    /// <summary>Its row in the inventory when the rig is first seen.</summary>
    public InventoryDevice InventoryRow => WithRigFile(new(Eui64, DeviceType, Status, FirmwareVersion, Smets1));

    /// <summary>A row of the inventory with what the rig file alone states.</summary>
    public InventoryDevice WithRigFile(InventoryDevice row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row with { Model = Profile, Ownership = Ownership, Cohort = Cohort, Activity = Activity };
    }
}

/// <summary>How a device is reached.</summary>
/// <param name="Via">A serial port, a TCP connection, or a virtual device.</param>
/// <param name="Port">The serial port's path by a stable name, or <c>host:port</c>; empty for a virtual device.</param>
/// <param name="Model">The virtual device's model file, or the evidence of a recorded session, relative to the rig file; empty for a real
/// device.</param>
/// <param name="Baud">Bits per second, 300 to 3,000,000; 0 on a connection without a sign-on.</param>
/// <param name="IsSevenEvenOne">7E1 when true, else 8N1.</param>
/// <param name="IsPaced">Whether a virtual device releases its octets at the line's rate.</param>
public sealed record RigLink(LinkVia Via, string Port, string Model, int Baud, bool IsSevenEvenOne, bool IsPaced)
{
    /// <summary>Whether the bench of this machine serves the device.</summary>
    public bool IsOnBench => Via is LinkVia.Virtual or LinkVia.Replay;

    /// <summary>What answers.</summary>
    public Origin Origin => IsVirtual ? Origin.Virtual : Via == LinkVia.Replay ? Origin.Replayed : Origin.Real;

    /// <summary>What frames carry the APDUs.</summary>
    public LinkFraming Framing { get; init; }

    /// <summary>Whether the device is signed on to by IEC 62056-21 mode E before HDLC; <see cref="Baud"/> is then the highest rate to agree
    /// on, or the only one where the line cannot change its rate.</summary>
    public bool IsSignedOn { get; init; }

    /// <summary>The faults on the line of a virtual device; null for a sound line.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>The comms hub through which it is reached; null for a device with a port of its own.</summary>
    public DeviceId? Hub { get; init; }

    /// <summary>Whether that hub is a virtual device.</summary>
    public bool IsHubVirtual { get; init; }

    /// <summary>The ZigBee adapter through which it is reached; empty for a device with a port or a hub.</summary>
    public string Adapter { get; init; } = string.Empty;

    /// <summary>Whether that adapter is a virtual one.</summary>
    public bool IsAdapterVirtual { get; init; }

    /// <summary>Whether the device is a virtual one.</summary>
    public bool IsVirtual => Via == LinkVia.Virtual || IsHubVirtual || IsAdapterVirtual;

    /// <summary>The frames and what carries them, such as <c>HDLC over a serial line</c>.</summary>
    public override string ToString()
    {
        string frames = Framing == LinkFraming.Hdlc ? "HDLC" : "DLMS wrapper";
        return Via switch
        {
            LinkVia.Serial => $"{frames} over a serial line",
            LinkVia.Tcp => $"{frames} over TCP",
            LinkVia.Rfc2217 => $"{frames} over a serial line of another machine (RFC 2217)",
            LinkVia.Hub => $"the service port of {Hub}",
            LinkVia.Han => $"ZigBee Smart Energy over the adapter {Adapter}",
            LinkVia.Replay => $"{frames} over a pseudo-terminal to a recorded session",
            _ when Framing == LinkFraming.Wrapper => $"{frames} over TCP to a virtual device",
            _ => $"{frames} over a pseudo-terminal to a virtual device",
        };
    }
}

/// <summary>By what a device is reached.</summary>
public enum LinkVia
{
    /// <summary>A serial port or optical probe of this machine.</summary>
    Serial,

    /// <summary>A virtual device of <c>harness bench up</c>.</summary>
    Virtual,

    /// <summary>A TCP connection to the device's network port, or to a terminal server in front of it.</summary>
    Tcp,

    /// <summary>A serial port that another machine serves by RFC 2217.</summary>
    Rfc2217,

    /// <summary>The service port of the comms hub that it is behind.</summary>
    Hub,

    /// <summary>The home area network, through a ZigBee adapter of the bench.</summary>
    Han,

    /// <summary>A recorded session, which <c>harness bench up</c> serves.</summary>
    Replay,
}
