using System.Buffers;
using System.Globalization;
using DeviceHarness.Duis;

namespace DeviceHarness.Packs.Variables;

/// <summary>Reads the numbers, times and durations that packs compare.</summary>
public static class Quantity
{
    /// <summary>The longest duration that a pack may name: ten years.</summary>
    public static readonly TimeSpan MaximumDuration = TimeSpan.FromDays(3653);

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>How times are written: UTC with hundredths of a second, as DUIS writes dateTime.</summary>
    public const string TimeForm = "yyyy-MM-ddTHH:mm:ss.ffZ";

    /// <summary>Writes a time in UTC.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>Reads a decimal number.</summary>
    public static bool TryParseNumber(string? text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads an XSD dateTime; without a zone it is UTC.</summary>
    public static bool TryParseTime(string? text, out DateTimeOffset value)
    {
        value = default;
        return text is not null && DuisText.TryTime(text, out value);
    }

    /// <summary>Reads a duration, written <c>250ms</c>, <c>5s</c>, <c>2m</c> or <c>1h</c>.</summary>
    public static bool TryParseDuration(string text, out TimeSpan value)
    {
        value = default;
        int unitAt = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        if (unitAt <= 0 || !double.TryParse(text.AsSpan(0, unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double number))
        {
            return false;
        }

        double seconds = text[unitAt..] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => -1 };
        if (seconds < 0 || number * seconds > MaximumDuration.TotalSeconds)
        {
            return false;
        }

        value = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}
