using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>A date with wildcards as four octets: years after 1900, month, day of the month, day of the week; FF is every one.</summary>
internal static class GasCalendarDate
{
    private const byte Any = 0xFF;
    private const int FirstYear = 1900;

    internal static byte[] ToOctets(CalendarDate date) =>
        [Part(date.Year - FirstYear), Part(date.Month), Part(date.DayOfMonth), Part(date.DayOfWeek)];

    internal static CalendarDate From(ReadOnlySpan<byte> octets) =>
        new(Told(octets[0]) + FirstYear, Told(octets[1]), Told(octets[2]), Told(octets[3]));

    private static byte Part(int? value) => value is { } known ? (byte)known : Any;

    private static int? Told(byte octet) => octet == Any ? null : octet;
}
