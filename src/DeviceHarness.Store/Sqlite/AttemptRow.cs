using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>attempt</c>.</summary>
internal sealed record AttemptRow(
    string ExecutionId, long Number, long LeaseNumber, long State, long Superseded, long Verdict, string Reason, long? Started,
    long Elapsed, long OctetsTo, long OctetsFrom, long? Route, long? Origin, string Rig)
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns =
        """
        a.execution_id AS ExecutionId, a.number AS Number, a.lease_number AS LeaseNumber, a.state AS State, a.superseded AS Superseded,
        a.verdict AS Verdict, a.reason AS Reason, a.started AS Started, a.elapsed AS Elapsed, a.octets_to AS OctetsTo,
        a.octets_from AS OctetsFrom, a.route AS Route, a.origin AS Origin, a.rig AS Rig
        """;

    /// <summary>The attempt of this row.</summary>
    public Attempt ToAttempt(IEnumerable<StepRow> steps, IEnumerable<EvidenceRow> evidence) => new()
    {
        Key = new AttemptKey(ExecutionId, (int)Number, LeaseNumber),
        Rig = Rig,
        State = (AttemptState)State,
        IsSuperseded = Superseded != 0,
        Verdict = (Verdict)Verdict,
        Reason = Reason,
        Started = Moment.Of(Started),
        Elapsed = TimeSpan.FromTicks(Elapsed),
        OctetsToDevice = OctetsTo,
        OctetsFromDevice = OctetsFrom,
        Provenance = Route is { } route && Origin is { } origin ? new Provenance((Route)route, (Origin)origin) : null,
        Steps = [.. steps.Select(step => step.ToStep())],
        Evidence = [.. evidence.Select(row => new EvidenceReference(row.Name, row.MediaType, row.Sha256, row.Octets))],
    };
}
