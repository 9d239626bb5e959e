using Dapper;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Reads Testing Issues; the caller holds a read transaction.</summary>
internal static class IssueReads
{
    private const string IssueColumns =
        """
        i.seq AS Seq, i.id AS Id, i.title AS Title, i.description AS Description, i.state AS State, i.severity AS Severity,
        i.facts AS Facts, i.known AS Known, i.duplicate_of AS DuplicateOf, i.raised AS Raised, i.last_seen AS LastSeen,
        i.sightings AS Sightings, i.standing AS Standing
        """;

    private const string ChangeColumns =
        "field AS Field, old AS Old, new AS New, who AS Who, time AS Time, forum AS Forum, reason AS Reason";

    private const string Sightings =
        """
        SELECT i.id AS IssueId, c.id AS CycleId, e.case_id AS CaseId, s.execution_id AS ExecutionId, s.attempt AS Attempt,
          a.lease_number AS LeaseNumber, s.step AS Step, s.is_first AS IsFirst, s.linked_by AS LinkedBy, s.time AS Time, a.origin AS Origin,
          v.sha256 AS Sha256,
          f.case_id AS FingerprintCase, f.srv AS Srv, f.step AS StepName, f.symptom AS Symptom, f.device_model AS DeviceModel,
          f.firmware AS Firmware
        FROM issue_sighting s
          JOIN issue i ON i.seq = s.issue_seq
          JOIN issue_fingerprint f ON f.key = s.fingerprint
          JOIN attempt a ON a.execution_id = s.execution_id AND a.number = s.attempt
          JOIN execution e ON e.id = s.execution_id
          JOIN cycle c ON c.seq = e.cycle_seq
          LEFT JOIN evidence v ON v.execution_id = s.execution_id AND v.attempt = s.attempt AND v.sequence =
            (SELECT max(w.sequence) FROM evidence w
             WHERE w.execution_id = s.execution_id AND w.attempt = s.attempt AND w.name = 'evidence.json')
        """;

    /// <summary>Issues by the order in which they were raised.</summary>
    public static IReadOnlyList<TestingIssue> All(SqliteConnection connection)
    {
        HashSet<long> onReal = SeenOnReal(connection);
        return [.. connection.Query<Row>($"SELECT {IssueColumns} FROM issue i ORDER BY i.seq").Select(row => row.ToIssue(onReal))];
    }

    /// <summary>The issues that were raised by a moment, as they stood then, by the order in which they were raised.</summary>
    public static IReadOnlyList<IssueAtMoment> At(SqliteConnection connection, DateTimeOffset moment)
    {
        ILookup<long, IssueChange> history = connection.Query<ChangeRow>(
            $"SELECT {ChangeColumns}, issue_seq AS IssueSeq FROM issue_change ORDER BY seq")
            .ToLookup(row => row.IssueSeq, row => row.ToChange());
        HashSet<long> onReal = SeenOnReal(connection);
        return
        [
            .. connection.Query<Row>($"SELECT {IssueColumns} FROM issue i ORDER BY i.seq")
                .Select(row => IssueAtMoment.Of(row.ToIssue(onReal), [.. history[row.Seq]], moment)).OfType<IssueAtMoment>(),
        ];
    }

    /// <summary>An issue with what happened to it; null when there is none of that id.</summary>
    public static IssueDetail? Detail(SqliteConnection connection, string id)
    {
        if (connection.QuerySingleOrDefault<Row>($"SELECT {IssueColumns} FROM issue i WHERE i.id = @id", new { id }) is not { } row)
        {
            return null;
        }

        var of = new { seq = row.Seq, limit = IssueDetail.MaximumSightings };
        IEnumerable<SightingRow> sightings = connection.Query<SightingRow>(
            $"{Sightings} WHERE s.issue_seq = @seq ORDER BY s.time DESC, c.seq DESC, e.ordinal DESC, s.attempt DESC LIMIT @limit", of);
        IEnumerable<ChangeRow> history = connection.Query<ChangeRow>(
            $"SELECT {ChangeColumns}, issue_seq AS IssueSeq FROM issue_change WHERE issue_seq = @seq ORDER BY seq", of);
        IEnumerable<string> related = connection.Query<string>(
            """
            SELECT DISTINCT i.id FROM issue_fingerprint m
              JOIN issue_fingerprint o ON o.srv = m.srv AND o.symptom = m.symptom AND o.issue_seq <> m.issue_seq
              JOIN issue i ON i.seq = o.issue_seq
            WHERE m.issue_seq = @seq ORDER BY i.seq
            """, of);
        return new IssueDetail(
            row.ToIssue(SeenOnReal(connection)), [.. sightings.Select(sighting => sighting.ToSighting())],
            [.. history.Select(change => change.ToChange())],
            [.. related])
        {
            Rates = FailureRate.Of(IssueRates.Judged(connection, row.Seq)),
        };
    }

