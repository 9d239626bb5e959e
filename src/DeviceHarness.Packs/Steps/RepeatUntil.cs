using System.Globalization;

namespace DeviceHarness.Packs.Steps;

/// <summary>How a step is repeated until its expectations are met. Each round is a step execution of its own; the last one
/// decides.</summary>
/// <param name="Every">From the beginning of a round to that of the next, above zero; a round that takes longer is followed at
/// once.</param>
/// <param name="AtMost">How many rounds there are at most, 2 to <see cref="MaximumRounds"/>; null when only the time bounds
/// them.</param>
/// <param name="Within">How long after the first round's beginning the last one may begin; null when only their number bounds them.</param>
public sealed record RepeatUntil(TimeSpan Every, int? AtMost, TimeSpan? Within)
{
    /// <summary>The most rounds of one step: each is kept with its exchange.</summary>
    public const int MaximumRounds = 100;

    /// <summary>Whether the pack allows to repeat a request that is unsafe to repeat.</summary>
    public bool AllowsUnsafe { get; init; }

    /// <summary>How many rounds the time lets begin, the first and the one at its end with them; null without a time.</summary>
    public int? RoundsInTime =>
        Within is { } within ? (int)Math.Min(int.MaxValue, Math.Ceiling(within.TotalMilliseconds / Every.TotalMilliseconds) + 1) : null;

    /// <summary>How many rounds there are at most, by number and by time.</summary>
    public int Rounds => Math.Min(AtMost ?? MaximumRounds, RoundsInTime ?? MaximumRounds);

    /// <summary>From the first round's beginning to the last one's, when no round takes longer than the time between two.</summary>
    public TimeSpan Longest => Within is { } within && within < Every * (Rounds - 1) ? within : Every * (Rounds - 1);

    /// <summary>When the round after another one begins.</summary>
    /// <param name="round">The number of the one that is over, from 1.</param>
    /// <param name="planned">When that one was to begin, from the first round's beginning.</param>
    /// <param name="now">The present time, from the first round's beginning.</param>
    /// <returns>When the next is to begin, from the first round's beginning; null when there is none. The last look is at the end of the
    /// time, so that nothing which is there by then is missed.</returns>
    public TimeSpan? NextAfter(int round, TimeSpan planned, TimeSpan now)
    {
        if (round >= (AtMost ?? MaximumRounds))
        {
            return null;
        }

        TimeSpan next = planned + Every > now ? planned + Every : now;
        return Within is not { } within || next < within ? next
            : planned < within && now <= within ? within
            : null;
    }

    /// <summary>The rounds in words, such as <c>until met, every 5 s, at most 10 rounds, within 120 s</c>.</summary>
    public override string ToString()
    {
        string atMost = AtMost is { } rounds ? string.Create(CultureInfo.InvariantCulture, $", at most {rounds} rounds") : string.Empty;
        string within = Within is { } time ? $", within {Seconds(time)}" : string.Empty;
        return $"until met, every {Seconds(Every)}{atMost}{within}";
    }

    /// <summary>A time in seconds.</summary>
    internal static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
