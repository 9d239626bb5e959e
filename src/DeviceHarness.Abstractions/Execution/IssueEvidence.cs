namespace DeviceHarness.Abstractions.Execution;

/// <summary>What a failed attempt says for a Testing Issue: where it failed, how it looked, and what is known of effect and
/// outcome.</summary>
/// <remarks>Whoever runs the case fills it in, since only the case knows which read-back, code or status log tells what. What it does
/// not know stays <c>Unknown</c>, and the proposal of a severity says so.</remarks>
public sealed record IssueEvidence
{
    /// <summary>The step that decided, from 1, as <see cref="StepFinished.Index"/> counts; 0 when none did.</summary>
    public int Step { get; init; }

    /// <summary>How it looked, in words that do not change from run to run: no reading, time, identifier or counter; empty when only the
    /// reason tells.</summary>
    /// <remarks>Part of the fingerprint: the kind of the failure and the subject of the expectation that was missed, such as
    /// <c>ExpectationMissed: body SupplyState</c>.</remarks>
    public string Symptom { get; init; } = string.Empty;

    /// <summary>Whether the command did what it is for.</summary>
    public EffectAchieved Effect { get; init; }

    /// <summary>How that is known, such as <c>read-back in step 3</c>; empty when it is not.</summary>
    public string EffectSource { get; init; } = string.Empty;

    /// <summary>Whether the service said so rightly and in time.</summary>
    public OutcomeReported Outcome { get; init; }

    /// <summary>How that is known, such as <c>status log in step 2</c>; empty when it is not.</summary>
    public string OutcomeSource { get; init; } = string.Empty;

    /// <summary>The known issue whose signature the attempt shows, such as <c>110029</c>; empty when it shows none.</summary>
    public string KnownIssue { get; init; } = string.Empty;
}