    /// <summary>The issues that a cycle saw, gravest proposal first.</summary>
    public static IReadOnlyList<CycleIssue> OfCycle(SqliteConnection connection, long cycleSeq)
    {
        var of = new { seq = cycleSeq };
        ILookup<string, IssueSighting> sightings = connection.Query<SightingRow>(
            $"{Sightings} WHERE e.cycle_seq = @seq ORDER BY e.ordinal, s.attempt", of)
            .Select(row => row.ToSighting()).ToLookup(sighting => sighting.IssueId);
        IEnumerable<Row> rows = connection.Query<Row>(
            $"""
            SELECT {IssueColumns} FROM issue i WHERE i.seq IN
              (SELECT s.issue_seq FROM issue_sighting s JOIN execution e ON e.id = s.execution_id WHERE e.cycle_seq = @seq)
            ORDER BY i.seq
            """, of);
        HashSet<long> onReal = SeenOnReal(connection);
        return
        [
            .. rows.Select(row => new CycleIssue(
                    row.ToIssue(onReal), sightings[row.Id].Any(sighting => sighting.IsFirst) && row.Known == 0, [.. sightings[row.Id]]))
                .OrderBy(issue => issue.Issue.Severity ?? issue.Issue.Proposal.Severity),
        ];
    }

    // The issues that a real device showed: only they count towards a threshold.
    private static HashSet<long> SeenOnReal(SqliteConnection connection) =>
    [
        .. connection.Query<long>(
            """
            SELECT DISTINCT s.issue_seq FROM issue_sighting s
              JOIN attempt a ON a.execution_id = s.execution_id AND a.number = s.attempt
            WHERE a.origin = @origin
            """,
            new { origin = (long)Origin.Real }),
    ];

    private sealed record Row(
        long Seq, string Id, string Title, string Description, long State, long? Severity, string Facts, long Known, string DuplicateOf,
        long Raised, long LastSeen, long Sightings, string Standing)
    {
        public TestingIssue ToIssue(HashSet<long> onReal) => new()
        {
            Id = Id,
            Title = Title,
            Description = Description,
            State = (IssueState)State,
            Severity = (int?)Severity,
            Facts = StoredJson.ReadFacts(Facts),
            IsKnown = Known != 0,
            DuplicateOf = DuplicateOf,
            Raised = Moment.Of(Raised),
            LastSeen = Moment.Of(LastSeen),
            Sightings = (int)Sightings,
            Standing = StoredJson.ReadStanding(Standing),
            IsSeenOnReal = onReal.Contains(Seq),
        };
    }

    private sealed record SightingRow(
        string IssueId, string CycleId, string CaseId, string ExecutionId, long Attempt, long LeaseNumber, long Step, long IsFirst,
        string LinkedBy, long Time, long? Origin, string? Sha256, string FingerprintCase, string Srv, string StepName, string Symptom,
        string DeviceModel, string Firmware)
    {
        public IssueSighting ToSighting() => new(
            IssueId, CycleId, CaseId, new AttemptKey(ExecutionId, (int)Attempt, LeaseNumber), (int)Step, IsFirst != 0, LinkedBy,
            Moment.Of(Time), (Origin?)Origin, Sha256 ?? string.Empty,
            new Fingerprint(FingerprintCase, Srv, StepName, Symptom, DeviceModel, Firmware));
    }

    private sealed record ChangeRow(
        string Field, string Old, string New, string Who, long Time, string Forum, string Reason, long IssueSeq)
    {
        public IssueChange ToChange() => new(Field, Old, New, Who, Moment.Of(Time), Forum, Reason);
    }
}
