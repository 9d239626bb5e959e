using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>A model of a device of a home area network: how it is spoken to by Smart Energy. Read from
/// <c>rigs/profiles/han/*.yaml</c>.</summary>
public sealed record SmartEnergyProfile
{
    /// <summary>The type of a gas meter.</summary>
    public const string Gsme = "GSME";

    /// <summary>The type of a gas proxy function.</summary>
    public const string Gpf = "GPF";

    /// <summary>The type of a prepayment display.</summary>
    public const string Ppmid = "PPMID";

    /// <summary>The type of an electricity meter, by its Smart Energy side.</summary>
    public const string Esme = "ESME";

    /// <summary>The type of a comms hub function.</summary>
    public const string CommsHub = "CHF";

    /// <summary>The protocol of a profile that is one.</summary>
    public const string Protocol = "zigbee-se";

    private const ushort FirstAlertCode = 0x8000;

    private static readonly Dictionary<string, string> Protocols = new() { [Protocol] = Protocol };

    private static readonly Dictionary<string, ProfileLevel> Levels = new()
    {
        ["1.0"] = ProfileLevel.SmartEnergy10,
        ["1.1"] = ProfileLevel.SmartEnergy11,
        ["1.2"] = ProfileLevel.SmartEnergy12,
    };

    private static readonly Dictionary<string, FirmwareVersionSource> Sources = new()
    {
        ["software-build"] = FirmwareVersionSource.SoftwareBuild,
        ["ota-file-version"] = FirmwareVersionSource.OtaFileVersion,
    };

    private static readonly Dictionary<string, bool> Clocks = new() { ["written"] = true, ["from-hub"] = false };

    /// <summary>The device types that such a profile may be of.</summary>
    public static IReadOnlyList<string> DeviceTypes { get; } = [Gsme, Gpf, Ppmid, Esme, CommsHub];

    /// <summary>The profile's name.</summary>
    public required string Name { get; init; }

    /// <summary>The DUIS device type.</summary>
    public string DeviceType { get; init; } = Gsme;

    /// <summary>The newest edition of Smart Energy whose fields it takes.</summary>
    public ProfileLevel Level { get; init; } = ProfileLevel.SmartEnergy12;

    /// <summary>Its application endpoint, 1 to 240; null to ask the device.</summary>
    public byte? Endpoint { get; init; }

    /// <summary>How often it wakes; null for one that always listens.</summary>
    public TimeSpan? WakeInterval { get; init; }

    /// <summary>How long it may take to answer while it is awake.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the version of its firmware is.</summary>
    public FirmwareVersionSource FirmwareVersion { get; init; }

    /// <summary>Which images are for it; null for a model that takes none over the air.</summary>
    public FirmwareModel? Firmware { get; init; }

