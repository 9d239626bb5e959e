using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual.Hub;

/// <summary>Reads the YAML file of a virtual comms hub; a key that it does not know is an error.</summary>
public static class HubModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "hub";

    private const int IdentifierDigits = 16;
    private const int MaximumNameCharacters = 30;
    private const int MaximumOperatorCharacters = 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">The moment from which the last contacts of its devices are counted back.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HubModel ReadFile(string path, DateTimeOffset now) => Read(ConfigurationNode.Parse(File.ReadAllText(path), path), now);

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <param name="now">The moment from which the last contacts of its devices are counted back.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static HubModel Read(ConfigurationNode root, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(root);
        ConfigurationNode kind = root.Require("kind");
        if (kind.AsText() != Kind)
        {
            throw kind.Wrong($"'{kind.AsText()}'", Kind);
        }

        _ = root.Find("description")?.AsText();
        ConfigurationNode identity = root.Require("identity");
        ConfigurationNode firmware = identity.Require("firmware");
        ConfigurationNode? clock = root.Find("clock");
        int pduOctets = (int)(root.Find("pdu-octets")?.AsInteger(64, 4096) ?? 1024);
        List<HanFirmware> firmwares = [];
        HubModel model = new()
        {
            Link = ReadLink(root.Require("link")),
            PduOctets = pduOctets,
            Clients = SecuritySectionReader.ReadClients(root.Require("clients"), new SecurityOptions()),
            LogicalDeviceName = EsmeModelReader.ReadName(identity.Require("logical-device-name")),
            SerialNumber = identity.Require("eui64").AsText(),
            Identifier = ReadIdentifier(identity.Require("eui64")),
            FirmwareVersion = EsmeModelReader.ReadVersion(firmware.Require("version")),
            PreviousFirmwareVersion = EsmeModelReader.ReadVersion(firmware.Require("previous")),
            ClockOffset = TimeSpan.FromSeconds(clock?.Find("offset-seconds")?.AsNumber(-86_400, 86_400) ?? 0),
            Devices = ReadDevices(root.Find("devices"), now, pduOctets, firmwares),
            Firmware = firmwares,
            Defects = ReadDefects(root.Find("defects")),
            LateAnswerTime = EsmeModelReader.ReadTime(root.Find("late-answer"), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)),
        };
        model = ReadSupplyAndWan(root, model) with
        {
            Manufacturer = ReadName(identity.Find("manufacturer"), model.Manufacturer),
            ModelName = ReadName(identity.Find("model"), model.ModelName),
        };
        clock?.RejectOtherKeys();
        firmware.RejectOtherKeys();
        identity.RejectOtherKeys();
        root.RejectOtherKeys();
        return model;
    }

    private static HubModel ReadSupplyAndWan(ConfigurationNode root, HubModel model)
    {
        ConfigurationNode? supply = root.Find("supply");
        ConfigurationNode? wan = root.Find("wan");
        HubModel read = model with
        {
            OutageAlertAfter = EsmeModelReader.ReadTime(
                supply?.Find("outage-alert-after"), model.OutageAlertAfter, TimeSpan.FromHours(1)),
            WanRegistrationTime = EsmeModelReader.ReadTime(
                wan?.Find("registration-time"), model.WanRegistrationTime, TimeSpan.FromMinutes(30)),
            WanOperator = wan?.Find("operator") is { } name
                ? EsmeModelReader.ReadAscii(name, 1, MaximumOperatorCharacters)
                : model.WanOperator,
            WanSignalDecibelMilliwatts = (int)(wan?.Find("signal-dbm")?.AsInteger(sbyte.MinValue, 0) ?? model.WanSignalDecibelMilliwatts),
        };
        supply?.RejectOtherKeys();
        wan?.RejectOtherKeys();
        return read;
    }

    private static ServerLinkOptions ReadLink(ConfigurationNode node)
    {
        ServerLinkOptions link = EsmeModelReader.ReadLink(node);
        return link.SignOn is null ? link : throw node.Require("sign-on").Wrong("an optical port", "none: a service port has no sign-on");
    }

    private static List<HanDevice> ReadDevices(ConfigurationNode? list, DateTimeOffset now, int pduOctets, List<HanFirmware> firmwares)
    {
        List<HanDevice> devices = [];
        foreach (ConfigurationNode item in list?.Items() ?? [])
        {
            TimeSpan? seen = item.Find("seen-before")?.AsDuration(TimeSpan.Zero, TimeSpan.FromDays(365));
            long? quality = item.Find("link-quality")?.AsInteger(sbyte.MinValue, sbyte.MaxValue);
            HanDevice device = new(ReadIdentifier(item.Require("eui64")), seen is TimeSpan before ? now - before : null, (sbyte?)quality);
            devices.Add(devices.TrueForAll(known => known.Identifier != device.Identifier)
                ? device
                : throw item.Require("eui64").Wrong("a second entry of one device", "each device once"));
            if (item.Find("channel") is { } channel)
            {
                HanFirmware firmware = ReadFirmware(item, channel, device.Identifier, pduOctets);
                firmwares.Add(firmwares.TrueForAll(other => other.Channel != firmware.Channel)
                    ? firmware
                    : throw channel.Wrong($"a second device on channel {firmware.Channel}", "a channel of its own for each"));
            }

            item.RejectOtherKeys();
        }

        return devices.Count <= HubModel.MaximumDevices
            ? devices
            : throw list!.Wrong($"{devices.Count} devices", $"at most {HubModel.MaximumDevices} devices");
    }

    private static HanFirmware ReadFirmware(ConfigurationNode item, ConfigurationNode channel, ulong identifier, int pduOctets)
    {
        ConfigurationNode? update = item.Find("firmware-update");
        FirmwareUpdateOptions options = EsmeModelReader.ReadFirmwareUpdate(update, pduOctets);
        return options is { PowerCutAfterBlocks: 0, IsUndoneByPowerCut: false }
            ? new HanFirmware(
                identifier, (byte)channel.AsInteger(1, HanFirmware.MaximumChannel),
                EsmeModelReader.ReadVersion(item.Require("firmware")), options)
            : throw update!.Wrong("a cut of power", "none: the hub's supply is that of the meter that feeds it");
    }

    private static EsmeDefects ReadDefects(ConfigurationNode? list)
    {
        EsmeDefects defects = EsmeDefects.None;
        foreach (ConfigurationNode item in list?.Items() ?? [])
        {
            defects |= item.AsOneOf(HubModel.DefectNames);
        }

        return defects;
    }

    private static string ReadName(ConfigurationNode? node, string standard) =>
        node is null ? standard : EsmeModelReader.ReadAscii(node, 1, MaximumNameCharacters);

    /// <summary>Reads an EUI-64, written with or without hyphens between the octets.</summary>
    internal static ulong ReadIdentifier(ConfigurationNode node)
    {
        string digits = node.AsText().Replace("-", string.Empty, StringComparison.Ordinal);
        return digits.Length == IdentifierDigits
            && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw node.Wrong($"'{node.AsText()}'", "an EUI-64 such as 90-B3-D5-1F-30-00-00-A2");
    }
}
