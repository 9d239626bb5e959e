using System.Collections.Frozen;
using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Quality;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Esme;

/// <summary>Reads the sections of a model that its engines start with; one that is absent leaves the usual.</summary>
internal static class EsmeSectionReader
{
    private const int MaximumSwitches = CalendarTables.MaximumActions;
    private const int MaximumMillipencePrice = 32_767_000;
    private const int MaximumDecivolts = 4_000;
    private const int SecondsPerDay = 86_400;

    private static readonly FrozenDictionary<string, PaymentMode> ModeNames = new Dictionary<string, PaymentMode>
    {
        ["credit"] = PaymentMode.Credit,
        ["prepayment"] = PaymentMode.Prepayment,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PushForm> PushForms = new Dictionary<string, PushForm>
    {
        ["event-notification"] = PushForm.EventNotification,
        ["data-notification"] = PushForm.DataNotification,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads all of them.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <param name="model">The model so far.</param>
    public static EsmeModel Read(ConfigurationNode root, EsmeModel model) => model with
    {
        HistoryDays = (int)(root.Find("history-days")?.AsInteger(0, 31) ?? model.HistoryDays),
        LoadProfileRows = (int)(root.Find("load-profile-rows")?.AsInteger(48, 19_056) ?? model.LoadProfileRows),
        LateAnswerTime = root.Find("late-answer")?.AsDuration(TimeSpan.Zero, TimeSpan.FromMinutes(10)) ?? model.LateAnswerTime,
        HasLists = root.Find("lists")?.AsBoolean() ?? model.HasLists,
        HasGeneralBlocks = root.Find("general-blocks")?.AsBoolean() ?? model.HasGeneralBlocks,
        GeneralBlockWindow = (int)(root.Find("general-block-window")?.AsInteger(1, 63) ?? model.GeneralBlockWindow),
        Push = root.Find("push") is { } push ? ReadPush(push) : model.Push,
        Tariff = root.Find("tariff") is { } tariff ? ReadTariff(tariff) : model.Tariff,
        Prepayment = root.Find("prepayment") is { } prepayment ? ReadPrepayment(prepayment) : model.Prepayment,
        LoadLimit = root.Find("load-limit") is { } limit ? ReadLoadLimit(limit) : model.LoadLimit,
        Auxiliary = root.Find("auxiliary") is { } auxiliary ? ReadAuxiliary(auxiliary, model.Seed) : model.Auxiliary,
        Quality = root.Find("voltage") is { } voltage ? ReadQuality(voltage) : model.Quality,
    };

    /// <summary>Reads who the meter says that it is.</summary>
    /// <param name="identity">The section; other keys of it are read elsewhere.</param>
    public static MeterIdentity ReadIdentity(ConfigurationNode identity)
    {
        MeterIdentity standard = new();
        ConfigurationNode? display = identity.Find("display");
        MeterIdentity read = standard with
        {
            Manufacturer = ReadText(identity.Find("manufacturer"), 1, 30, standard.Manufacturer),
            Model = ReadText(identity.Find("model"), 1, 30, standard.Model),
            Variant = ReadText(identity.Find("variant"), 1, 8, standard.Variant),
            ImportMpan = ReadText(identity.Find("import-mpan"), 13, 13, standard.ImportMpan),
            ExportMpan = ReadText(identity.Find("export-mpan"), 13, 13, standard.ExportMpan),
            DisplayDigits = ReadNumber(display?.Find("digits"), 4, 8, standard.DisplayDigits),
            DisplayDecimals = ReadNumber(display?.Find("decimals"), 0, 3, standard.DisplayDecimals),
        };
        display?.RejectOtherKeys();
        return read;
    }

    private static PushOptions ReadPush(ConfigurationNode node)
    {
        PushOptions standard = new();
        PushOptions read = new()
        {
            Client = ReadNumber(node.Find("client"), 1, HdlcAddress.MaximumOneOctetPart, standard.Client),
            Form = node.Find("form")?.AsOneOf(PushForms) ?? standard.Form,
            QuietTime = node.Find("quiet-time")?.AsDuration(TimeSpan.Zero, TimeSpan.FromMinutes(1)) ?? standard.QuietTime,
        };
        node.RejectOtherKeys();
        return read;
    }

    /// <summary>Reads a tariff.</summary>
    public static TariffOptions ReadTariff(ConfigurationNode node)
    {
        TariffOptions standard = new();
        TariffOptions read = standard with
        {
            Name = ReadText(node.Find("name"), 1, 20, standard.Name),
            Day = node.Find("day") is { } day ? ReadList(day, 1, MaximumSwitches, ReadSwitch) : standard.Day,
            Prices = node.Find("prices") is { } prices ? ReadPrices(prices) : standard.Prices,
            StandingMillipence = ReadNumber(node.Find("standing-millipence"), 0, MaximumMillipencePrice, standard.StandingMillipence),
            BlockThresholdsWh = node.Find("block-thresholds-wh") is { } blocks ? ReadThresholds(blocks) : standard.BlockThresholdsWh,
            RandomisedOffsetSeconds = ReadNumber(
                node.Find("randomised-offset-seconds"), 0, TariffEngine.MaximumRandomisedOffsetSeconds, standard.RandomisedOffsetSeconds),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static TariffSwitch ReadSwitch(ConfigurationNode item)
    {
        TariffSwitch read = new(ReadTime(item.Require("from")), (int)item.Require("rate").AsInteger(1, TariffEngine.Rates));
        item.RejectOtherKeys();
        return read;
    }

    private static IReadOnlyList<TariffPrice> ReadPrices(ConfigurationNode list)
    {
        IReadOnlyList<TariffPrice> prices = ReadList(list, 0, UnitCharge.MaximumPrices, item =>
        {
            TariffPrice read = new(
                (int)item.Require("rate").AsInteger(1, TariffEngine.Rates),
                ReadNumber(item.Find("block"), 0, TariffEngine.Blocks, 0),
                (int)item.Require("millipence-per-kwh").AsInteger(0, MaximumMillipencePrice));
            item.RejectOtherKeys();
            return read;
        });
        return prices.DistinctBy(price => (price.Rate, price.Block)).Count() == prices.Count
            ? prices
            : throw list.Wrong("two prices of one rate and block", "each rate and block once");
    }

    private static IReadOnlyList<uint> ReadThresholds(ConfigurationNode list)
    {
        IReadOnlyList<uint> thresholds = ReadList(
            list, 0, TariffEngine.Blocks - 1, item => (uint)item.AsInteger(1, uint.MaxValue));
        return thresholds.Zip(thresholds.Skip(1)).All(pair => pair.First < pair.Second)
            ? thresholds
            : throw list.Wrong("thresholds that do not ascend", "each above the one before");
    }

    /// <summary>Reads an account.</summary>
    public static PrepaymentOptions ReadPrepayment(ConfigurationNode node)
    {
        PrepaymentOptions standard = new();
        PrepaymentOptions read = standard with
        {
            Mode = node.Find("mode")?.AsOneOf(ModeNames) ?? standard.Mode,
            Balance = ReadNumber(
                node.Find("balance"), -PrepaymentOptions.MaximumMillipence, PrepaymentOptions.MaximumMillipence, standard.Balance),
            EmergencyLimit = ReadMoney(node.Find("emergency-limit"), standard.EmergencyLimit),
            EmergencyThreshold = ReadMoney(node.Find("emergency-threshold"), standard.EmergencyThreshold),
            LowCreditThreshold = ReadMoney(node.Find("low-credit"), standard.LowCreditThreshold),
            DisablementThreshold = ReadMoney(node.Find("disablement"), standard.DisablementThreshold),
            MaximumVend = ReadMoney(node.Find("maximum-vend"), standard.MaximumVend),
            MaximumBalance = ReadMoney(node.Find("maximum-balance"), standard.MaximumBalance),
            KeepsSupplyOnSwitch = node.Find("keeps-supply-on-switch")?.AsBoolean() ?? standard.KeepsSupplyOnSwitch,
            BadTokensToLock = ReadNumber(node.Find("bad-tokens-to-lock"), 0, 100, standard.BadTokensToLock),
            LockTime = node.Find("lock-time")?.AsDuration(TimeSpan.Zero, TimeSpan.FromDays(1)) ?? standard.LockTime,
            TestTokenKey = ReadText(node.Find("test-token-key"), 1, 64, standard.TestTokenKey),
        };
        node.RejectOtherKeys();
        return read;
    }

    private static LoadLimitOptions ReadLoadLimit(ConfigurationNode node)
    {
        LoadLimitOptions standard = new();
        LoadLimitOptions read = new()
        {
            ThresholdWatts = ReadNumber(node.Find("threshold-watts"), 1, LoadProfileOptions.MaximumWatts, standard.ThresholdWatts),
            OverSeconds = ReadNumber(node.Find("over-seconds"), 0, SecondsPerDay, standard.OverSeconds),
            RestoreSeconds = ReadNumber(node.Find("restore-seconds"), 0, SecondsPerDay, standard.RestoreSeconds),
            CutsSupply = node.Find("cuts-supply")?.AsBoolean() ?? standard.CutsSupply,
        };
        node.RejectOtherKeys();
        return read;
    }

    private static AuxiliaryOptions ReadAuxiliary(ConfigurationNode node, long seed)
    {
        AuxiliaryOptions standard = new();
        double share = node.Find("share")?.AsNumber(0, 1) ?? 1;
        IReadOnlyList<AuxiliaryLoadOptions> loads = ReadList(node.Require("loads"), 1, AuxiliaryOptions.MaximumCount, ReadLoad);
        ConfigurationNode? boost = node.Find("boost");
        AuxiliaryOptions read = standard with
        {
            Loads = loads,
            IsRemoteOverrideAllowed = node.Find("remote-override")?.AsBoolean() ?? standard.IsRemoteOverrideAllowed,
            IsBoostRemote = boost?.Find("remote")?.AsBoolean() ?? standard.IsBoostRemote,
            BoostTime = boost?.Find("time")?.AsDuration(TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)) ?? standard.BoostTime,
            BoostButtons = boost?.Find("buttons") is { } buttons
                ? ReadList(buttons, 1, AuxiliaryOptions.MaximumCount, button => ReadList(
                    button, 0, loads.Count, load => (int)load.AsInteger(1, loads.Count)))
                : standard.BoostButtons,
        };
        boost?.RejectOtherKeys();
        node.RejectOtherKeys();
        return AuxiliaryOptions.IsOfShare(seed, share) ? read : standard;
    }

    private static AuxiliaryLoadOptions ReadLoad(ConfigurationNode item)
    {
        AuxiliaryLoadOptions read = new(
            ReadText(item.Require("label"), 1, 22, string.Empty),
            (int)item.Require("watts").AsInteger(0, LoadProfileOptions.MaximumWatts),
            item.Find("calendar") is { } calendar ? ReadList(calendar, 0, 8, ReadAuxiliarySwitch) : []);
        item.RejectOtherKeys();
        return read;
    }

    private static AuxiliarySwitch ReadAuxiliarySwitch(ConfigurationNode item)
    {
        AuxiliarySwitch read = new(ReadTime(item.Require("from")), item.Require("on").AsBoolean());
        item.RejectOtherKeys();
        return read;
    }

    private static QualityOptions ReadQuality(ConfigurationNode node)
    {
        QualityOptions standard = new();
        ConfigurationNode? period = node.Find("average-period-seconds");
        QualityOptions read = new()
        {
            AveragePeriodSeconds = ReadNumber(period, 60, SecondsPerDay, standard.AveragePeriodSeconds),
            AverageOverDecivolts = ReadVoltage(node.Find("average-over"), standard.AverageOverDecivolts),
            AverageUnderDecivolts = ReadVoltage(node.Find("average-under"), standard.AverageUnderDecivolts),
            ExtremeOverDecivolts = ReadVoltage(node.Find("extreme-over"), standard.ExtremeOverDecivolts),
            ExtremeUnderDecivolts = ReadVoltage(node.Find("extreme-under"), standard.ExtremeUnderDecivolts),
            SagDecivolts = ReadVoltage(node.Find("sag"), standard.SagDecivolts),
            SwellDecivolts = ReadVoltage(node.Find("swell"), standard.SwellDecivolts),
            DurationSeconds = ReadNumber(node.Find("duration-seconds"), 0, SecondsPerDay, standard.DurationSeconds),
        };
        node.RejectOtherKeys();
        return AverageVoltage.IsPeriod(read.AveragePeriodSeconds)
            ? read
            : throw period!.Wrong($"{read.AveragePeriodSeconds}", "a divisor of a day, 60 s or more");
    }

    private static IReadOnlyList<T> ReadList<T>(ConfigurationNode list, int minimum, int maximum, Func<ConfigurationNode, T> read)
    {
        IReadOnlyList<ConfigurationNode> items = list.Items();
        return items.Count >= minimum && items.Count <= maximum
            ? [.. items.Select(read)]
            : throw list.Wrong($"{items.Count} items", $"{minimum} to {maximum}");
    }

    private static int ReadNumber(ConfigurationNode? node, int minimum, int maximum, int standard) =>
        (int)(node?.AsInteger(minimum, maximum) ?? standard);

    private static int ReadMoney(ConfigurationNode? node, int standard) =>
        ReadNumber(node, 0, PrepaymentOptions.MaximumMillipence, standard);

    // Volts with one decimal in the file, tenths of a volt inside.
    private static int ReadVoltage(ConfigurationNode? node, int standard) =>
        node is null ? standard : (int)Math.Round(node.AsNumber(0, MaximumDecivolts / 10.0) * 10);

    private static TimeSpan ReadTime(ConfigurationNode node) =>
        TimeSpan.TryParseExact(node.AsText(), @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan time)
            ? time
            : throw node.Wrong($"'{node.AsText()}'", "a time of day such as \"07:30\"");

    private static string ReadText(ConfigurationNode? node, int minimum, int maximum, string standard)
    {
        if (node is null)
        {
            return standard;
        }

        string text = node.AsText();
        return text.Length >= minimum && text.Length <= maximum && text.All(character => character is >= ' ' and <= '~')
            ? text
            : throw node.Wrong($"{text.Length} characters", $"{minimum} to {maximum} printable ASCII characters");
    }
}
