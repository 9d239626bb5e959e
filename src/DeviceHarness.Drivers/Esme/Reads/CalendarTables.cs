using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Reads;

/// <summary>Reads the tables of calendars as answers give them. What is not as it must be is null, and the caller says so.</summary>
/// <remarks>Spec: IEC 62056-6-2, classes 10, 11, 20 and 113, as this harness's DLMS guide sums them up; the forms that it does not give are
/// those that the writes use.</remarks>
internal static class CalendarTables
{
    private const int LeapYear = 2024;
    private const int TimeOctets = 4;
    private const int MaximumNameCharacters = 8;
    private const byte UnspecifiedSecond = 0xFF;
    private const ushort BeginScript = 1;
    private const int FirstBit = 0x80;

    /// <summary>Day profiles; a register that has block prices is one with blocks.</summary>
    internal static TariffDay? Day(DlmsData item, IReadOnlySet<int> blockRegisters)
    {
        if (item.Items is not [var id, { Type: DlmsDataType.Array } actions] || !TryNumber(id, 1, ElectricityTariff.MaxDays, out int day))
        {
            return null;
        }

        List<TariffSwitch> switches = [];
        foreach (DlmsData action in actions.Items)
        {
            if (action.Items is not [var start, _, var script] || TimeOfDay(start) is not { } time
                || !TryNumber(script, 1, ElectricityTariff.Registers, out int register))
            {
                return null;
            }

            switches.Add(new TariffSwitch(time, register, blockRegisters.Contains(register)));
        }

        return new TariffDay(day, [.. switches]);
    }

    /// <summary>A week profile whose name is one octet.</summary>
    internal static TariffWeek? Week(DlmsData item)
    {
        if (item.Items.Count != 1 + ElectricityTariff.DaysOfWeek || NameOf(item.Items[0]) is not { } week)
        {
            return null;
        }

        List<int> days = [];
        foreach (DlmsData value in item.Items.Skip(1))
        {
            if (!TryNumber(value, 1, ElectricityTariff.MaxDays, out int day))
            {
                return null;
            }

            days.Add(day);
        }

        return new TariffWeek(week, [.. days]);
    }

    /// <summary>A season profile whose week's name is one octet.</summary>
    internal static TariffSeason? Season(DlmsData item) =>
        item.Items is [var name, { Octets.Length: CosemDateTime.OctetCount } start, var week] && NameOf(week) is { } referenced
            && Date(start.Octets.Span[..CosemDate.OctetCount]) is { } date
            ? new TariffSeason(Text(name), date, referenced)
            : null;

    /// <summary>A special day.</summary>
    internal static TariffSpecialDay? SpecialDay(DlmsData item) =>
        item.Items is [_, { Octets.Length: CosemDate.OctetCount } date, var day]
            && TryNumber(day, 1, ElectricityTariff.MaxDays, out int name) && Date(date.Octets.Span) is { } found
            ? new TariffSpecialDay(found, name)
            : null;

    /// <summary>A price by its index: the register, or block and register.</summary>
    internal static TariffPrice? Price(DlmsData item)
    {
        if (item.Items is not [var index, var value] || !TryNumber(value, short.MinValue, short.MaxValue, out int price))
        {
            return null;
        }

        return index.Octets.Span switch
        {
            [var register and >= 1 and <= ElectricityTariff.Registers] => new TariffPrice(register, null, (short)price),
            [var block and >= 1 and <= ElectricityPrices.Blocks, var register and >= 1 and <= ElectricityTariff.BlockRegisters] =>
                new TariffPrice(register, block, (short)price),
            _ => null,
        };
    }

    /// <summary>A special day of the non-disablement calendar.</summary>
    internal static NonDisablementSpecialDay? NonDisablementDay(DlmsData item) =>
        item.Items is [_, { Octets.Length: CosemDate.OctetCount } date, var day]
            && TryNumber(day, 1, NonDisablementCalendar.MaxSpecialDays, out int index) && Date(date.Octets.Span) is { } found
            ? new NonDisablementSpecialDay(index, found)
            : null;

    /// <summary>An entry of the non-disablement schedule.</summary>
    internal static NonDisablementSwitch? NonDisablementSwitch(DlmsData item) => Entry(item) is { } entry
        ? new NonDisablementSwitch(
            entry.Script == BeginScript, [.. entry.SpecialDays.Where(day => day <= NonDisablementCalendar.MaxSpecialDays)],
            [.. entry.Weekdays], entry.Time, BoundOf(entry.Begin.Span), BoundOf(entry.End.Span))
        : null;

