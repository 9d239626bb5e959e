using System.Globalization;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>The moments of the cluster library.</summary>
/// <remarks>
/// Spec: ZigBee Cluster Library, UTCTime, date, time of day. Seconds count from 2000-01-01 00:00:00 UTC; a year counts from 1900.
/// </remarks>
public static class ZclTime
{
    /// <summary>The number of seconds that is no moment: not known, never, or until further notice.</summary>
    public const uint Invalid = 0xFFFF_FFFF;

    /// <summary>In a command, the moment at which it arrives.</summary>
    public const uint Now = 0;

    private const byte Any = 0xFF;
    private const int FirstYear = 1900;

    /// <summary>The moment from which seconds count.</summary>
    public static DateTimeOffset Epoch { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The moment of a number of seconds; null for <see cref="Invalid"/>.</summary>
    /// <param name="seconds">Seconds since the epoch.</param>
    public static DateTimeOffset? ToMoment(uint seconds) => seconds == Invalid ? null : Epoch.AddSeconds(seconds);

    /// <summary>The number of seconds of a moment; <see cref="Invalid"/> for one that has none.</summary>
    /// <param name="moment">The moment; fractions of a second are cut off.</param>
    public static uint FromMoment(DateTimeOffset moment)
    {
        double seconds = Math.Floor((moment - Epoch).TotalSeconds);
        return seconds is >= 0 and < Invalid ? (uint)seconds : Invalid;
    }

    internal static string ToText(uint seconds) =>
        ToMoment(seconds)?.ToString("yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture) ?? "invalid";

    internal static string DateText(ReadOnlySpan<byte> octets)
    {
        string year = octets[0] == Any ? "****" : (FirstYear + octets[0]).ToString("D4", CultureInfo.InvariantCulture);
        string weekday = octets[3] switch
        {
            1 => " Mon",
            2 => " Tue",
            3 => " Wed",
            4 => " Thu",
            5 => " Fri",
            6 => " Sat",
            7 => " Sun",
            _ => "",
        };
        return $"{year}-{Two(octets[1])}-{Two(octets[2])}{weekday}";
    }

    internal static string TimeText(ReadOnlySpan<byte> octets) => $"{Two(octets[0])}:{Two(octets[1])}:{Two(octets[2])}.{Two(octets[3])}";

    private static string Two(byte value) => value == Any ? "**" : value.ToString("D2", CultureInfo.InvariantCulture);
}
