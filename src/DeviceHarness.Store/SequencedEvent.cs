using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store;

/// <summary>An event with its identity.</summary>
/// <param name="Attempt">The attempt and its lease.</param>
/// <param name="Sequence">Its place in the attempt, from 1, without gaps.</param>
/// <param name="Event">What happened.</param>
public sealed record SequencedEvent(AttemptKey Attempt, long Sequence, AttemptEvent Event);

/// <summary>An event as the store keeps it.</summary>
/// <param name="Sequence">Its place in the attempt.</param>
/// <param name="Event">What happened; the content of an <see cref="EvidenceRecorded"/> is empty.</param>
/// <param name="IsSuperseded">Whether it came when a newer attempt had started.</param>
/// <param name="Evidence">The reference to the content of an <see cref="EvidenceRecorded"/>; otherwise null.</param>
public sealed record StoredEvent(long Sequence, AttemptEvent Event, bool IsSuperseded, EvidenceReference? Evidence);

/// <summary>How the store sees an attempt that sends events.</summary>
public enum AttemptStanding
{
    /// <summary>Its events count.</summary>
    Counted,

    /// <summary>A newer attempt started before it ended: its events are kept and never counted.</summary>
    Superseded,

    /// <summary>The store never gave that lease: its events are not kept.</summary>
    Unknown,
}

/// <summary>How far an attempt's events are durable.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="HighWater">Every event up to this sequence is durable; 0 when none is.</param>
/// <param name="Standing">How the store sees the attempt.</param>
/// <param name="IsQueuedAgain">Whether the attempt ended with these events, said nothing, and its execution is queued again.</param>
/// <param name="IsStopRuleMet">Whether a stop rule ended its cycle with these events.</param>
public sealed record AttemptAcknowledgement(
    AttemptKey Attempt, long HighWater, AttemptStanding Standing, bool IsQueuedAgain = false, bool IsStopRuleMet = false);

/// <summary>What became of an attempt that the orchestrator ended.</summary>
public enum AttemptEnding
{
    /// <summary>The fence rejects it: the attempt has ended, or is superseded, or was never leased under that number.</summary>
    Rejected,

    /// <summary>It ended.</summary>
    Ended,

    /// <summary>It ended, said nothing, and its execution is queued again.</summary>
    QueuedAgain,

    /// <summary>It ended, and a stop rule ended its cycle with it.</summary>
    EndedAndStopped,
}
