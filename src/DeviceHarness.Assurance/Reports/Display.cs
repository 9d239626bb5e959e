using System.Globalization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Reports;

/// <summary>How reports write values.</summary>
internal static class Display
{
    /// <summary>A duration in milliseconds with the digits that mean something.</summary>
    public static string Milliseconds(TimeSpan time)
    {
        double milliseconds = time.TotalMilliseconds;
        string format = milliseconds switch { < 10 => "0.000", < 1000 => "0.0", _ => "0" };
        return milliseconds.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A duration with its unit: milliseconds under a second, then seconds, then minutes.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => $"{Milliseconds(time)} ms",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes} min {time.Seconds:00} s"),
    };

    /// <summary>A duration in seconds, as JUnit wants it.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>A moment in UTC.</summary>
    public static string Moment(DateTimeOffset? moment) =>
        moment is { } value ? value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "not yet";

    /// <summary>A number of octets, thousands parted by spaces.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A verdict in words.</summary>
    public static string Name(Verdict verdict) => verdict == Verdict.NotRun ? "Not run" : verdict.ToString();

    /// <summary>A verdict as a style class.</summary>
    public static string Class(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    /// <summary>How the evidence came to be, in words.</summary>
    public static string Name(Provenance? provenance) =>
        provenance is { } value ? $"{Name(value.Origin)} devices, {Name(value.Route)}" : "unknown";

    /// <summary>A name as the rig files write it.</summary>
    public static string Or(string value, string otherwise) => value.Length == 0 ? otherwise : value;

    private static string Name(Origin origin) => origin switch
    {
        Origin.Real => "real",
        Origin.Virtual => "virtual",
        Origin.Replayed => "replayed",
        _ => "virtual, scaled clock:",
    };

    private static string Name(Route route) => route switch
    {
        Route.LocalSerial => "local serial route",
        Route.LocalHan => "local HAN route",
        _ => "DCC route",
    };
}
