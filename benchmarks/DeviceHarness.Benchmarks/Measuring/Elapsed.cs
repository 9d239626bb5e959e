using System.Diagnostics;

namespace DeviceHarness.Benchmarks.Measuring;

/// <summary>Times as the csv files have them.</summary>
internal static class Elapsed
{
    /// <summary>Microseconds since a Stopwatch stamp.</summary>
    public static double MicrosecondsSince(long stamp) => Stopwatch.GetElapsedTime(stamp).TotalMicroseconds;
}
