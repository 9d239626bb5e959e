using Dapper;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Reads cycles and all that belongs to them.</summary>
internal static class CycleReads
{
    /// <summary>A cycle of one moment; the caller holds a read transaction.</summary>
    public static CycleDetail? Detail(SqliteConnection connection, string cycleId)
    {
        CycleRow? cycle = connection.QuerySingleOrDefault<CycleRow>(
            $"SELECT {CycleRow.Columns} FROM cycle c WHERE c.id = @cycleId", new { cycleId });
        if (cycle is null)
        {
            return null;
        }

        CycleDetail detail = Detail(connection, cycle, caseId: null);
        return detail with
        {
            Issues = IssueReads.OfCycle(connection, cycle.Seq),
            Resumptions = ResumptionRows.Read(connection, cycle.Seq, cycleId),
            Quarantines = BenchQuarantineRows.OfCycle(connection, detail.Cycle),
        };
    }

    /// <summary>The newest cycles that have a case, with that case alone and without issues; the caller holds a read transaction.</summary>
    public static IReadOnlyList<CycleDetail> OfCase(SqliteConnection connection, string caseId, int limit) =>
    [
        .. connection.Query<CycleRow>(
            $"""
            SELECT {CycleRow.Columns} FROM cycle c
            WHERE c.seq IN (SELECT cycle_seq FROM execution WHERE case_id = @caseId ORDER BY cycle_seq DESC LIMIT @limit)
            ORDER BY c.seq DESC
            """,
            new { caseId, limit })
            .Select(cycle => Detail(connection, cycle, caseId)),
    ];

    private static CycleDetail Detail(SqliteConnection connection, CycleRow cycle, string? caseId)
    {
        var of = new { seq = cycle.Seq, caseId };
        const string Wanted = "cycle_seq = @seq AND (@caseId IS NULL OR case_id = @caseId)";
        const string OfCycle = $"IN (SELECT id FROM execution WHERE {Wanted})";
        var steps = connection.Query<StepRow>(
            $"SELECT {StepRow.Columns} FROM step s WHERE s.execution_id {OfCycle} ORDER BY s.sequence", of)
            .ToLookup(row => (row.ExecutionId, row.Attempt));
        var evidence = connection.Query<EvidenceRow>(
            $"""
            SELECT execution_id AS ExecutionId, attempt AS Attempt, name AS Name, media_type AS MediaType, sha256 AS Sha256,
              octets AS Octets
            FROM evidence WHERE execution_id {OfCycle} ORDER BY sequence
            """, of)
            .ToLookup(row => (row.ExecutionId, row.Attempt));
        var attempts = connection.Query<AttemptRow>(
            $"SELECT {AttemptRow.Columns} FROM attempt a WHERE a.execution_id {OfCycle} ORDER BY a.number", of)
            .ToLookup(
                row => row.ExecutionId,
                row => row.ToAttempt(steps[(row.ExecutionId, row.Number)], evidence[(row.ExecutionId, row.Number)]));
        IEnumerable<ExecutionRow> executions = connection.Query<ExecutionRow>(
            $"SELECT {ExecutionRow.Columns} FROM execution e WHERE {Wanted} ORDER BY e.ordinal", of);
        return new CycleDetail(cycle.ToCycle(),
        [
            .. executions.Select(row => new ExecutionHistory(row.ToExecution(cycle.Id), (ExecutionState)row.State, [.. attempts[row.Id]])
            {
                NotRunReason = (ExecutionState)row.State == ExecutionState.Finished ? cycle.StateReason : string.Empty,
            }),
        ]);
    }

    /// <summary>One execution without its attempts, with its cycle; both must be there.</summary>
    public static (Cycle Cycle, Execution Execution) Frozen(SqliteConnection connection, string cycleId, string executionId)
    {
        CycleRow cycle = connection.QuerySingle<CycleRow>($"SELECT {CycleRow.Columns} FROM cycle c WHERE c.id = @cycleId", new { cycleId });
        ExecutionRow execution = connection.QuerySingle<ExecutionRow>(
            $"SELECT {ExecutionRow.Columns} FROM execution e WHERE e.id = @executionId", new { executionId });
        return (cycle.ToCycle(), execution.ToExecution(cycleId));
    }

