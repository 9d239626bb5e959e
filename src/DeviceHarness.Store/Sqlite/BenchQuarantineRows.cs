using Dapper;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Counts the inconclusive attempts in a row of each rig, and keeps which rig is in quarantine.</summary>
/// <remarks>The rule is that of <see cref="BenchRule"/>; this class only feeds it, inside the transaction that ended an attempt. An
/// attempt of a cycle that was called off ended because somebody said so, and is not counted.</remarks>
internal static class BenchQuarantineRows
{
    private const string AllDevices = "*";

    private const string Columns =
        """
        rig AS Rig, since AS Since, who AS Who, reason AS Reason, devices AS Devices, is_checked AS IsChecked, ended AS Ended,
        ended_by AS EndedBy, ended_reason AS EndedReason
        """;

    /// <summary>Whether a rig is in quarantine.</summary>
    public static bool IsOpen(StatementCache statements, string rig) =>
        statements.Scalar("SELECT 1 FROM bench_quarantine WHERE rig = $1 AND ended IS NULL", rig) is not null;

    /// <summary>An attempt ended: the row of its rig is counted on, and a sick rig is taken out.</summary>
    public static void Count(
        StatementCache statements, LeasePolicy policy, AttemptKey key, Verdict verdict, string reason, DateTimeOffset now)
    {
        if (BenchRule.RowAfter(1, verdict) == 1 || Find(statements, key) is not { IsCalledOff: false } ended)
        {
            return;
        }

        int row = BenchRule.RowAfter(ended.Row, verdict);
        string devices = row == 0 ? string.Empty : With(ended.RowDevices, ended.Devices);
        statements.Execute(
            "UPDATE rig SET inconclusive = $1, inconclusive_on = $2 WHERE name = $3", (long)row, devices, ended.Rig);
        if (BenchRule.IsSick(policy, row) && !IsOpen(statements, ended.Rig))
        {
            string why = BenchRule.ReasonOf(row, ended.CaseId, reason);
            Begin(
                statements, new BenchQuarantine(ended.Rig, now, BenchQuarantine.Orchestrator, why) { IsChecked = true },
                devices.Split('\n').Contains(AllDevices) ? string.Empty : devices);
        }
    }

    /// <summary>A person takes a rig out.</summary>
    /// <returns>False when a person did before.</returns>
    public static bool BeginByPerson(StatementCache statements, BenchQuarantine quarantine)
    {
        if (statements.Scalar("SELECT 1 FROM bench_quarantine WHERE rig = $1 AND ended IS NULL AND is_checked = 0", quarantine.Rig)
            is not null)
        {
            return false;
        }

        Close(statements, quarantine.Rig, quarantine.By, "taken out by a person", quarantine.Since);
        Begin(statements, quarantine, DeviceLines.Of(quarantine.Devices));
        return true;
    }

    /// <summary>Ends the quarantine of a rig.</summary>
    /// <returns>False when there was none to end.</returns>
    public static bool End(StatementCache statements, string rig, string by, string reason, bool isCheck, DateTimeOffset now)
    {
        bool isForAPerson = statements.Scalar(
            "SELECT 1 FROM bench_quarantine WHERE rig = $1 AND ended IS NULL AND is_checked = 0", rig) is not null;
        if ((isCheck && isForAPerson) || Close(statements, rig, by, reason, now) == 0)
        {
            return false;
        }

        statements.Execute("UPDATE rig SET inconclusive = 0, inconclusive_on = '' WHERE name = $1", rig);
        SpareRigWrites.Return(statements, rig);
        return true;
    }

    /// <summary>The quarantine that a rig is in, or null.</summary>
    public static BenchQuarantine? Open(SqliteConnection connection, string rig) => connection.QuerySingleOrDefault<Kept>(
        $"SELECT {Columns} FROM bench_quarantine WHERE rig = @rig AND ended IS NULL", new { rig })?.ToQuarantine();

    /// <summary>When rigs of a cycle were in quarantine while it went on, oldest first.</summary>
    public static IReadOnlyList<BenchQuarantine> OfCycle(SqliteConnection connection, Cycle cycle) =>
    [
        .. connection.Query<Kept>(
            $"""
            SELECT {Columns} FROM bench_quarantine
            WHERE rig IN @rigs AND since <= @end AND (ended IS NULL OR ended >= @begin) ORDER BY seq
            """,
            new
            {
                rigs = cycle.Spares.Select(spare => spare.Rig).Prepend(cycle.Rig).ToArray(),
                begin = cycle.Created.UtcTicks,
                end = cycle.Ended?.UtcTicks ?? long.MaxValue,
            })
            .Select(row => row.ToQuarantine()),
    ];

    private static void Begin(StatementCache statements, BenchQuarantine quarantine, string devices)
    {
        statements.Execute(
            "INSERT INTO bench_quarantine (rig, since, who, reason, devices, is_checked) VALUES ($1, $2, $3, $4, $5, $6)",
            quarantine.Rig, quarantine.Since.UtcTicks, quarantine.By, quarantine.Reason, devices, quarantine.IsChecked ? 1L : 0L);
        SpareRigWrites.LoseEverywhere(statements, quarantine.Rig);
    }

    private static int Close(StatementCache statements, string rig, string by, string reason, DateTimeOffset now) => statements.Execute(
        "UPDATE bench_quarantine SET ended = $1, ended_by = $2, ended_reason = $3 WHERE rig = $4 AND ended IS NULL",
        now.UtcTicks, by, reason, rig);

    private static string With(string known, string devices) => DeviceLines.Of(
        DeviceLines.Read(known).Concat(devices.Length == 0 ? [AllDevices] : DeviceLines.Read(devices)).Distinct(StringComparer.Ordinal));

    private static EndedAttempt? Find(StatementCache statements, AttemptKey key)
    {
        using SqliteDataReader reader = statements.Query(
            """
            SELECT r.name, r.inconclusive, r.inconclusive_on, c.cancelled, e.case_id, CASE WHEN r.name = c.rig THEN e.devices ELSE '' END
            FROM attempt a JOIN rig r ON r.name = a.rig JOIN execution e ON e.id = a.execution_id JOIN cycle c ON c.seq = e.cycle_seq
            WHERE a.execution_id = $1 AND a.number = $2 AND a.lease_number = $3
            """,
            key.ExecutionId, (long)key.Number, key.LeaseNumber);
        return reader.Read()
            ? new EndedAttempt(
                reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetBoolean(3), reader.GetString(4),
                reader.GetString(5))
            : null;
    }

    /// <summary>What is known of the rig of an attempt, and of its case.</summary>
    private sealed record EndedAttempt(string Rig, int Row, string RowDevices, bool IsCalledOff, string CaseId, string Devices);

    private sealed record Kept(
        string Rig, long Since, string Who, string Reason, string Devices, long IsChecked, long? Ended, string EndedBy, string EndedReason)
    {
        public BenchQuarantine ToQuarantine() => new(Rig, Moment.Of(Since), Who, Reason)
        {
            IsChecked = IsChecked != 0,
            Devices = DeviceLines.Read(Devices),
            Ended = Ended is { } ended ? Moment.Of(ended) : null,
            EndedBy = EndedBy,
            EndedReason = EndedReason,
        };
    }
}
