using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary><c>struct timespec</c>, 16 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Whole seconds.</summary>
    public long Seconds;

    /// <summary>Nanoseconds, 0 to 999,999,999.</summary>
    public long Nanoseconds;

    /// <summary>A stretch, or an instant on CLOCK_MONOTONIC, given in Stopwatch ticks; a negative stretch counts as zero.</summary>
    internal static TimeSpec FromStopwatchTicks(long ticks)
    {
        (long seconds, long rest) = Math.DivRem(Math.Max(ticks, 0), Stopwatch.Frequency);
        return new TimeSpec { Seconds = seconds, Nanoseconds = rest * NanosecondsPerSecond / Stopwatch.Frequency };
    }
}
