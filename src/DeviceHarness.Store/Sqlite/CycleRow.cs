using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>cycle</c>.</summary>
internal sealed record CycleRow(
    long Seq, string Id, string PackName, string PackVersion, string PackHash, string PackText, string Rig, string HarnessVersion,
    string Devices, long Seed, long State, string StateReason, long Created, long? Ended,
    string IrreversibleAllowedBy, string StopRules, string Submission, string Spares, string PackKind, long IsSelection, long Kind,
    string Dmc, long Installation, string Proposal)
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns =
        """
        c.seq AS Seq, c.id AS Id, c.pack_name AS PackName, c.pack_version AS PackVersion, c.pack_hash AS PackHash, c.pack_text AS PackText,
        c.rig AS Rig, c.harness_version AS HarnessVersion, c.devices AS Devices, c.seed AS Seed, c.state AS State,
        c.state_reason AS StateReason, c.created AS Created, c.ended AS Ended,
        c.irreversible_allowed_by AS IrreversibleAllowedBy, c.stop_rules AS StopRules, c.submission AS Submission,
        c.spares AS Spares,
        c.pack_kind AS PackKind, c.is_selection AS IsSelection, c.kind AS Kind, c.dmc AS Dmc, c.installation AS Installation,
        c.proposal AS Proposal
        """;

    /// <summary>The cycle of this row.</summary>
    public Cycle ToCycle() => new()
    {
        Id = Id,
        PackName = PackName,
        PackVersion = PackVersion,
        PackHash = PackHash,
        PackText = PackText,
        Rig = Rig,
        HarnessVersion = HarnessVersion,
        Devices = StoredJson.ReadDevices(Devices),
        Spares = StoredJson.ReadSpares(Spares),
        Seed = Seed,
        IrreversibleAllowedBy = IrreversibleAllowedBy,
        StopRules = StoredStopRules.Read(StopRules),
        Submission = Submission,
        PackKind = PackKind,
        IsSelection = IsSelection != 0,
        Purpose = new CyclePurpose((CycleKind)Kind, new EntryScope(Dmc, (InstallationType)Installation)),
        State = (CycleState)State,
        StateReason = StateReason,
        Proposal = StoredJson.ReadProposal(Proposal),
        Created = Moment.Of(Created),
        Ended = Moment.Of(Ended),
    };
}
