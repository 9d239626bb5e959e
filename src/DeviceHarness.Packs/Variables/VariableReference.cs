using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DeviceHarness.Packs.Variables;

/// <summary>What stands between <c>${</c> and <c>}</c>.</summary>
/// <param name="Name">The name, such as <c>first</c>, <c>device.firmware</c> or <c>now</c>.</param>
/// <param name="Offset">What is added to the time; zero unless the name is <c>now</c>, <c>now.time</c> or that of a capture.</param>
public sealed partial record VariableReference(string Name, TimeSpan Offset)
{
    /// <summary>The name of the present time.</summary>
    public const string Now = "now";

    /// <summary>The name of the present time of the day, in UTC, as a calendar has it.</summary>
    public const string NowTime = "now.time";

    /// <summary>The value of a reference to the present time; null for any other.</summary>
    /// <param name="now">The present time.</param>
    public string? TimeAt(DateTimeOffset now) => Name switch
    {
        Now => Quantity.Write(now + Offset),
        NowTime => (now + Offset).UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A value that was captured, with what is added to it.</summary>
    /// <param name="captured">The value; null for none.</param>
    /// <returns>Null for none, and when something is added to what is no time.</returns>
    public string? Of(string? captured) => Offset == TimeSpan.Zero ? captured
        : Quantity.TryParseTime(captured, out DateTimeOffset time) ? Quantity.Write(time + Offset)
        : null;

    /// <summary>Reads a reference.</summary>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out VariableReference? reference)
    {
        reference = null;
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return false;
        }

        string name = match.Groups["name"].Value;
        TimeSpan offset = TimeSpan.Zero;
        if (match.Groups["duration"] is { Success: true } duration
            && ((name.Contains('.', StringComparison.Ordinal) && name != NowTime)
                || !Quantity.TryParseDuration(duration.Value, out offset)))
        {
            return false;
        }

        reference = new VariableReference(name, match.Groups["sign"].Value == "-" ? -offset : offset);
        return true;
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9_-]*?(\.[A-Za-z][A-Za-z0-9-]*)?)((?<sign>[+-])(?<duration>[0-9][0-9.]*(ms|s|m|h)))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