    /// <summary>How long it may take to run an image that it was told to run, restart and wake included.</summary>
    public TimeSpan ActivationTimeout { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>Whether its clock is set by writing its Time server; else it takes the time from its hub alone, at its own wakes.</summary>
    public bool IsClockWritten { get; init; } = true;

    /// <summary>The supplier's number in the commands that carry one.</summary>
    public uint ProviderId { get; init; }

    /// <summary>The alert code, four hexadecimal digits, of each event number.</summary>
    public IReadOnlyDictionary<ushort, string> EventCodes { get; init; } = new Dictionary<ushort, string>();

    /// <summary>The alert code, four hexadecimal digits, of each alarm number of Metering.</summary>
    public IReadOnlyDictionary<byte, string> AlarmCodes { get; init; } = new Dictionary<byte, string>();

    /// <summary>Where it keeps its logs; of gas meters and their mirrors.</summary>
    public GasLogSources Logs { get; init; } = GasLogSources.Default;

    /// <summary>What the model is known to do otherwise than its kind.</summary>
    public IReadOnlyList<ProfileQuirk> Quirks { get; init; } = [];

    /// <summary>The alert code of an event; empty when the model does not say.</summary>
    /// <param name="number">The event's number. One from 8000 on is an alert code itself where <see cref="EventCodes"/> says nothing else:
    /// the numbers of the Events cluster end long before, so that this is an assumption about the GB logs.</param>
    public string CodeOf(ushort number) =>
        EventCodes.GetValueOrDefault(number) ?? (number >= FirstAlertCode ? number.ToString("X4", null) : string.Empty);

    /// <summary>Reads a profile from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">PROF-002: there is no such file; otherwise a key is missing, unknown or wrong.</exception>
    public static SmartEnergyProfile LoadFile(string path) => File.Exists(path)
        ? Load(File.ReadAllText(path), path)
        : throw new ConfigurationException("PROF-002", path, 0, 0, "file", "nothing", "a device profile");

    /// <summary>Reads a profile.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="ConfigurationException">A key is missing, unknown or wrong.</exception>
    public static SmartEnergyProfile Load(string text, string file)
    {
        ConfigurationNode root = ConfigurationNode.Parse(text, file);
        _ = root.Require("protocol").AsOneOf(Protocols);
        _ = root.Find("description")?.AsText();
        SmartEnergyProfile profile = new()
        {
            Name = root.Require("profile").AsText(),
            DeviceType = root.Require("device-type").AsOneOf(DeviceTypes.ToDictionary(type => type)),
            Level = root.Require("smart-energy").AsOneOf(Levels),
            Endpoint = (byte?)root.Find("endpoint")?.AsInteger(1, 240),
            WakeInterval = root.Find("wake-interval")?.AsDuration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
            ResponseTimeout = root.Require("response-timeout").AsDuration(
                DeviceProfile.MinimumResponseTimeout, DeviceProfile.MaximumResponseTimeout),
            FirmwareVersion = root.Require("firmware-version").AsOneOf(Sources),
            IsClockWritten = root.Find("clock")?.AsOneOf(Clocks) ?? true,
            ProviderId = (uint)(root.Find("provider-id")?.AsInteger(0, uint.MaxValue) ?? 0),
            EventCodes = Codes(root.Find("event-codes"), 4).ToDictionary(pair => (ushort)pair.Key, pair => pair.Value),
            AlarmCodes = Codes(root.Find("alarm-codes"), 2).ToDictionary(pair => (byte)pair.Key, pair => pair.Value),
            Logs = GasLogSources.Read(root.Find("logs")),
            Quirks = QuirkReader.Read(root.Find("quirks")),
        };
        profile = root.Find("firmware") is { } images ? WithImages(profile, images) : profile;
        root.RejectOtherKeys();
        return profile;
    }

    private static SmartEnergyProfile WithImages(SmartEnergyProfile profile, ConfigurationNode node)
    {
        profile = profile with
        {
            Firmware = new FirmwareModel(Code("manufacturer-code"), Code("image-type"), Code("hardware-version")),
            ActivationTimeout = node.Find("activation-timeout")?.AsDuration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24))
                ?? profile.ActivationTimeout,
        };
        node.RejectOtherKeys();
        return profile;

        ushort Code(string key) => (ushort)node.Require(key).AsInteger(0, ushort.MaxValue);
    }

    private static Dictionary<int, string> Codes(ConfigurationNode? node, int digits)
    {
        Dictionary<int, string> codes = [];
        foreach (string key in node?.Keys ?? [])
        {
            ConfigurationNode entry = node!.Require(key);
            codes[Hexadecimal(key, digits, entry)] = Hexadecimal(entry.AsText(), 4, entry).ToString("X4", null);
        }

        return codes;
    }

    private static int Hexadecimal(string text, int digits, ConfigurationNode entry) =>
        text.Length == digits && text.All(char.IsAsciiHexDigit)
            ? Convert.ToInt32(text, 16)
            : throw entry.Wrong($"'{text}'", $"{digits} hexadecimal digits, in quotes");
}

/// <summary>Where a device tells the version of its firmware.</summary>
public enum FirmwareVersionSource
{
    /// <summary>The software build of the Basic cluster, a text.</summary>
    SoftwareBuild = 0,

    /// <summary>The file version that its OTA client tells: eight hexadecimal digits.</summary>
    OtaFileVersion,
}
