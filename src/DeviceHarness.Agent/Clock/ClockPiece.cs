using System.Numerics;

namespace DeviceHarness.Agent.Clock;

/// <summary>A piece of the time of a scaled bench: where it stands at a moment of real time, and how fast it runs from there.</summary>
/// <param name="RealTicks">The moment, in ticks of 100 ns since the system started.</param>
/// <param name="BenchTicks">The bench's time at that moment, UTC, in ticks.</param>
/// <param name="Rate">How many times faster than real time it runs; 1 or more.</param>
internal readonly record struct ClockPiece(long RealTicks, long BenchTicks, long Rate)
{
    /// <summary>How long a piece runs at its rate. Whoever keeps the clock writes the next one far sooner; when he is gone, or the system
    /// lets nobody run, time goes on as real time does.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMilliseconds(50);

    private const ulong Seal = 0x9E37_79B9_7F4A_7C15;

    /// <summary>A number that belongs to these three and, for all that can happen, to no others: it tells whether they were read
    /// whole.</summary>
    public long Check => (long)(((ulong)RealTicks * Seal) ^ BitOperations.RotateLeft((ulong)BenchTicks, 21) ^ (ulong)Rate ^ Seal);

    /// <summary>The bench's time at a moment of real time, in ticks.</summary>
    /// <param name="realTicks">The moment.</param>
    public long At(long realTicks)
    {
        long since = Math.Max(0, realTicks - RealTicks);
        long fast = Math.Min(since, Reach.Ticks);
        return BenchTicks + (fast * Rate) + (since - fast);
    }
}
