using System.Globalization;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Duis.Service;

/// <summary>Reads the parameters of a defect, written <c>name=value,name=value</c>. What is wrong first is kept.</summary>
internal sealed class DefectParameters
{
    private const int MaximumTimes = 1_000_000;

    private static readonly TimeSpan MaximumDelay = TimeSpan.FromHours(24);

    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public DefectParameters(string text, IReadOnlyCollection<string> known)
    {
        string allowed = known.Count == 0 ? "no parameters" : $"{string.Join(", ", known)}, each once and as name=value";
        foreach (string part in text.Length == 0 ? [] : text.Split(','))
        {
            string[] sides = part.Split('=', 2);
            if (sides.Length != 2 || !known.Contains(sides[0]) || !_values.TryAdd(sides[0], sides[1]))
            {
                Fault ??= new DefectFault($"'{part}'", allowed);
            }
        }
    }

    /// <summary>What is wrong; null when nothing is.</summary>
    public DefectFault? Fault { get; private set; }

    public double Share(double fallback) => Read(
        "share", fallback, "a share from 0 to 1, such as 0.3",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share <= 1
            ? share
            : null);

    public TimeSpan Delay(TimeSpan fallback) => Read(
        "delay", fallback, $"a time such as 250ms, 5s, 7m or 1h, up to {MaximumDelay.TotalHours:0} h", ParseDelay);

    public int? Times() => Read<int>("times", null, $"a count from 1 to {MaximumTimes}", text => ParseCount(text, 1, MaximumTimes));

    public int Seed() => Read<int>("seed", 1, "a whole number from 0", text => ParseCount(text, 0, int.MaxValue));

    public string? Srv(string? fallback)
    {
        if (!_values.TryGetValue("srv", out string? srv))
        {
            return fallback;
        }

        if (!SrvCatalogue.TryFind(srv, out _))
        {
            Fault ??= new DefectFault($"'srv={srv}'", "a service reference variant of the catalogue, such as 11.3");
        }

        return srv;
    }

    private static TimeSpan? ParseDelay(string text)
    {
        foreach ((string unit, double milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(
                    text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out double number))
            {
                return number * milliseconds <= MaximumDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(number * milliseconds) : null;
            }
        }

        return null;
    }

    private static int? ParseCount(string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= minimum && count <= maximum
            ? count
            : null;

    private T Read<T>(string name, T fallback, string allowed, Func<string, T?> parse)
        where T : struct => Read(name, (T?)fallback, allowed, parse) ?? fallback;

    private T? Read<T>(string name, T? fallback, string allowed, Func<string, T?> parse)
        where T : struct
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return fallback;
        }

        T? value = parse(text);
        if (value is null)
        {
            Fault ??= new DefectFault($"'{name}={text}'", allowed);
        }

        return value ?? fallback;
    }
}
