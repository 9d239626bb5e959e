using System.Globalization;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>The non-disablement calendar as the objects of a meter hold it.</summary>
/// <remarks>Spec: IEC 62056-6-2, classes 10 and 11. The guide has no element of class 10: it follows the class as generally known, an
/// assumption. A special day's number is its day's too, and bit n of an entry is special day n + 1.</remarks>
internal static class NonDisablementValues
{
    /// <summary>How many special days an entry can name.</summary>
    internal const int SpecialDayBits = 16;

    private const int WeekdayBits = 7;
    private const int FirstBit = 0x80;
    private const ushort AlwaysValid = ushort.MaxValue;

    /// <summary>Special days: index, date and day.</summary>
    internal static DlmsData SpecialDays(NonDisablementCalendar calendar) => DlmsData.Array(
    [
        .. calendar.SpecialDays.Select(day => DlmsData.Structure(
            DlmsData.LongUnsigned((ushort)day.Index), TariffValues.Date(day.Date), DlmsData.Unsigned((byte)day.Index))),
    ]);

    /// <summary>The entries of the schedule.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="script">The script table.</param>
    /// <param name="begin">The script that begins a time without disablement.</param>
    /// <param name="end">The script that ends it.</param>
    internal static DlmsData Schedule(NonDisablementCalendar calendar, ObisCode script, ushort begin, ushort end) => DlmsData.Array(
    [
        .. calendar.Switches.Select((turn, index) => DlmsData.Structure(
            DlmsData.LongUnsigned((ushort)(index + 1)),
            DlmsData.Boolean(true),
            DlmsData.OctetString(script.ToOctets()),
            DlmsData.LongUnsigned(turn.IsStart ? begin : end),
            TariffValues.TimeOfDay(turn.SwitchTime),
            DlmsData.LongUnsigned(AlwaysValid),
            DlmsData.BitString([Weekdays(turn.DaysOfWeek)], WeekdayBits),
            DlmsData.BitString(SpecialDayMask(turn.SpecialDays), SpecialDayBits),
            Date(turn.StartDate),
            Date(turn.EndDate))),
    ]);

    /// <summary>Why a device cannot hold a calendar; null when it can.</summary>
    internal static string? ProblemOf(NonDisablementCalendar calendar) =>
        calendar.Switches.SelectMany(turn => turn.SpecialDays).FirstOrDefault(day => day > SpecialDayBits) is var day and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"an entry names special day {day}, and an entry has room for {SpecialDayBits}")
            : null;

    private static byte Weekdays(IEnumerable<DayOfWeek> days) =>
        (byte)days.Aggregate(0, (bits, day) => bits | (FirstBit >> (((int)day + 6) % 7)));

    private static byte[] SpecialDayMask(IEnumerable<int> days)
    {
        byte[] bits = new byte[SpecialDayBits / 8];
        foreach (int day in days.Where(day => day <= SpecialDayBits))
        {
            bits[(day - 1) / 8] |= (byte)(FirstBit >> ((day - 1) % 8));
        }

        return bits;
    }

    private static DlmsData Date(CalendarDate? date) => TariffValues.Date(date ?? new CalendarDate(null, null, null, null));
}
