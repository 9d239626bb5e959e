using System.Globalization;
using System.Text.RegularExpressions;

namespace DeviceHarness.Duis;

/// <summary>How DUIS writes simple values, and the same backwards.</summary>
/// <remarks>Spec: XML Schema part 2, dateTime and boolean.</remarks>
public static partial class DuisText
{
    /// <summary>Writes a time in UTC with as many digits of the second as it needs, seven at most.</summary>
    public static string Time(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes a time of day, UTC, with as many digits of the second as it needs.</summary>
    public static string TimeOfDay(TimeOnly time) => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";

    /// <summary>Writes a truth value.</summary>
    public static string Boolean(bool value) => value ? "true" : "false";

    /// <summary>Reads a dateTime. One without a zone is taken as UTC; digits beyond 100 ns are cut off.</summary>
    /// <returns>Whether the text is a dateTime between the years 1 and 9999.</returns>
    public static bool TryTime(string text, out DateTimeOffset value)
    {
        value = default;
        Match match = DateTimePattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        Group fraction = match.Groups["fraction"];
        Group zone = match.Groups["zone"];
        string plain = match.Groups["second"].Value
            + (fraction.Success ? "." + fraction.Value[..Math.Min(7, fraction.Length)] : "")
            + (zone.Success ? zone.Value : "Z");
        return DateTimeOffset.TryParseExact(
            plain,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out value);
    }

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>1</c> or <c>0</c>.</summary>
    /// <returns>Whether the text is one of these.</returns>
    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "1";
        return value || text is "false" or "0";
    }

    [GeneratedRegex(
        @"\A(?<second>[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2})(\.(?<fraction>[0-9]{1,32}))?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateTimePattern();
}
