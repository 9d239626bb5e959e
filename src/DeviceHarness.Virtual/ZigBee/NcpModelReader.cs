using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Virtual.Esme.Han;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Ppmid;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Hub;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Reads the YAML file of a virtual adapter; a key that it does not know is an error.</summary>
public static class NcpModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "zigbee-adapter";

    private const int IdentifierDigits = 16;
    private const int MaximumTextCharacters = 32;
    private const string ModelFileEnd = ".yaml";
    private const ushort MeteringDevice = 0x0501;

    private static readonly Dictionary<string, byte> Versions = new byte[] { 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18 }
        .ToDictionary(version => version.ToString(CultureInfo.InvariantCulture));

    private static readonly Dictionary<string, EmberNodeType> NodeTypes = new()
    {
        ["router"] = EmberNodeType.Router,
        ["end-device"] = EmberNodeType.EndDevice,
        ["sleepy"] = EmberNodeType.SleepyEndDevice,
    };

    private static readonly Dictionary<string, EstablishmentSuites> Suites = new()
    {
        ["1"] = EstablishmentSuites.Suite1,
        ["2"] = EstablishmentSuites.Suite2,
    };

    private static readonly Dictionary<string, AshFaultKind> FaultKinds = new()
    {
        ["drop"] = AshFaultKind.Drop,
        ["corrupt"] = AshFaultKind.Corrupt,
        ["duplicate"] = AshFaultKind.Duplicate,
        ["delay"] = AshFaultKind.Delay,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NcpModel ReadFile(string path) => Read(ConfigurationNode.Parse(File.ReadAllText(path), path));

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static NcpModel Read(ConfigurationNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        ConfigurationNode kind = root.Require("kind");
        if (kind.AsText() != Kind)
        {
            throw kind.Wrong($"'{kind.AsText()}'", Kind);
        }

        _ = root.Find("description")?.AsText();
        NcpModel model = new()
        {
            Seed = (int)(root.Find("seed")?.AsInteger(0, int.MaxValue) ?? 1),
            Adapter = ReadAdapter(root),
            Radio = ReadRadio(root.Find("radio")),
            Hub = ReadHub(root.Find("hub")),
            Devices = [.. (root.Find("devices")?.Items() ?? []).Select(ReadDevice), .. ReadCrowd(root.Find("crowd"))],
        };
        root.RejectOtherKeys();
        return model;
    }

    private static NcpOptions ReadAdapter(ConfigurationNode root)
    {
        NcpOptions options = new() { Eui64 = ReadIdentifier(root.Require("eui64")) };
        return options with
        {
            Authority = ReadAuthority(root.Find("certificate")),
            ProtocolVersion = root.Find("ezsp")?.AsOneOf(Versions) ?? options.ProtocolVersion,
            Link = new AshNcpOptions
            {
                IgnoredResets = (int)(root.Find("ignored-resets")?.AsInteger(0, 100) ?? 0),
                SendsFlowOctets = root.Find("flow-octets")?.AsBoolean() ?? false,
                Faults = [.. (root.Find("line-faults")?.Items() ?? []).Select(ReadFault)],
            },
        };
    }

    private static AshFrameFault ReadFault(ConfigurationNode node)
    {
        ConfigurationNode? every = node.Find("every");
        ConfigurationNode number = every ?? node.Require("frame");
        AshFrameFault fault = new(
            node.Require("kind").AsOneOf(FaultKinds), (int)number.AsInteger(1, int.MaxValue), node.Find("to-adapter")?.AsBoolean() ?? false)
        {
            IsRepeating = every is not null,
        };
        node.RejectOtherKeys();
        return fault;
    }

    private static RadioOptions ReadRadio(ConfigurationNode? node)
    {
        RadioOptions options = new();
        if (node is null)
        {
            return options;
        }

        options = options with
        {
            AirTime = node.Find("air-time")?.AsDuration(TimeSpan.Zero, TimeSpan.FromSeconds(1)) ?? options.AirTime,
            AckDelay = node.Find("ack-delay")?.AsDuration(TimeSpan.Zero, TimeSpan.FromSeconds(10)) ?? options.AckDelay,
            Loss = node.Find("loss")?.AsNumber(0, 1) ?? options.Loss,
        };
        node.RejectOtherKeys();
        return options;
    }

    private static IReadOnlyList<HanDeviceModel> ReadCrowd(ConfigurationNode? node)
    {
        if (node is null)
        {
            return [];
        }

        HanCrowd crowd = new() { FirstEui64 = ReadIdentifier(node.Require("first-eui64")) };
        crowd = crowd with
        {
            Mains = (int)(node.Find("mains")?.AsInteger(0, HanCrowd.Most) ?? 0),
            Sleepy = (int)(node.Find("sleepy")?.AsInteger(0, HanCrowd.Most) ?? 0),
            Loss = node.Find("loss")?.AsNumber(0, 1) ?? 0,
            Poll = node.Find("poll")?.AsDuration(TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(24)) ?? crowd.Poll,
            LinkKey = node.Find("test-link-key") is { } key ? ReadKey(key) : crowd.LinkKey,
        };
        node.RejectOtherKeys();
        return crowd.Devices();
    }

    private static HanHubModel? ReadHub(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        Dictionary<ulong, EzspKey> admits = [];
        foreach (ConfigurationNode admitted in node.Find("admits")?.Items() ?? [])
        {
            admits[ReadIdentifier(admitted.Require("eui64"))] = ReadKey(admitted.Require("test-link-key"));
            admitted.RejectOtherKeys();
        }

        HanHubModel model = new()
        {
            Eui64 = ReadIdentifier(node.Require("eui64")),
            ExtendedPanId = ReadIdentifier(node.Require("extended-pan-id")),
            PanId = (ushort)node.Require("pan-id").AsInteger(1, 0xFFFE),
            Channel = (byte)node.Require("channel").AsInteger(11, 26),
            NetworkKey = ReadKey(node.Require("test-network-key")),
            Admits = admits,
            Authority = ReadAuthority(node.Require("certificate"))!,
            Upgrades = ReadUpgrades(node.Find("upgrades")),
            RefusesJoins = node.Find("refuses-joins")?.AsBoolean() ?? false,
            LosesLogEntry = node.Find("loses-log-entry")?.AsBoolean() ?? false,
            RestartsEvery = node.Find("restarts-every")?.AsDuration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        };
        model = node.Find("firmware") is { } version ? model with { FirmwareVersion = ReadText(version) } : model;
        node.RejectOtherKeys();
        return model;
    }

    private static HanDeviceModel ReadDevice(ConfigurationNode node)
    {
        if (node.Find("model") is { } file && file.AsText().EndsWith(ModelFileEnd, StringComparison.Ordinal))
        {
            return ReadModelled(node, file);
        }

        HanDeviceModel model = new() { Name = ReadText(node.Require("name")), Eui64 = ReadIdentifier(node.Require("eui64")) };
        model = ReadOnNetwork(node, model) with
        {
            NodeType = node.Find("type")?.AsOneOf(NodeTypes) ?? model.NodeType,
            Manufacturer = node.Find("manufacturer") is { } manufacturer ? ReadText(manufacturer) : model.Manufacturer,
            Model = node.Find("model") is { } name ? ReadText(name) : model.Model,
            FirmwareVersion = node.Find("firmware") is { } version ? ReadText(version) : model.FirmwareVersion,
            Profile = (ushort)(node.Find("profile")?.AsInteger(0, ushort.MaxValue) ?? model.Profile),
            DeviceId = (ushort)(node.Find("device-id")?.AsInteger(0, ushort.MaxValue) ?? model.DeviceId),
            Authority = ReadAuthority(node.Find("certificate")),
        };
        node.RejectOtherKeys();
        return model;
    }

    private static HanDeviceModel ReadOnNetwork(ConfigurationNode node, HanDeviceModel model) => model with
    {
        Place = ReadPlace(node),
        LinkKey = node.Find("test-link-key") is { } key ? ReadKey(key) : model.LinkKey,
        ManufacturerCode = (ushort)(node.Find("manufacturer-code")?.AsInteger(0, ushort.MaxValue) ?? model.ManufacturerCode),
        Upgrades = ReadUpgrades(node.Find("upgrades")),
        KeyExchangeDelay = node.Find("key-exchange-delay")?.AsDuration(TimeSpan.Zero, TimeSpan.FromHours(1)) ?? model.KeyExchangeDelay,
        JoinDelay = node.Find("join-delay")?.AsDuration(TimeSpan.Zero, TimeSpan.FromHours(1)) ?? model.JoinDelay,
    };

    // What the model file says of the device is not said again.
    private static HanDeviceModel ReadModelled(ConfigurationNode node, ConfigurationNode file)
    {
        HanDeviceModel model = ReadOnNetwork(node, OfFile(ReadText(node.Require("name")), file)) with
        {
            Authority = ReadAuthority(node.Require("certificate")),
        };
        node.RejectOtherKeys();
        return model;
    }

    private static HanDeviceModel OfFile(string name, ConfigurationNode file)
    {
        string path = Path.Combine(Path.GetDirectoryName(file.File) ?? string.Empty, file.AsText());
        if (!File.Exists(path))
        {
            throw file.Wrong($"'{file.AsText()}'", "the model file of a device, beside this file");
        }

        ConfigurationNode root = ConfigurationNode.Parse(File.ReadAllText(path), path);
        return root.Require("kind").AsText() switch
        {
            GasMeterModelReader.Kind => OfGasMeter(name, root),
            GpfModelReader.Kind => Of(name, root, GpfModelReader.Kind) with
            {
                DeviceId = MeteringDevice,
                GasProxy = GpfModelReader.Read(root),
            },
            EsmeHanModelReader.Kind => Of(name, root, EsmeHanModelReader.Kind) with
            {
                DeviceId = MeteringDevice,
                ElectricityMeter = EsmeHanModelReader.Read(root),
            },
            PpmidModelReader.Kind => Of(name, root, PpmidModelReader.Kind) with { Display = PpmidModelReader.Read(root) },
            var other => throw root.Require("kind").Wrong(
                $"'{other}'", $"{GasMeterModelReader.Kind}, {GpfModelReader.Kind}, {PpmidModelReader.Kind} or {EsmeHanModelReader.Kind}"),
        };
    }

    private static HanDeviceModel OfGasMeter(string name, ConfigurationNode root) => Of(name, root, GasMeterModelReader.Kind) with
    {
        NodeType = EmberNodeType.SleepyEndDevice,
        DeviceId = MeteringDevice,
        GasMeter = GasMeterModelReader.Read(root),
    };

    private static HanDeviceModel Of(string name, ConfigurationNode root, string kind)
    {
        HanModelIdentity identity = HanModelIdentity.Read(root, kind, out _);
        return new HanDeviceModel
        {
            Name = name,
            Eui64 = identity.Eui64,
            Manufacturer = identity.Manufacturer,
            Model = identity.ModelName,
            FirmwareVersion = identity.FirmwareVersion,
        };
    }

    private static UpgradeClientOptions? ReadUpgrades(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        TimeSpan day = TimeSpan.FromDays(1);
        UpgradeClientOptions options = new();
        options = options with
        {
            ManufacturerCode = (ushort)(node.Find("manufacturer-code")?.AsInteger(0, ushort.MaxValue) ?? options.ManufacturerCode),
            ImageType = (ushort)(node.Find("image-type")?.AsInteger(0, ushort.MaxValue) ?? options.ImageType),
            HardwareVersion = (ushort)(node.Find("hardware-version")?.AsInteger(0, ushort.MaxValue) ?? options.HardwareVersion),
            FileVersion = (uint)(node.Find("file-version")?.AsInteger(0, uint.MaxValue) ?? options.FileVersion),
            BlockOctets = (int)(node.Find("block-octets")?.AsInteger(1, 64) ?? options.BlockOctets),
            PageOctets = (int)(node.Find("page-octets")?.AsInteger(0, ushort.MaxValue) ?? options.PageOctets),
            BlockPacing = node.Find("block-pacing")?.AsDuration(TimeSpan.Zero, day) ?? options.BlockPacing,
            VerifyTime = node.Find("verify-time")?.AsDuration(TimeSpan.Zero, day) ?? options.VerifyTime,
            RestartTime = node.Find("restart-time")?.AsDuration(TimeSpan.Zero, day) ?? options.RestartTime,
            AbortsAfterBlocks = (int)(node.Find("aborts-after-blocks")?.AsInteger(0, int.MaxValue) ?? 0),
            TakesAnyImage = node.Find("takes-any-image")?.AsBoolean() ?? false,
            KeepsOldImage = node.Find("keeps-old-image")?.AsBoolean() ?? false,
        };
        node.RejectOtherKeys();
        return options;
    }

    private static TestAuthority? ReadAuthority(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        TestAuthority authority = new(
            node.Find("suite")?.AsOneOf(Suites) ?? EstablishmentSuites.Suite1,
            (int)node.Require("authority-seed").AsInteger(0, int.MaxValue));
        node.RejectOtherKeys();
        return authority;
    }

    private static RadioPlace ReadPlace(ConfigurationNode node)
    {
        RadioPlace place = new();
        return place with
        {
            Parent = node.Find("parent") is { } parent ? ReadIdentifier(parent) : null,
            IsInRange = node.Find("in-range")?.AsBoolean() ?? place.IsInRange,
            Lqi = (byte)(node.Find("lqi")?.AsInteger(0, byte.MaxValue) ?? place.Lqi),
            RssiDbm = (sbyte)(node.Find("rssi-dbm")?.AsInteger(sbyte.MinValue, 0) ?? place.RssiDbm),
            Loss = node.Find("loss")?.AsNumber(0, 1) ?? place.Loss,
            Polls = ReadPolls(node.Find("polls")),
        };
    }

    private static PollModel ReadPolls(ConfigurationNode? node)
    {
        PollModel polls = new();
        if (node is null)
        {
            return polls;
        }

        TimeSpan shortest = TimeSpan.FromMilliseconds(50);
        TimeSpan longest = TimeSpan.FromHours(24);
        polls = polls with
        {
            Interval = node.Find("interval")?.AsDuration(shortest, longest) ?? polls.Interval,
            WakeEvery = node.Find("wake-every")?.AsDuration(shortest, longest) ?? polls.WakeEvery,
            WakeFor = node.Find("wake-for")?.AsDuration(shortest, longest) ?? polls.WakeFor,
        };
        node.RejectOtherKeys();
        return polls;
    }

    private static string ReadText(ConfigurationNode node) =>
        node.AsText() is { Length: > 0 and <= MaximumTextCharacters } text && text.All(char.IsAscii)
            ? text
            : throw node.Wrong($"'{node.AsText()}'", $"1 to {MaximumTextCharacters} ASCII characters");

    // Test keys open nothing but this virtual network, and all the same no message shows one.
    private static EzspKey ReadKey(ConfigurationNode node) =>
        node.AsText() is { Length: EzspKey.OctetCount * 2 } text && text.All(char.IsAsciiHexDigit)
            ? new EzspKey(Convert.FromHexString(text))
            : throw node.Wrong("something else", $"{EzspKey.OctetCount * 2} hexadecimal digits");

    private static ulong ReadIdentifier(ConfigurationNode node)
    {
        string digits = node.AsText().Replace("-", string.Empty, StringComparison.Ordinal);
        return digits.Length == IdentifierDigits
            && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw node.Wrong($"'{node.AsText()}'", "an EUI-64 such as 90-B3-D5-1F-30-00-00-A2");
    }
}