    /// <summary>A special day of the calendar of auxiliary loads.</summary>
    internal static AuxiliaryLoadSpecialDay? AuxiliaryDay(DlmsData item) =>
        item.Items is [_, { Octets.Length: CosemDate.OctetCount } date, var day]
            && TryNumber(day, 1, AuxiliaryLoadCalendar.MaxSpecialDays, out int index) && Date(date.Octets.Span) is { } found
            ? new AuxiliaryLoadSpecialDay(index, found)
            : null;

    /// <summary>Whether an entry of a schedule holds.</summary>
    internal static bool IsEnabled(DlmsData item) =>
        item.Items is not [_, { Type: DlmsDataType.Boolean } enabled, ..] || enabled.Octets.Span[0] != 0;

    /// <summary>An entry of the schedule of auxiliary loads; null also when its script is none of the model's.</summary>
    internal static AuxiliaryLoadSwitchTime? AuxiliarySwitch(DlmsData item, IReadOnlyDictionary<long, LoadScript> scripts) =>
        Entry(item) is { } entry && scripts.TryGetValue(entry.Script, out LoadScript script)
            && Date(entry.Begin.Span) is { } begin && Date(entry.End.Span) is { } end
            ? new AuxiliaryLoadSwitchTime(
                script.Load, script.IsOn, [.. entry.SpecialDays.Where(day => day <= AuxiliaryLoadCalendar.MaxSpecialDays)],
                [.. entry.Weekdays], entry.Time, begin, end)
            : null;

