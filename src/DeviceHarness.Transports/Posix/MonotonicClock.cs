using System.Diagnostics;

namespace DeviceHarness.Transports.Posix;

/// <summary>The stamps of the transports: Stopwatch ticks, which on Linux are CLOCK_MONOTONIC.</summary>
internal static unsafe class MonotonicClock
{
    private const int Monotonic = 1;
    private const int AbsoluteTime = 1;
    private const int SetTimerSlack = 29;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    internal static long Now => Stopwatch.GetTimestamp();

    internal static long Ticks(TimeSpan stretch) => (long)(stretch.Ticks * ((double)Stopwatch.Frequency / TimeSpan.TicksPerSecond));

    /// <summary>The stamp of an instant of CLOCK_MONOTONIC.</summary>
    internal static long FromNanoseconds(ulong nanoseconds) =>
        (long)((UInt128)nanoseconds * (ulong)Stopwatch.Frequency / NanosecondsPerSecond);

    /// <summary>The stamp at which a wait ends; <see cref="long.MaxValue"/> for an infinite one.</summary>
    internal static long DeadlineAfter(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Now + Ticks(timeout);

    /// <summary>Lets the calling thread wake on time: the default slack of 50 us doubles the lateness of a wait.</summary>
    internal static void TightenTimers() => _ = LibC.ProcessControl(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Blocks the calling thread until an instant; returns at once when it has passed.</summary>
    internal static void SleepUntil(long stamp)
    {
        TimeSpec deadline = TimeSpec.FromStopwatchTicks(stamp);
        while (LibC.ClockNanosleep(Monotonic, AbsoluteTime, &deadline, null) == Errno.Interrupted)
        {
        }
    }
}
