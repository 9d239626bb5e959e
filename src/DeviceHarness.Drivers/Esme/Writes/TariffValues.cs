using System.Text;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>Tariffs as the objects of a meter hold them.</summary>
/// <remarks>Spec: IEC 62056-6-2, classes 20, 11, 21 and 113, as this harness's DLMS guide sums them up. Names of weeks are one octet; a
/// price's index is its register, or block and register: both are assumptions.</remarks>
internal static class TariffValues
{
    private const int FirstRegister = 1;

    /// <summary>Day profiles: id and actions of start time, script table and script.</summary>
    internal static DlmsData Days(IEnumerable<TariffDay> days, ObisCode script) => DlmsData.Array(
    [
        .. days.Select(day => DlmsData.Structure(
            DlmsData.Unsigned((byte)day.Day),
            DlmsData.Array([.. day.Switches.Select(turn => DlmsData.Structure(
                TimeOfDay(turn.Start), DlmsData.OctetString(script.ToOctets()), DlmsData.LongUnsigned((ushort)turn.Register)))]))),
    ]);

    /// <summary>Week profiles: name and seven days, Monday first.</summary>
    internal static DlmsData Weeks(IEnumerable<TariffWeek> weeks) => DlmsData.Array(
    [
        .. weeks.Select(week => DlmsData.Structure(
            [DlmsData.OctetString([(byte)week.Week]), .. week.Days.Select(day => DlmsData.Unsigned((byte)day))])),
    ]);

    /// <summary>Season profiles: name, start and week.</summary>
    internal static DlmsData Seasons(IEnumerable<TariffSeason> seasons) => DlmsData.Array(
    [
        .. seasons.Select(season => DlmsData.Structure(
            DlmsData.OctetString(Encoding.UTF8.GetBytes(season.Name)),
            DlmsData.OctetString(SeasonStart(season.Start)),
            DlmsData.OctetString([(byte)season.Week]))),
    ]);

    /// <summary>Special days: index, date and day.</summary>
    internal static DlmsData SpecialDays(IEnumerable<TariffSpecialDay> days) => DlmsData.Array(
    [
        .. days.Select((day, index) => DlmsData.Structure(
            DlmsData.LongUnsigned((ushort)(index + 1)), Date(day.Date), DlmsData.Unsigned((byte)day.Day))),
    ]);

    /// <summary>The thresholds of a register.</summary>
    internal static DlmsData Thresholds(TariffThresholds register) =>
        DlmsData.Array([.. register.Thresholds.Select(threshold => DlmsData.DoubleLongUnsigned((uint)threshold))]);

    /// <summary>The scale of prices, and the prices by index.</summary>
    internal static DlmsData Prices(ElectricityPrices prices) => Charge(prices.PriceScale, prices.Prices.Select(price =>
        (price.Block is { } block ? (byte[])[(byte)block, (byte)price.Register] : [(byte)price.Register], price.Price)));

    /// <summary>The scale of a charge that has no registers, and the charge.</summary>
    internal static DlmsData Charge(sbyte scale, short charge) => Charge(scale, [([(byte)FirstRegister], charge)]);

    /// <summary>A time of day, to the second.</summary>
    internal static DlmsData TimeOfDay(TimeOnly time) =>
        DlmsData.OctetString([(byte)time.Hour, (byte)time.Minute, (byte)time.Second, 0]);

    /// <summary>A date with its wildcards.</summary>
    internal static DlmsData Date(CalendarDate date)
    {
        byte[] octets = new byte[CosemDate.OctetCount];
        _ = DateOf(date).Encode(octets, out _);
        return DlmsData.OctetString(octets);
    }

    private static DlmsData Charge(sbyte scale, IEnumerable<(byte[] Index, short Price)> prices) => DlmsData.Structure(
        DlmsData.Long64(scale),
        DlmsData.Array([.. prices.Select(price => DlmsData.Structure(DlmsData.OctetString(price.Index), DlmsData.Long(price.Price)))]));

    private static byte[] SeasonStart(CalendarDate start)
    {
        CosemDate date = DateOf(start);
        return new CosemDateTime(
            date.Year, date.Month, date.Day, date.DayOfWeek, 0, 0, 0, 0, CosemDateTime.UnspecifiedDeviation, CosemDateTime.Unspecified)
            .ToOctets();
    }

    private static CosemDate DateOf(CalendarDate date) => new(
        (ushort)(date.Year ?? CosemDateTime.UnspecifiedYear),
        (byte)(date.Month ?? CosemDateTime.Unspecified),
        date.DayOfMonth switch
        {
            CalendarDate.LastDay => CosemCalendarDay.Last,
            CalendarDate.SecondLastDay => CosemCalendarDay.SecondLast,
            int or null => (byte)(date.DayOfMonth ?? CosemDateTime.Unspecified),
        },
        (byte)(date.DayOfWeek ?? CosemDateTime.Unspecified));
}
