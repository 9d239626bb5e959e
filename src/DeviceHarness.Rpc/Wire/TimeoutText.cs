using System.Globalization;

namespace DeviceHarness.Rpc.Wire;

/// <summary>The <c>grpc-timeout</c> value: at most eight digits and a unit.</summary>
/// <remarks>Units: H hours, M minutes, S seconds, m milliseconds, u microseconds, n nanoseconds. Spec: gRPC, PROTOCOL-HTTP2,
/// Timeout.</remarks>
internal static class TimeoutText
{
    private const int MaxDigits = 8;
    private const long MaxValue = 99_999_999;
    private const long NanosecondsPerTick = 100;

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TimeSpan.TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>Encodes a time in the finest unit that holds it, rounded up; past 99,999,999 hours, that.</summary>
    /// <param name="timeout">Positive; what is not counts as a nanosecond.</param>
    public static string Encode(TimeSpan timeout)
    {
        long ticks = timeout.Ticks;
        if (ticks <= 0)
        {
            return "1n";
        }

        if (ticks <= MaxValue / NanosecondsPerTick)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{ticks * NanosecondsPerTick}n");
        }

        foreach ((char unit, long perUnit) in Units)
        {
            long value = (ticks / perUnit) + (ticks % perUnit == 0 ? 0 : 1);
            if (value <= MaxValue)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{MaxValue}H");
    }

    /// <summary>Reads a time, rounded up to 100 ns. False when it is not one.</summary>
    public static bool TryDecode(string? text, out TimeSpan timeout)
    {
        timeout = default;
        if (text is null || text.Length < 2 || text.Length > MaxDigits + 1
            || text.AsSpan(0, text.Length - 1).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        long value = long.Parse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture);
        char unit = text[^1];
        if (unit == 'n')
        {
            timeout = TimeSpan.FromTicks((value + NanosecondsPerTick - 1) / NanosecondsPerTick);
            return true;
        }

        foreach ((char name, long perUnit) in Units)
        {
            if (name == unit)
            {
                timeout = TimeSpan.FromTicks(value * perUnit);
                return true;
            }
        }

        return false;
    }
}
