using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Proposals;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Where a cycle is in its life.</summary>
public enum CycleState
{
    /// <summary>Pack, harness version, firmware baseline and device set are fixed; nothing was leased yet.</summary>
    Frozen,

    /// <summary>At least one execution was leased, and at least one has not finished.</summary>
    Running,

    /// <summary>Every in-scope case has a conclusive attempt.</summary>
    Complete,

    /// <summary>Everything ended and at least one in-scope case has no conclusive attempt.</summary>
    Incomplete,

    /// <summary>The baseline changed under it; nothing of it counts.</summary>
    Void,
}

/// <summary>One run of a pack against one rig, frozen when it is created.</summary>
public sealed record Cycle
{
    /// <summary>Its identity, chosen by the orchestrator.</summary>
    public required string Id { get; init; }

    /// <summary>The pack's name.</summary>
    public required string PackName { get; init; }

    /// <summary>The pack's version as its author wrote it; empty when it has none.</summary>
    public string PackVersion { get; init; } = string.Empty;

    /// <summary>The part of the test process that the pack serves, such as <c>srvt</c>; empty when it was not kept.</summary>
    public string PackKind { get; init; } = string.Empty;

    /// <summary>Whether only some cases of the pack were chosen.</summary>
    public bool IsSelection { get; init; }

    /// <summary>What it was run for, as a person said.</summary>
    public CyclePurpose Purpose { get; init; } = CyclePurpose.None;

    /// <summary>SHA-256 of the pack's UTF-8 text, lower-case hexadecimal.</summary>
    public required string PackHash { get; init; }

    /// <summary>The pack's whole text.</summary>
    public required string PackText { get; init; }

    /// <summary>The rig that runs it.</summary>
    public required string Rig { get; init; }

    /// <summary>The version of the harness that froze it.</summary>
    public required string HarnessVersion { get; init; }

    /// <summary>The device set with its firmware baseline.</summary>
    public required IReadOnlyList<DeviceBaseline> Devices { get; init; }

    /// <summary>The rigs that take over when <see cref="Rig"/> is lost, each with its devices; empty when none does.</summary>
    public IReadOnlyList<SpareRig> Spares { get; init; } = [];

    /// <summary>The seed of everything random in the cycle.</summary>
    public required long Seed { get; init; }

    /// <summary>Who allowed steps that nothing undoes to run on its real devices; empty when nobody did.</summary>
    public string IrreversibleAllowedBy { get; init; } = string.Empty;

    /// <summary>The first cycle of the submission that it came with: its own id when it is the first; empty when nobody said.</summary>
    public string Submission { get; init; } = string.Empty;

    /// <summary>What ends the cycles of the submission before they are through; empty when nothing does.</summary>
    public IReadOnlyList<StopRule> StopRules { get; init; } = [];

    /// <summary>Where it is in its life.</summary>
    public CycleState State { get; init; }

    /// <summary>Why it was cancelled, stopped by a rule or voided; otherwise empty.</summary>
    public string StateReason { get; init; } = string.Empty;

    /// <summary>What its devices are to be put through, since they run other firmware than it was frozen with; null when they do
    /// not.</summary>
    public TestProposal? Proposal { get; init; }

    /// <summary>When it was frozen, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When its last execution finished, in UTC; null while it is <see cref="CycleState.Frozen"/> or
    /// <see cref="CycleState.Running"/>.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The device set of one of the cycle's rigs.</summary>
    /// <param name="rig">The rig; a name that is none of the cycle's, such as an empty one, stands for <see cref="Rig"/>.</param>
    public IReadOnlyList<DeviceBaseline> DevicesOn(string rig) =>
        Spares.FirstOrDefault(spare => spare.Rig == rig)?.Devices ?? Devices;

    /// <summary>Which Device Model Combination the device set is, by its models and their firmware.</summary>
    public CombinationIdentity Combination => CombinationIdentity.Of(Devices);

    /// <summary>The weakest provenance of the device set; null when the set is empty.</summary>
    public Provenance? Provenance => ProvenanceRule.Weakest(Devices.Select(device => device.Device.Provenance));
}