    /// <summary>The billing calendar of execution times that recur: each day, on a day of each week or month, or on the same day of one
    /// month, or of months that are as far from each other. The first of those is taken for the month that a period starts in.</summary>
    internal static BillingCalendar? Billing(DlmsData times)
    {
        if (All(times, BillingCalendar.LastMonth, ExecutionTime) is not [var first, ..] found
            || found.DistinctBy(time => (time.Time, time.Date with { Month = null })).Count() > 1)
        {
            return null;
        }

        int[] months = [.. found.Select(time => time.Date.Month ?? 0).Order()];
        return (first.Date, months) switch
        {
            ({ DayOfWeek: null, DayOfMonth: null }, [0]) => new BillingCalendar(first.Time, BillingPeriodicity.Daily),
            ({ DayOfWeek: { } weekday, DayOfMonth: null }, [0]) => new BillingCalendar(first.Time, BillingPeriodicity.Weekly, weekday),
            ({ DayOfWeek: null, DayOfMonth: >= 1 and <= BillingCalendar.LastDayOfMonth and int day }, var starts) => starts switch
            {
                [0] => new BillingCalendar(first.Time, BillingPeriodicity.Monthly, day),
                [>= 1 and var month] => new BillingCalendar(first.Time, BillingPeriodicity.Yearly, day, month),
                [>= 1 and var month, var second] when second == month + 6 =>
                    new BillingCalendar(first.Time, BillingPeriodicity.SixMonthly, day, month),
                [>= 1 and var month, var second, var third, var fourth]
                    when (second, third, fourth) == (month + 3, month + 6, month + 9) =>
                    new BillingCalendar(first.Time, BillingPeriodicity.Quarterly, day, month),
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>The items of a table that are meant, each read; null when one is not as it must be.</summary>
    internal static ValueList<T>? All<T>(DlmsData table, int maximum, Func<DlmsData, T?> read, Func<DlmsData, bool>? isMeant = null)
        where T : class
    {
        if (table.Type != DlmsDataType.Array || table.Items.Count > maximum)
        {
            return null;
        }

        List<T> items = [];
        foreach (DlmsData item in table.Items.Where(isMeant ?? (_ => true)))
        {
            if (read(item) is not { } value)
            {
                return null;
            }

            items.Add(value);
        }

        return [.. items];
    }

    /// <summary>An execution time of class 22 that is of no single year.</summary>
    private static RecurringTime? ExecutionTime(DlmsData item) =>
        item.Items is [var start, { Octets.Length: CosemDate.OctetCount } date] && TimeOfDay(start) is { } time
            && Date(date.Octets.Span) is { Year: null } found
            ? new RecurringTime(time, found)
            : null;

    private static ScheduleEntry? Entry(DlmsData item)
    {
        if (item.Items is not [_, _, _, var selector, var start, _, { Type: DlmsDataType.BitString } week,
            { Type: DlmsDataType.BitString } special, { Octets.Length: CosemDate.OctetCount } begin,
            { Octets.Length: CosemDate.OctetCount } end]
            || !selector.TryGetInt64(out long script) || TimeOfDay(start) is not { } time)
        {
            return null;
        }

        IEnumerable<DayOfWeek> weekdays = Bits(week).Where(day => day <= ElectricityTariff.DaysOfWeek).Select(day => (DayOfWeek)(day % 7));
        return new ScheduleEntry(script, time, weekdays, Bits(special), begin.Octets, end.Octets);
    }

    private static IEnumerable<int> Bits(DlmsData bits) => Enumerable.Range(1, bits.BitCount)
        .Where(bit => (bits.Octets.Span[(bit - 1) / 8] & (FirstBit >> ((bit - 1) % 8))) != 0);

    private static int? NameOf(DlmsData name) =>
        name.Octets.Length == 1 && name.Octets.Span[0] is >= 1 and <= ElectricityTariff.MaxSeasons ? name.Octets.Span[0] : null;

    private static string Text(DlmsData name)
    {
        string text = name.Text ?? Convert.ToHexString(name.Octets.Span);
        return text[..Math.Min(text.Length, MaximumNameCharacters)];
    }

    private static bool TryNumber(DlmsData value, int minimum, int maximum, out int number)
    {
        bool isNumber = value.TryGetInt64(out long found) && found >= minimum && found <= maximum;
        number = isNumber ? (int)found : 0;
        return isNumber;
    }

    private static TimeOnly? TimeOfDay(DlmsData value)
    {
        if (value.Octets.Length != TimeOctets)
        {
            return null;
        }

        ReadOnlySpan<byte> octets = value.Octets.Span;
        int second = octets[2] == UnspecifiedSecond ? 0 : octets[2];
        return octets[0] <= 23 && octets[1] <= 59 && second <= 59 ? new TimeOnly(octets[0], octets[1], second) : null;
    }

    private static CalendarDate? Date(ReadOnlySpan<byte> octets)
    {
        _ = CosemDate.Decode(octets, out CosemDate date, out _, out _);
        int? day = date.Day switch
        {
            CosemDateTime.Unspecified => null,
            CosemCalendarDay.Last => CalendarDate.LastDay,
            CosemCalendarDay.SecondLast => CalendarDate.SecondLastDay,
            byte known => known,
        };
        return date is { Month: (>= 1 and <= 12) or CosemDateTime.Unspecified, DayOfWeek: (>= 1 and <= 7) or CosemDateTime.Unspecified }
            ? new CalendarDate(
                date.Year == CosemDateTime.UnspecifiedYear ? null : date.Year,
                date.Month == CosemDateTime.Unspecified ? null : date.Month,
                day,
                date.DayOfWeek == CosemDateTime.Unspecified ? null : date.DayOfWeek)
            : null;
    }

    /// <summary>The first or last date of an entry, of one year or of every year; null where it has no month and day.</summary>
    private static CalendarDate? BoundOf(ReadOnlySpan<byte> octets)
    {
        _ = CosemDate.Decode(octets, out CosemDate date, out _, out _);
        bool isYearly = date.Year == CosemDateTime.UnspecifiedYear;
        bool isDate = (isYearly || date.Year is >= 1 and <= 9999) && date.Month is >= 1 and <= 12 && date.Day >= 1
            && date.Day <= DateTime.DaysInMonth(isYearly ? LeapYear : date.Year, date.Month);
        return isDate ? new CalendarDate(isYearly ? null : date.Year, date.Month, date.Day, DayOfWeek: null) : null;
    }

    /// <summary>An entry of a schedule of class 10.</summary>
    private readonly record struct ScheduleEntry(
        long Script, TimeOnly Time, IEnumerable<DayOfWeek> Weekdays, IEnumerable<int> SpecialDays, ReadOnlyMemory<byte> Begin,
        ReadOnlyMemory<byte> End);

    private sealed record RecurringTime(TimeOnly Time, CalendarDate Date);
}
