using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>Reads the YAML file of a virtual GSME; a key that it does not know is an error.</summary>
public static class GasMeterModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "gsme";

    private const int MaximumFlow = 10_000;
    private const int MaximumCurrent = 100_000;
    private const int MaximumCapacity = 100_000_000;
    private const int SiteIdDigits = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly FrozenDictionary<string, SupplyState> ValveNames = new Dictionary<string, SupplyState>
    {
        ["off"] = SupplyState.Disconnected,
        ["armed"] = SupplyState.ReadyForReconnection,
        ["on"] = SupplyState.Connected,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Each defect by its name.</summary>
    public static IReadOnlyDictionary<string, GasDefects> DefectNames { get; } = new Dictionary<string, GasDefects>
    {
        ["wrong-multiplier"] = GasDefects.WrongMultiplier,
        ["stale-readings"] = GasDefects.StaleReadings,
        ["clock-unknown"] = GasDefects.ClockUnknown,
        ["valve-stays-open"] = GasDefects.ValveStaysOpen,
        ["top-up-doubled"] = GasDefects.TopUpDoubled,
        ["report-lost"] = GasDefects.ReportLost,
        ["alert-storm"] = GasDefects.AlertStorm,
        ["tariff-ignored"] = GasDefects.TariffIgnored,
        ["billing-ignored"] = GasDefects.BillingIgnored,
        ["half-hour-lost"] = GasDefects.HalfHourLost,
        ["profile-shifted"] = GasDefects.ProfileShifted,
        ["profile-scaled"] = GasDefects.ProfileScaled,
        ["log-stops-at-restart"] = GasDefects.LogStopsAtRestart,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GasMeterModel ReadFile(string path) => Read(ConfigurationNode.Parse(File.ReadAllText(path), path));

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static GasMeterModel Read(ConfigurationNode root)
    {
        HanModelIdentity named = HanModelIdentity.Read(root, Kind, out ConfigurationNode identity);
        GasMeterModel model = new()
        {
            Seed = root.Require("seed").AsInteger(long.MinValue, long.MaxValue),
            Eui64 = named.Eui64,
            SerialNumber = EsmeModelReader.ReadAscii(identity.Require("serial-number"), 1, 24),
            SiteId = ReadSiteId(identity.Require("mprn")),
            Manufacturer = named.Manufacturer,
            ModelName = named.ModelName,
            FirmwareVersion = named.FirmwareVersion,
            HardwareVersion = (int)(identity.Find("hardware")?.AsInteger(0, byte.MaxValue) ?? 1),
            Flow = ReadFlow(root.Require("flow")),
            HistoryDays = (int)(root.Find("history-days")?.AsInteger(0, 31) ?? 0),
            Battery = ReadBattery(root.Find("battery")),
            Wake = ReadWake(root.Find("wake")),
            Defects = ReadDefects(root.Find("defects")),
        };
        identity.RejectOtherKeys();
        model = ReadClock(root.Find("clock"), ReadGas(root.Find("gas"), model)) with
        {
            InitialValve = root.Find("valve")?.AsOneOf(ValveNames) ?? model.InitialValve,
            Tariff = root.Find("tariff") is { } tariff ? EsmeSectionReader.ReadTariff(tariff) : model.Tariff,
            Prepayment = root.Find("prepayment") is { } account ? EsmeSectionReader.ReadPrepayment(account) : model.Prepayment,
        };
        root.RejectOtherKeys();
        return model;
    }

    private static LoadProfileOptions ReadFlow(ConfigurationNode node)
    {
        LoadProfileOptions read = new(
            (int)node.Require("base-dm3-per-hour").AsInteger(0, MaximumFlow),
            (int)(node.Find("morning-peak-dm3-per-hour")?.AsInteger(0, MaximumFlow) ?? 0),
            (int)(node.Find("evening-peak-dm3-per-hour")?.AsInteger(0, MaximumFlow) ?? 0),
            (int)(node.Find("noise-dm3-per-hour")?.AsInteger(0, MaximumFlow) ?? 0),
            0);
        node.RejectOtherKeys();
        return read;
    }

    private static GasMeterModel ReadGas(ConfigurationNode? node, GasMeterModel model)
    {
        if (node is null)
        {
            return model;
        }

        GasMeterModel read = model with
        {
            InitialVolumeDm3 = node.Find("volume-dm3")?.AsInteger(0, 99_999_999) ?? 0,
            ConversionFactor = Scaled(node.Find("conversion-factor"), 0.5, 2, GasMetrology.ConversionUnit, model.ConversionFactor),
            CalorificValue = Scaled(node.Find("calorific-value"), 10, 60, GasMetrology.CalorificUnit, model.CalorificValue),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static GasMeterModel ReadClock(ConfigurationNode? node, GasMeterModel model)
    {
        if (node is null)
        {
            return model;
        }

        GasMeterModel read = model with
        {
            ClockOffset = TimeSpan.FromSeconds(node.Find("offset-seconds")?.AsNumber(-31_536_000, 31_536_000) ?? 0),
            IsClockValid = node.Find("valid")?.AsBoolean() ?? true,
            ClockDriftPartsPerMillion = (int)(node.Find("drift-ppm")?.AsInteger(-1000, 1000) ?? 0),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static GasBatteryOptions ReadBattery(ConfigurationNode? node)
    {
        GasBatteryOptions standard = new();
        if (node is null)
        {
            return standard;
        }

        int capacity = (int)(node.Find("capacity-uah")?.AsInteger(1000, MaximumCapacity) ?? standard.CapacityMicroampHours);
        GasBatteryOptions read = new()
        {
            CapacityMicroampHours = capacity,
            UsedMicroampHours = (int)(node.Find("used-uah")?.AsInteger(0, capacity) ?? standard.UsedMicroampHours),
            SleepMicroamps = (int)(node.Find("sleep-ua")?.AsInteger(0, MaximumCurrent) ?? standard.SleepMicroamps),
            AwakeMicroamps = (int)(node.Find("awake-ua")?.AsInteger(0, MaximumCurrent) ?? standard.AwakeMicroamps),
            LowPercent = (int)(node.Find("low-percent")?.AsInteger(0, 100) ?? standard.LowPercent),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static GasWakeOptions ReadWake(ConfigurationNode? node)
    {
        GasWakeOptions standard = new();
        if (node is null)
        {
            return standard;
        }

        GasWakeOptions read = new()
        {
            Every = node.Find("every")?.AsDuration(TimeSpan.FromSeconds(10), Day) ?? standard.Every,
            Listens = node.Find("listens")?.AsDuration(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)) ?? standard.Listens,
            StaysAwake = node.Find("stays-awake")?.AsDuration(TimeSpan.Zero, TimeSpan.FromHours(1)) ?? standard.StaysAwake,
            FastPollSeconds = (byte)(node.Find("fast-poll-seconds")?.AsInteger(1, byte.MaxValue) ?? standard.FastPollSeconds),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static GasDefects ReadDefects(ConfigurationNode? list)
    {
        GasDefects defects = GasDefects.None;
        foreach (ConfigurationNode item in list?.Items() ?? [])
        {
            defects |= item.AsOneOf(DefectNames);
        }

        return defects;
    }

    private static int Scaled(ConfigurationNode? node, double minimum, double maximum, int unit, int standard) =>
        node is null ? standard : (int)Math.Round(node.AsNumber(minimum, maximum) * unit);

    private static string ReadSiteId(ConfigurationNode node)
    {
        string text = node.AsText();
        return text.Length == SiteIdDigits && text.All(char.IsAsciiDigit) ? text : throw node.Wrong($"'{text}'", "10 digits");
    }
}
