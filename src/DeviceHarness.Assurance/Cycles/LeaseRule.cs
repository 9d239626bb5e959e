using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>When a lease ends, and what then becomes of its execution.</summary>
public static class LeaseRule
{
    /// <summary>How long after the time budget a lease goes on: an agent that was cut off delivers its result within it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>The end of a lease that begins now.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset now, TimeSpan timeBudget) => now + timeBudget + Grace;

    /// <summary>Whether an execution whose lease ended goes back to the queue.</summary>
    /// <param name="repeatSafety">Whether the case may be repeated on its own.</param>
    /// <param name="verdictSoFar">The execution's verdict by its counted attempts; a conclusive one needs no repeat.</param>
    public static bool GoesBackToQueue(RepeatSafety repeatSafety, Verdict verdictSoFar) =>
        repeatSafety == RepeatSafety.Safe && !verdictSoFar.IsConclusive();

    /// <summary>The reason of an attempt whose lease ended without a result.</summary>
    public static string ReasonOfExpiry(RepeatSafety repeatSafety) => repeatSafety == RepeatSafety.Safe
        ? "the lease ended without a result: the rig was lost, or the case overran its time budget by more than five minutes"
        : "the lease ended without a result and the case is unsafe to repeat: a person decides";
}