    /// <summary>The newest cycles with their totals, whatever the number of their cases; the caller holds a read transaction.</summary>
    public static IReadOnlyList<CycleSummary> Newest(SqliteConnection connection, int limit) =>
    [
        .. connection.Query<CycleRow, CycleTotalRow, CycleSummary>(
            $"""
            SELECT {CycleRow.Columns}, {CycleTotalRow.Columns}
            FROM cycle c JOIN cycle_total t ON t.cycle_seq = c.seq ORDER BY c.seq DESC LIMIT @limit
            """,
            (cycle, total) => new CycleSummary(cycle.ToCycle(), total.ToRate()),
            new { limit },
            splitOn: nameof(CycleTotalRow.Passed)),
    ];

    /// <summary>The cycles that are marked with a set or a combination, oldest first; the caller holds a read transaction.</summary>
    public static IReadOnlyList<CycleSummary> Marked(SqliteConnection connection) =>
    [
        .. connection.Query<CycleRow, CycleTotalRow, CycleSummary>(
            $"""
            SELECT {CycleRow.Columns}, {CycleTotalRow.Columns}
            FROM cycle c JOIN cycle_total t ON t.cycle_seq = c.seq WHERE c.kind <> 0 OR c.dmc <> '' ORDER BY c.seq
            """,
            (cycle, total) => new CycleSummary(cycle.ToCycle(), total.ToRate()),
            splitOn: nameof(CycleTotalRow.Passed)),
    ];

    /// <summary>The events of an attempt, by rising sequence.</summary>
    public static IReadOnlyList<StoredEvent> Events(SqliteConnection connection, AttemptKey key, long fromSequence, int limit)
    {
        IEnumerable<EventRow> rows = connection.Query<EventRow>(
            """
            SELECT v.sequence AS Sequence, v.kind AS Kind, v.body AS Body, v.superseded AS Superseded
            FROM event v JOIN attempt a ON a.execution_id = v.execution_id AND a.number = v.attempt
            WHERE v.execution_id = @ExecutionId AND v.attempt = @Number AND a.lease_number = @LeaseNumber AND v.sequence >= @fromSequence
            ORDER BY v.sequence LIMIT @limit
            """,
            new { key.ExecutionId, key.Number, key.LeaseNumber, fromSequence, limit });
        return [.. rows.Select(ToStoredEvent)];
    }

    /// <summary>The live leases, by rising lease number.</summary>
    public static IReadOnlyList<LiveLease> LiveLeases(SqliteConnection connection) =>
        [.. connection.Query<LiveRow>($"{LiveRow.Select} ORDER BY a.lease_number").Select(row => row.ToLease())];

    /// <summary>The cycles that a stop rule ended together with one of them.</summary>
    public static IReadOnlyList<StoppedCycle> Stopped(SqliteConnection connection, string cycleId) =>
    [
        .. connection.Query<StoppedRow>(
            """
            SELECT s.seq AS Seq, s.id AS Id, s.state_reason AS Reason
            FROM cycle c JOIN cycle s ON s.submission = c.submission AND s.stop_rules <> ''
            WHERE c.id = @cycleId AND c.stop_rules <> '' AND s.cancelled = 1 ORDER BY s.seq
            """,
            new { cycleId })
            .Select(row => new StoppedCycle(row.Id, row.Reason,
            [
                .. connection.Query<LiveRow>($"{LiveRow.Select} AND c.seq = @Seq ORDER BY a.lease_number", new { row.Seq })
                    .Select(lease => lease.ToLease()),
            ])),
    ];

    private static StoredEvent ToStoredEvent(EventRow row)
    {
        (AttemptEvent attemptEvent, EvidenceReference? evidence) = StoredJson.Read(row.Kind, row.Body);
        return new StoredEvent(row.Sequence, attemptEvent, row.Superseded != 0, evidence);
    }

    private sealed record EventRow(long Sequence, string Kind, string Body, long Superseded);

    private sealed record StoppedRow(long Seq, string Id, string Reason);

    private sealed record LiveRow(
        string ExecutionId, long Number, long LeaseNumber, string Rig, string CaseId, long Ends, string StopReason)
    {
        public const string Select =
            """
            SELECT a.execution_id AS ExecutionId, a.number AS Number, a.lease_number AS LeaseNumber, a.rig AS Rig, e.case_id AS CaseId,
              a.ends AS Ends, c.state_reason AS StopReason
            FROM attempt a JOIN execution e ON e.id = a.execution_id JOIN cycle c ON c.seq = e.cycle_seq
            WHERE a.state IN (0, 1)
            """;

        public LiveLease ToLease() =>
            new(new AttemptKey(ExecutionId, (int)Number, LeaseNumber), Rig, CaseId, Moment.Of(Ends), StopReason);
    }
}
