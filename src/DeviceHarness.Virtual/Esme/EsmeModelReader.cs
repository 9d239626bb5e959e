using System.Collections.Frozen;
using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual.Esme;

/// <summary>Reads the YAML file of a virtual ESME; a key that it does not know is an error.</summary>
public static class EsmeModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "esme";

    /// <summary>The most clients that one meter knows.</summary>
    public const int MaximumClients = 8;

    private const int NameOctets = 16;
    private const int MaximumTextOctets = 64;

    private static readonly FrozenDictionary<string, SupplyState> SupplyNames = new Dictionary<string, SupplyState>
    {
        ["disconnected"] = SupplyState.Disconnected,
        ["connected"] = SupplyState.Connected,
        ["armed"] = SupplyState.ReadyForReconnection,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, bool> LinkNames = new Dictionary<string, bool>
    {
        ["hdlc"] = false,
        ["tcp"] = true,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EsmeModel ReadFile(string path) => Read(ConfigurationNode.Parse(File.ReadAllText(path), path));

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <exception cref="ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static EsmeModel Read(ConfigurationNode root)
    {
        ConfigurationNode kind = root.Require("kind");
        if (kind.AsText() != Kind)
        {
            throw kind.Wrong($"'{kind.AsText()}'", Kind);
        }

        _ = root.Find("description")?.AsText();
        ConfigurationNode identity = root.Require("identity");
        ConfigurationNode firmware = identity.Require("firmware");
        SecurityOptions security = SecuritySectionReader.ReadSecurity(root.Find("security"));
        EsmeModel model = new()
        {
            Seed = root.Require("seed").AsInteger(long.MinValue, long.MaxValue),
            Link = ReadLink(root.Require("link")),
            PduOctets = (int)(root.Find("pdu-octets")?.AsInteger(64, 4096) ?? 1024),
            Clients = SecuritySectionReader.ReadClients(root.Require("clients"), security),
            Security = security,
            LogicalDeviceName = ReadName(identity.Require("logical-device-name")),
            SerialNumber = ReadAscii(identity.Require("serial-number"), 1, MaximumTextOctets),
            FirmwareVersion = ReadVersion(firmware.Require("version")),
            PreviousFirmwareVersion = ReadVersion(firmware.Require("previous")),
            InitialTotals = ReadTotals(root.Require("registers")),
            Load = ReadLoad(root.Require("load")),
            Identity = EsmeSectionReader.ReadIdentity(identity),
            Defects = ReadDefects(root.Find("defects")),
        };
        firmware.RejectOtherKeys();
        identity.RejectOtherKeys();
        model = ReadSupply(root.Find("supply"), ReadClock(root.Find("clock"), model)) with
        {
            FirmwareUpdate = ReadFirmwareUpdate(root.Find("firmware-update"), model.PduOctets),
            Power = ReadPower(root.Find("power")),
        };
        model = EsmeSectionReader.Read(root, model);
        root.RejectOtherKeys();
        return model;
    }

    /// <summary>Reads the link layer of a device.</summary>
    /// <exception cref="ConfigurationException">A key or value is not allowed.</exception>
    internal static ServerLinkOptions ReadLink(ConfigurationNode link)
    {
        ConfigurationNode address = link.Require("address");
        int octets = (int)(address.Find("octets")?.AsInteger(1, 4) ?? 1);
        long maximumPart = octets == 4 ? HdlcAddress.MaximumTwoOctetPart - 2 : HdlcAddress.MaximumOneOctetPart - 2;
        int upper = (int)address.Require("upper").AsInteger(1, maximumPart);
        ConfigurationNode? lower = address.Find("lower");
        if (octets == 3 || (octets == 1) != (lower is null))
        {
            throw address.Wrong(
                $"octets {octets}, lower {lower?.AsText() ?? "absent"}", "octets 1 without lower; octets 2 or 4 with lower");
        }

        ServerLinkOptions standard = new() { Address = HdlcAddress.Server(upper) };
        ServerLinkOptions options = standard with
        {
            Address = lower is null ? standard.Address : HdlcAddress.Server(upper, (int)lower.AsInteger(0, maximumPart), octets),
            TransmitOctets = ReadInformation(link.Find("transmit-octets"), standard.TransmitOctets),
            ReceiveOctets = ReadInformation(link.Find("receive-octets"), standard.ReceiveOctets),
            InactivityTimeout = ReadTime(link.Find("inactivity-timeout"), standard.InactivityTimeout, TimeSpan.FromHours(1)),
            InterOctetTimeout = ReadTime(link.Find("inter-octet-timeout"), standard.InterOctetTimeout, TimeSpan.FromSeconds(6)),
            ThinkTime = ReadTime(link.Find("think-time"), standard.ThinkTime, TimeSpan.FromMinutes(1)),
            IsStrict = link.Find("strict-parameters")?.AsBoolean() ?? standard.IsStrict,
            TransmitWindowFrames = ReadWindow(link.Find("transmit-window"), standard.TransmitWindowFrames),
            ReceiveWindowFrames = ReadWindow(link.Find("receive-window"), standard.ReceiveWindowFrames),
            IsBusyWhileThinking = link.Find("busy-while-thinking")?.AsBoolean() ?? standard.IsBusyWhileThinking,
            IsEchoed = link.Find("echo")?.AsBoolean() ?? standard.IsEchoed,
            SignOn = OpticalPortReader.Read(link.Find("sign-on")),
            IsOverTcp = link.Find("over")?.AsOneOf(LinkNames) ?? standard.IsOverTcp,
            WrapperPort = (int)(link.Find("wrapper-port")?.AsInteger(1, ushort.MaxValue) ?? standard.WrapperPort),
        };
        if (options is { IsOverTcp: true, SignOn: not null })
        {
            throw link.Require("sign-on").Wrong("a sign-on over tcp", "a sign-on on hdlc only");
        }

        address.RejectOtherKeys();
        link.RejectOtherKeys();
        return options;
    }

    private static EnergyTotals ReadTotals(ConfigurationNode registers)
    {
        EnergyTotals totals = new(
            ReadTotal(registers, "active-import-wh"),
            ReadTotal(registers, "active-export-wh"),
            ReadTotal(registers, "reactive-import-varh"),
            ReadTotal(registers, "reactive-export-varh"));
        registers.RejectOtherKeys();
        return totals;
    }

    private static LoadProfileOptions ReadLoad(ConfigurationNode load)
    {
        LoadProfileOptions options = new(
            ReadWatts(load.Require("base-watts")),
            ReadWatts(load.Find("morning-peak-watts")),
            ReadWatts(load.Find("evening-peak-watts")),
            ReadWatts(load.Find("noise-watts")),
            ReadWatts(load.Find("generation-peak-watts")));
        load.RejectOtherKeys();
        return options;
    }

    private static EsmeModel ReadClock(ConfigurationNode? clock, EsmeModel model)
    {
        if (clock is null)
        {
            return model;
        }

        TimeSpan limit = TimeSpan.FromDays(365);
        EsmeModel read = model with
        {
            ClockOffset = TimeSpan.FromSeconds(clock.Find("offset-seconds")?.AsNumber(-limit.TotalSeconds, limit.TotalSeconds) ?? 0),
            IsClockValid = clock.Find("valid")?.AsBoolean() ?? true,
            ClockDriftPartsPerMillion = (int)(clock.Find("drift-ppm")?.AsInteger(-1000, 1000) ?? 0),
        };
        clock.RejectOtherKeys();
        return read;
    }

    private static EsmeModel ReadSupply(ConfigurationNode? supply, EsmeModel model)
    {
        if (supply is null)
        {
            return model;
        }

        EsmeModel read = model with
        {
            InitialSupply = supply.Find("state")?.AsOneOf(SupplyNames) ?? model.InitialSupply,
            SupplyControlMode = (int)(
                supply.Find("control-mode")?.AsInteger(0, SupplySwitch.MaximumControlMode) ?? model.SupplyControlMode),
        };
        supply.RejectOtherKeys();
        return read;
    }

    /// <summary>Reads what a device is to an image; what is left out is as of a usual one.</summary>
    internal static FirmwareUpdateOptions ReadFirmwareUpdate(ConfigurationNode? update, int pduOctets)
    {
        int largestBlock = pduOctets - FirmwareUpdateOptions.BlockOverheadOctets;
        FirmwareUpdateOptions standard = new() { BlockOctets = Math.Min(512, largestBlock) };
        if (update is null)
        {
            return standard;
        }

        FirmwareUpdateOptions options = standard with
        {
            ManufacturerCode = (int)(update.Find("manufacturer-code")?.AsInteger(0, ushort.MaxValue) ?? standard.ManufacturerCode),
            ImageType = (int)(update.Find("image-type")?.AsInteger(0, ushort.MaxValue) ?? standard.ImageType),
            HardwareVersion = (int)(update.Find("hardware-version")?.AsInteger(0, ushort.MaxValue) ?? standard.HardwareVersion),
            BlockOctets = (int)(update.Find("block-octets")?.AsInteger(
                FirmwareUpdateOptions.MinimumBlockOctets, largestBlock) ?? standard.BlockOctets),
            MaximumOctets = (int)(update.Find("maximum-octets")?.AsInteger(
                1, FirmwareUpdateOptions.LargestImageOctets) ?? standard.MaximumOctets),
            VerifyTime = ReadTime(update.Find("verify-time"), standard.VerifyTime, TimeSpan.FromMinutes(10)),
            RestartTime = ReadTime(update.Find("restart-time"), standard.RestartTime, TimeSpan.FromMinutes(10)),
            ActivationDelay = ReadTime(update.Find("activation-delay"), standard.ActivationDelay, TimeSpan.FromMinutes(1)),
            HubOffTime = ReadTime(update.Find("hub-off-time"), standard.HubOffTime, TimeSpan.FromHours(1)),
            IsUndoneByPowerCut = update.Find("undone-by-power-cut")?.AsBoolean() ?? standard.IsUndoneByPowerCut,
            PowerCutAfterBlocks = (int)(update.Find("power-cut-after-blocks")?.AsInteger(
                0, FirmwareUpdateOptions.LargestImageOctets) ?? standard.PowerCutAfterBlocks),
            Path = ReadPath(update.Find("only-from")),
        };
        update.RejectOtherKeys();
        return options;
    }

    private static UpgradePath ReadPath(ConfigurationNode? steps)
    {
        UpgradeStep[] read = [.. (steps?.Items() ?? []).Select(step =>
        {
            UpgradeStep one = new(ReadVersion(step.Require("from")), ReadVersion(step.Require("to")));
            step.RejectOtherKeys();
            return one;
        })];
        return read.Length <= UpgradePath.MaximumSteps
            ? new UpgradePath(read)
            : throw steps!.Wrong($"{read.Length} steps", $"at most {UpgradePath.MaximumSteps} steps");
    }

    private static PowerOptions ReadPower(ConfigurationNode? power)
    {
        PowerOptions standard = new();
        if (power is null)
        {
            return standard;
        }

        PowerOptions options = new()
        {
            OffTime = ReadTime(power.Find("off-time"), standard.OffTime, TimeSpan.FromMinutes(10)),
            IsClockKept = power.Find("clock-kept")?.AsBoolean() ?? standard.IsClockKept,
            BatteryCapacity = TimeSpan.FromHours(power.Find("battery-hours")?.AsInteger(1, 200_000) ?? standard.BatteryCapacity.TotalHours),
            BatteryUsed = TimeSpan.FromHours(power.Find("battery-used-hours")?.AsInteger(0, 200_000) ?? standard.BatteryUsed.TotalHours),
            BatteryLowPercent = (int)(power.Find("battery-low-percent")?.AsInteger(0, 100) ?? standard.BatteryLowPercent),
        };
        power.RejectOtherKeys();
        return options;
    }

    private static EsmeDefects ReadDefects(ConfigurationNode? list)
    {
        EsmeDefects defects = EsmeDefects.None;
        foreach (ConfigurationNode item in list?.Items() ?? [])
        {
            defects |= item.AsOneOf(EsmeDefectNames.All);
        }

        return defects;
    }

    private static int ReadInformation(ConfigurationNode? node, int standard) => (int)(node?.AsInteger(
        ServerLinkOptions.MinimumInformationOctets, ServerLinkOptions.MaximumInformationOctets) ?? standard);

    private static int ReadWindow(ConfigurationNode? node, int standard) =>
        (int)(node?.AsInteger(1, HdlcParameters.MaximumWindowFrames) ?? standard);

    /// <summary>Reads a duration of 0 or more.</summary>
    internal static TimeSpan ReadTime(ConfigurationNode? node, TimeSpan standard, TimeSpan maximum) =>
        node?.AsDuration(TimeSpan.Zero, maximum) ?? standard;

    private static uint ReadTotal(ConfigurationNode registers, string key) =>
        (uint)(registers.Find(key)?.AsInteger(0, uint.MaxValue) ?? 0);

    private static int ReadWatts(ConfigurationNode? node) => (int)(node?.AsInteger(0, LoadProfileOptions.MaximumWatts) ?? 0);

    /// <summary>Reads a logical device name.</summary>
    internal static string ReadName(ConfigurationNode node) => ReadAscii(node, NameOctets, NameOctets);

    /// <summary>Reads printable ASCII.</summary>
    internal static string ReadAscii(ConfigurationNode node, int minimum, int maximum)
    {
        string text = node.AsText();
        return text.Length >= minimum && text.Length <= maximum && text.All(character => character is >= ' ' and <= '~')
            ? text
            : throw node.Wrong($"{text.Length} characters", $"{minimum} to {maximum} printable ASCII characters");
    }

    /// <summary>Reads a firmware version.</summary>
    internal static string ReadVersion(ConfigurationNode node)
    {
        string text = node.AsText();
        string[] parts = text.Split('.');
        return parts.Length is 3 or 4 && parts.All(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? text
            : throw node.Wrong($"'{text}'", "three or four numbers of 0 to 255 with points between");
    }
}
