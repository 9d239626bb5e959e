using System.Buffers.Binary;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The twelve octets of a clock's time, as a meter that keeps UTC writes them, and as strictly as a meter reads them.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, date_time, as the domain guide gives it. UTC = local + deviation; a wildcard is refused except for day of week,
/// hundredths,
/// deviation (taken as 0) and status.
/// <code>
/// year 2 | month | day | day of week | hour | minute | second | hundredths | deviation 2, minutes | status
/// </code>
/// </remarks>
internal static class ClockOctets
{
    /// <summary>How many octets a date-time has.</summary>
    public const int OctetCount = 12;

    /// <summary>The status bit of a time that is not to be trusted.</summary>
    public const byte InvalidStatus = 0x01;

    private const byte Wildcard = 0xFF;
    private const short DeviationUnspecified = unchecked((short)0x8000);
    private const int MaximumDeviationMinutes = 720;
    private const int FirstYear = 2000;
    private const int LastYear = 2099;

    /// <summary>Writes a time in UTC.</summary>
    public static byte[] Write(DateTimeOffset time, byte status)
    {
        DateTime utc = time.UtcDateTime;
        byte[] octets =
        [
            (byte)(utc.Year >> 8), (byte)utc.Year, (byte)utc.Month, (byte)utc.Day, DayOfWeek(utc),
            (byte)utc.Hour, (byte)utc.Minute, (byte)utc.Second, (byte)(utc.Millisecond / 10), 0, 0, status,
        ];
        return octets;
    }

    /// <summary>Reads a time that a client sets.</summary>
    /// <param name="octets">Twelve octets.</param>
    /// <param name="time">The time, UTC.</param>
    /// <returns>False when it is no moment of this century: the clock is not to be set to it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> octets, out DateTimeOffset time)
    {
        time = default;
        if (octets.Length != OctetCount)
        {
            return false;
        }

        int year = BinaryPrimitives.ReadUInt16BigEndian(octets);
        short deviation = BinaryPrimitives.ReadInt16BigEndian(octets[9..]);
        int hundredths = octets[8] == Wildcard ? 0 : octets[8];
        if (year is < FirstYear or > LastYear
            || octets[2] is < 1 or > 12
            || octets[3] < 1 || octets[3] > DateTime.DaysInMonth(year, octets[2])
            || octets[5] > 23 || octets[6] > 59 || octets[7] > 59 || hundredths > 99)
        {
            return false;
        }

        DateTime local = new(year, octets[2], octets[3], octets[5], octets[6], octets[7], hundredths * 10, DateTimeKind.Utc);
        if (octets[4] != Wildcard && octets[4] != DayOfWeek(local))
        {
            return false;
        }

        if (deviation == DeviationUnspecified)
        {
            deviation = 0;
        }

        if (deviation is < -MaximumDeviationMinutes or > MaximumDeviationMinutes)
        {
            return false;
        }

        time = new DateTimeOffset(local.AddMinutes(deviation), TimeSpan.Zero);
        return true;
    }

    private static byte DayOfWeek(DateTime date) => date.DayOfWeek == System.DayOfWeek.Sunday ? (byte)7 : (byte)date.DayOfWeek;
}
