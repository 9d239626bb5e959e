using DeviceHarness.Assurance.Alerts;
using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>A cycle with all its executions.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Executions">Its executions by rising ordinal.</param>
public sealed record CycleDetail(Cycle Cycle, IReadOnlyList<ExecutionHistory> Executions)
{
    /// <summary>The pass rate of the executions.</summary>
    public PassRate Rate => PassRate.Of(Executions);

    /// <summary>The rigs whose attempts count, in the order of the cases; the cycle's own when there is none yet.</summary>
    public IReadOnlyList<string> RigsUsed
    {
        get
        {
            string[] used = [.. Executions.Select(execution => execution.Deciding).OfType<Attempt>().Select(RigOf).Distinct()];
            return used.Length == 0 ? [Cycle.Rig] : used;
        }
    }

    /// <summary>The rig of an attempt: the cycle's own when nobody said.</summary>
    public string RigOf(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return attempt.Rig.Length > 0 ? attempt.Rig : Cycle.Rig;
    }

    /// <summary>The devices of <see cref="RigsUsed"/>: the device set that the cycle's verdicts are about.</summary>
    public IReadOnlyList<DeviceBaseline> DevicesUsed => [.. RigsUsed.SelectMany(Cycle.DevicesOn)];

    /// <summary>The Testing Issues that the cycle saw, the gravest first.</summary>
    public IReadOnlyList<CycleIssue> Issues { get; init; } = [];

    /// <summary>Who let the cycle go on after it had ended, oldest first; empty when nobody did.</summary>
    public IReadOnlyList<CycleResumption> Resumptions { get; init; } = [];

    /// <summary>When rigs of the cycle were in quarantine while it went on, oldest first; empty when none was.</summary>
    public IReadOnlyList<BenchQuarantine> Quarantines { get; init; } = [];

    /// <summary>What the devices told unasked, rig by rig; empty when nothing was, or that was not looked up.</summary>
    public IReadOnlyList<AlertObservation> Alerts { get; init; } = [];

    /// <summary>The open issues of each entry that the cycle may be for, held against the agreed tolerances; empty when that was not
    /// looked up.</summary>
    public IReadOnlyList<ThresholdEvaluation> Thresholds { get; init; } = [];

    /// <summary>Where regression of the cycle's combination stands; null when none is stated, or that was not looked up.</summary>
    public RegressionStanding? Regression { get; init; }

    /// <summary>The campaigns that the cycle belongs to; empty when none is stated, or that was not looked up.</summary>
    public IReadOnlyList<CampaignStanding> Campaigns { get; init; } = [];
}

/// <summary>A cycle with its counts only.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Rate">Its pass rate.</param>
public sealed record CycleSummary(Cycle Cycle, PassRate Rate);
