using System.Globalization;
using System.Runtime.InteropServices;

namespace DeviceHarness.Benchmarks.Measuring;

/// <summary>What a figure depends on besides the code.</summary>
internal static class Surroundings
{
    /// <summary>Machine, runtime and the load of the machine now: a figure from a busy machine is an upper bound at best.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, "
        + $"{Environment.ProcessorCount} logical processors, load average {LoadAverage()}");

    /// <summary>The processes that ran or waited to run, averaged over 1, 5 and 15 minutes.</summary>
    public static string LoadAverage() => File.Exists("/proc/loadavg")
        ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3))
        : "unknown";
}
