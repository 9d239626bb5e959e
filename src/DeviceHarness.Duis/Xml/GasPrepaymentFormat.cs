using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of 2.1 and 2.3 to a gas meter, and what a gas meter alone answers to 4.13.</summary>
internal static class GasPrepaymentFormat
{
    /// <summary>The element that 2.1 for gas has.</summary>
    public const string Settings = "UpdatePrepayConfigGas";

    /// <summary>The element that 2.3 for gas has, with the number of the debt after it.</summary>
    public const string Debt = "GasDebtRecovery";

    private const string Calendar = "NonDisablementCalendar";

    /// <summary>Reads 2.1.</summary>
    public static UpdateGasPrepayConfiguration ReadConfiguration(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        return element.Within(DuisNames.Sr, Settings, settings =>
        {
            int cap = settings.Int("DebtRecoveryRateCap");
            long limit = settings.Unsigned("EmergencyCreditLimit");
            long threshold = settings.Unsigned("EmergencyCreditThreshold");
            long low = settings.Unsigned("LowCreditThreshold");
            GasNonDisablementCalendar calendar = settings.Within(
                DuisNames.Sr, $"Gas{Calendar}", list => ReadCalendar(list, DuisNames.Sr));
            long balance = settings.Unsigned("MaxMeterBalance");
            return new UpdateGasPrepayConfiguration(
                cap, limit, threshold, low, calendar, balance, settings.Unsigned("MaxCreditThreshold"), execution);
        });
    }

    /// <summary>Writes 2.1.</summary>
    public static IEnumerable<XElement> WriteConfiguration(UpdateGasPrepayConfiguration body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        new XElement(
            DuisNames.Sr + Settings,
            RequestValues.Number("DebtRecoveryRateCap", body.DebtRecoveryRateCap),
            RequestValues.Number("EmergencyCreditLimit", body.EmergencyCreditLimit),
            RequestValues.Number("EmergencyCreditThreshold", body.EmergencyCreditThreshold),
            RequestValues.Number("LowCreditThreshold", body.LowCreditThreshold),
            new XElement(DuisNames.Sr + $"Gas{Calendar}", WriteCalendar(body.NonDisablement, DuisNames.Sr)),
            RequestValues.Number("MaxMeterBalance", body.MaxMeterBalance),
            RequestValues.Number("MaxCreditThreshold", body.MaxCreditThreshold)),
    ];

    /// <summary>Reads 2.3.</summary>
    public static UpdateGasDebt ReadDebt(ElementReader element)
    {
        int first = element.Int("TimeDebtRegister1");
        int second = element.Int("TimeDebtRegister2");
        int payment = element.Int("PaymentDebtRegister");
        int share = (int)element.Whole("DebtRecoveryPerPayment", 0, UpdateDebt.WholePayment);
        GasDebtRecovery recovery = element.Within(DuisNames.Sr, $"{Debt}1", ReadRecovery);
        return new UpdateGasDebt(first, second, payment, share, recovery, element.Within(DuisNames.Sr, $"{Debt}2", ReadRecovery));
    }

    /// <summary>Writes 2.3.</summary>
    public static IEnumerable<XElement> WriteDebt(UpdateGasDebt body) =>
    [
        RequestValues.Number("TimeDebtRegister1", body.TimeDebtRegister1),
        RequestValues.Number("TimeDebtRegister2", body.TimeDebtRegister2),
        RequestValues.Number("PaymentDebtRegister", body.PaymentDebtRegister),
        RequestValues.Number("DebtRecoveryPerPayment", body.DebtRecoveryPerPayment),
        WriteRecovery(DuisNames.Sr, $"{Debt}1", body.DebtRecovery1),
        WriteRecovery(DuisNames.Sr, $"{Debt}2", body.DebtRecovery2),
    ];

    /// <summary>Reads what a gas meter alone answers to 4.13.</summary>
    public static GasPrepaymentReading ReadAnswer(ElementReader element)
    {
        GasNonDisablementCalendar? calendar = element.OptionalGroup(Calendar, list => ReadCalendar(list, DuisNames.Ra));
        GasDebtRecovery? first = element.OptionalGroup("DebtRecovery1", ReadTold);
        return new GasPrepaymentReading(calendar, first, element.OptionalGroup("DebtRecovery2", ReadTold));
    }

    /// <summary>Writes it.</summary>
    public static XElement WriteAnswer(GasPrepaymentReading body) => new(
        DuisNames.Ra + "Gas",
        body.NonDisablement is { } calendar
            ? new XElement(DuisNames.Ra + Calendar, WriteCalendar(calendar, DuisNames.Ra))
            : null,
        body.DebtRecovery1 is { } first ? WriteRecovery(DuisNames.Ra, "DebtRecovery1", first) : null,
        body.DebtRecovery2 is { } second ? WriteRecovery(DuisNames.Ra, "DebtRecovery2", second) : null);

