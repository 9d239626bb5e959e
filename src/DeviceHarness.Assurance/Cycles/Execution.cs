using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Whether a case may be repeated without a person's decision.</summary>
public enum RepeatSafety
{
    /// <summary>A lost attempt is repeated on its own.</summary>
    Safe,

    /// <summary>A lost attempt is left to a person: the case rotates a key, activates firmware or changes what cannot be changed
    /// back.</summary>
    Unsafe,
}

/// <summary>One case on one device set, as it was frozen with its cycle.</summary>
public sealed record Execution
{
    /// <summary>Its identity, unique among all cycles.</summary>
    public required string Id { get; init; }

    /// <summary>The cycle that it belongs to.</summary>
    public required string CycleId { get; init; }

    /// <summary>The case's id in its pack.</summary>
    public required string CaseId { get; init; }

    /// <summary>The case's title.</summary>
    public required string Title { get; init; }

    /// <summary>Its place in the cycle; executions are leased in this order.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Whether a lost attempt may be repeated.</summary>
    public RepeatSafety RepeatSafety { get; init; }

    /// <summary>How long one attempt may take; the lease ends <see cref="LeaseRule.Grace"/> later.</summary>
    public required TimeSpan TimeBudget { get; init; }

    /// <summary>The devices that the case finds on the cycle's own rig, by their names in its rig file; empty when it may touch all of
    /// them.</summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>Why the case was formally descoped; empty for a case in scope. A descoped case is never leased.</summary>
    public string DescopedReason { get; init; } = string.Empty;
}
