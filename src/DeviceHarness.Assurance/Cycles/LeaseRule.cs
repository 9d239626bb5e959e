using System.Globalization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>When a lease ends, and what then becomes of its execution.</summary>
public static class LeaseRule
{
    /// <summary>How long after the time budget a lease goes on: an agent that was cut off delivers its result within it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>The end of a lease that begins now, behind those that the rig holds already: they are run one after the other.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="timeBudget">The time budget of the case.</param>
    /// <param name="lastEnd">The end of the last lease in front of it; null when there is none.</param>
    public static DateTimeOffset EndOf(DateTimeOffset now, TimeSpan timeBudget, DateTimeOffset? lastEnd = null)
    {
        DateTimeOffset start = lastEnd is { } end && end - Grace > now ? end - Grace : now;
        return start + timeBudget + Grace;
    }

    /// <summary>Whether an execution whose newest attempt ended goes back to the queue by itself.</summary>
    /// <remarks>Only an inconclusive attempt says nothing about the device and may be repeated, and not for ever: a case that takes its
    /// rig with it each time is left to a person. A failed one is never repeated, since a retry would hide an intermittent
    /// fault.</remarks>
    /// <param name="policy">How often it may.</param>
    /// <param name="repeatSafety">Whether the case may be repeated on its own.</param>
    /// <param name="verdictSoFar">The execution's verdict by its counted attempts.</param>
    /// <param name="inconclusiveAttempts">How many of its attempts ended inconclusive or were lost, this one included.</param>
    public static bool GoesBackToQueue(LeasePolicy policy, RepeatSafety repeatSafety, Verdict verdictSoFar, int inconclusiveAttempts)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return repeatSafety == RepeatSafety.Safe
            && verdictSoFar == Verdict.Inconclusive
            && inconclusiveAttempts <= policy.InconclusiveRetries;
    }

    /// <summary>The reason of an attempt whose rig a person released.</summary>
    /// <param name="reason">What the person said.</param>
    /// <param name="repeatSafety">Whether the case may be repeated on its own.</param>
    public static string ReasonOfRelease(string reason, RepeatSafety repeatSafety) => repeatSafety == RepeatSafety.Safe
        ? $"rig fault: {reason}"
        : $"rig fault: {reason}; the case is unsafe to repeat: a person decides";

    /// <summary>The reason of an attempt whose lease ended without a result.</summary>
    /// <param name="policy">How often the case may be repeated.</param>
    /// <param name="repeatSafety">Whether the case may be repeated on its own.</param>
    /// <param name="inconclusiveAttempts">How many of its attempts ended inconclusive or were lost, this one included.</param>
    public static string ReasonOfExpiry(LeasePolicy policy, RepeatSafety repeatSafety, int inconclusiveAttempts)
    {
        ArgumentNullException.ThrowIfNull(policy);
        const string Lost = "rig fault: the lease ended without a result";
        if (repeatSafety != RepeatSafety.Safe)
        {
            return $"{Lost} and the case is unsafe to repeat: a person decides";
        }

        return inconclusiveAttempts > policy.InconclusiveRetries
            ? string.Create(CultureInfo.InvariantCulture, $"{Lost} and {inconclusiveAttempts} attempts said nothing: a person decides")
            : $"{Lost}: the rig was lost, or the case overran its time budget by more than five minutes";
    }
}