    private static GasDebtRecovery ReadRecovery(ElementReader element) => new(
        element.Whole("DebtRecoveryRate", int.MinValue, int.MaxValue),
        element.Take(DuisNames.Sr, "DebtRecoveryRatePeriod").Only().OneOf<DebtRecoveryPeriod>(PrepaymentConfigurationFormat.Word));

    private static GasDebtRecovery ReadTold(ElementReader element) => new(
        element.OptionalInteger("DebtRecoveryRate") ?? 0,
        element.TryTake(DuisNames.Ra, "DebtRecoveryRatePeriod", out ElementReader? found)
            ? found.Only().OneOf<DebtRecoveryPeriod>(PrepaymentConfigurationFormat.Word)
            : null);

    private static XElement WriteRecovery(XNamespace space, string name, GasDebtRecovery recovery) => new(
        space + name,
        RequestValues.Number(space, "DebtRecoveryRate", recovery.Rate),
        recovery.Period is { } period
            ? new XElement(space + "DebtRecoveryRatePeriod", PrepaymentConfigurationFormat.Word(period))
            : null);

    private static GasNonDisablementCalendar ReadCalendar(ElementReader calendar, XNamespace space)
    {
        int least = space == DuisNames.Sr ? 1 : 0;
        ValueList<GasNonDisablementDay> days = Group(calendar, space, "DayProfiles", list => list.Several(
            space, "GasNonDisablementDayProfile", (least, GasNonDisablementCalendar.MaxDays), day => ReadDay(day, space, least)));
        ValueList<TariffWeek> weeks = Group(calendar, space, "WeekProfiles", list =>
            GasCalendarFormat.ReadWeeks(list, space, "ReferencedDayName", GasNonDisablementCalendar.MaxDays));
        ValueList<GasSeason> seasons = Group(
            calendar, space, "SeasonProfiles", list => GasCalendarFormat.ReadSeasons(list, space));
        return new GasNonDisablementCalendar(days, weeks, seasons, Group(calendar, space, "SpecialDays", list =>
            GasCalendarFormat.ReadSpecialDays(list, space, "ReferencedDayName", GasNonDisablementCalendar.MaxDays)));
    }

    private static ValueList<T> Group<T>(
        ElementReader calendar, XNamespace space, string name, Func<ElementReader, ValueList<T>> read) =>
        space == DuisNames.Sr ? calendar.Within(space, name, read) : calendar.OptionalGroup(name, read) ?? [];

    private static GasNonDisablementDay ReadDay(ElementReader day, XNamespace space, int least)
    {
        string[] attributes = space == DuisNames.Sr ? [] : ["index"];
        ValueList<GasNonDisablementAction> actions = day.Several(
            space, "TimeStartAction", (least, GasNonDisablementCalendar.MaxActions), action => new GasNonDisablementAction(
                action.Take(space, "StartTime").Only().TimeOfDay(),
                action.Take(space, "NonDisablementAction").Only().OneOf<Word>(word => word.ToString()) == Word.START),
            attributes);
        return new GasNonDisablementDay(
            (int)day.Take(space, "GasDayName").Only().Integer(1, GasNonDisablementCalendar.MaxDays), actions);
    }

    private static IEnumerable<XElement> WriteCalendar(GasNonDisablementCalendar calendar, XNamespace space) =>
    [
        new XElement(space + "DayProfiles", calendar.Days.Select(day => new XElement(
            space + "GasNonDisablementDayProfile",
            day.Actions.Select((action, index) => new XElement(
                space + "TimeStartAction",
                space == DuisNames.Ra ? RequestValues.Index(index + 1) : null,
                RequestValues.TimeOfDay(space, "StartTime", action.Start),
                new XElement(space + "NonDisablementAction", (action.IsStart ? Word.START : Word.STOP).ToString()))),
            RequestValues.Number(space, "GasDayName", day.Day)))),
        new XElement(space + "WeekProfiles", GasCalendarFormat.WriteWeeks(calendar.Weeks, space, "ReferencedDayName")),
        new XElement(space + "SeasonProfiles", GasCalendarFormat.WriteSeasons(calendar.Seasons, space)),
        new XElement(space + "SpecialDays", GasCalendarFormat.WriteSpecialDays(calendar.SpecialDays, space, "ReferencedDayName")),
    ];

    private enum Word
    {
        START,
        STOP,
    }
}
