using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Store.Sqlite;
using DeviceHarness.TestKit;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Xunit;

namespace DeviceHarness.Store.Tests.Sqlite;

public sealed class CycleTotalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deviceharness-total-").FullName;

    private string FilePath => Path.Combine(_folder, "harness.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Listing_cycles_is_one_statement_whose_work_does_not_grow_with_the_cases()
    {
        await using SqliteHarnessStore store = await SqliteHarnessStore.OpenAsync(FilePath, CancellationToken.None).DefaultTimeout();
        await AddAsync(store, "c1", 1);
        await AddAsync(store, "c2", 1);
        ListingCost few = MeasureListing();
        await AddAsync(store, "c3", 300);
        await AddAsync(store, "c4", 300);

        ListingCost many = MeasureListing();

        few.Statements.Should().Be(1);
        few.Instructions.Should().BeGreaterThan(10, "else nothing was measured");
        many.Should().Be(few);
    }

    [Fact]
    public async Task A_file_from_before_the_totals_is_filled_by_the_rules()
    {
        MakeOfPreviousVersion();

        await using SqliteHarnessStore store = await SqliteHarnessStore.OpenAsync(FilePath, CancellationToken.None).DefaultTimeout();

        IReadOnlyList<CycleSummary> cycles = await store.ListCyclesAsync(10, CancellationToken.None).DefaultTimeout();
        cycles.Select(cycle => cycle.Cycle.Id).Should().Equal("running", "empty", "every");
        cycles[2].Rate.Should().Be(new PassRate(
            Passed: 1, Failed: 1, Inconclusive: 1, Error: 1, Blocked: 1, NotRun: 1, Skipped: 1, Descoped: 1));
        cycles[1].Rate.Should().Be(new PassRate(0, 0, 0, 0, 0, 0, 0, 0));
        cycles[0].Rate.Should().Be(
            new PassRate(0, 0, 0, 0, 0, NotRun: 1, 0, 0), "its lost attempt is superseded, whatever the execution's row said");
        foreach (CycleSummary cycle in cycles)
        {
            CycleDetail? detail = await store.GetCycleAsync(cycle.Cycle.Id, CancellationToken.None).DefaultTimeout();
            cycle.Rate.Should().Be(detail!.Rate);
        }
    }

    [Fact]
    public async Task A_fill_that_fails_leaves_the_file_at_its_version()
    {
        MakeOfPreviousVersion();
        Using(connection => Run(connection, "ALTER TABLE execution RENAME COLUMN descoped_reason TO other"));

        Func<Task> open = () => SqliteHarnessStore.OpenAsync(FilePath, CancellationToken.None).DefaultTimeout();

        await open.Should().ThrowAsync<StoreException>();
        Using(connection =>
        {
            Number(connection, "PRAGMA user_version").Should().Be(SqliteSchema.CycleTotalVersion - 1);
            Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'cycle_total'").Should().Be(0);
        });
    }

    private static Task AddAsync(SqliteHarnessStore store, string cycleId, int executions) => store.AddCycleAsync(
        StoreSamples.Cycle(cycleId),
        [.. Enumerable.Range(1, executions).Select(ordinal => StoreSamples.Execution(cycleId, ordinal))],
        CancellationToken.None).DefaultTimeout();

    // Counts what SQLite itself was asked to do; the first listing only makes the connection read the schema.
    private ListingCost MeasureListing()
    {
        using SqliteConnection connection = new SqliteConnections(FilePath, SqliteMedium.Disk).Open();
        CycleReads.Newest(connection, 2).Should().HaveCount(2);
        int statements = 0;
        int instructions = 0;
        delegate_progress onInstruction = _ =>
        {
            instructions++;
            return 0;
        };
        raw.sqlite3_trace(connection.Handle, (strdelegate_trace)((_, _) => statements++), null!);
        raw.sqlite3_progress_handler(connection.Handle, 1, onInstruction, null!);

        CycleReads.Newest(connection, 2).Should().HaveCount(2);

        raw.sqlite3_progress_handler(connection.Handle, 0, null!, null!);
        raw.sqlite3_trace(connection.Handle, (strdelegate_trace)null!, null!);
        return new ListingCost(statements, instructions);
    }

    // Three cycles as the version before the totals wrote them: one execution of every verdict and a descoped one; none; and a lost
    // attempt that a newer, running one superseded, whose verdict that version left in the execution's row.
    private void MakeOfPreviousVersion()
    {
        StoreFile.Prepare(FilePath);
        Using(connection =>
        {
            SqliteSchema.Migrate(connection, FilePath, SqliteSchema.CycleTotalVersion - 1);
            AddCycle(connection, 1, "every", CycleState.Incomplete);
            AddCycle(connection, 2, "empty", CycleState.Incomplete);
            AddCycle(connection, 3, "running", CycleState.Running);
            foreach (Verdict verdict in Enum.GetValues<Verdict>())
            {
                string id = AddExecution(connection, 1, (int)verdict, ExecutionState.Finished, verdict);
                if (verdict != Verdict.NotRun)
                {
                    AddAttempt(connection, id, 1, 1 + (int)verdict, AttemptState.Finished, verdict);
                }
            }

            AddExecution(connection, 1, 99, ExecutionState.Finished, Verdict.NotRun, "agreed");
            string running = AddExecution(connection, 3, 1, ExecutionState.Running, Verdict.Inconclusive);
            AddAttempt(connection, running, 1, 20, AttemptState.Expired, Verdict.Inconclusive, superseded: 1);
            AddAttempt(connection, running, 2, 21, AttemptState.Running, Verdict.NotRun);
        });
    }

    private static void AddCycle(SqliteConnection connection, int seq, string id, CycleState state) => Run(connection, string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO cycle (seq, id, pack_name, pack_version, pack_hash, pack_text, rig, harness_version, devices, seed, state, created)
        VALUES ({seq}, '{id}', 'p', '', '', '', 'r', '', '[]', 0, {(int)state}, 0)
        """));

    private static string AddExecution(
        SqliteConnection connection, int cycleSeq, int ordinal, ExecutionState state, Verdict verdict, string descoped = "")
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{cycleSeq}-{ordinal}");
        Run(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO execution (id, cycle_seq, rig, case_id, title, ordinal, repeat_safety, time_budget, descoped_reason, state, verdict)
            VALUES ('{id}', {cycleSeq}, 'r', 'CASE', 'A case', {ordinal}, 0, 1, '{descoped}', {(int)state}, {(int)verdict})
            """));
        return id;
    }

    private static void AddAttempt(
        SqliteConnection connection, string executionId, int number, int lease, AttemptState state, Verdict verdict, int superseded = 0) =>
        Run(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO attempt (execution_id, number, lease_number, rig, state, superseded, verdict, ends)
            VALUES ('{executionId}', {number}, {lease}, 'r', {(int)state}, {superseded}, {(int)verdict}, 0)
            """));

    private void Using(Action<SqliteConnection> act)
    {
        SqliteConnections connections = new(FilePath, SqliteMedium.Disk);
        using (SqliteConnection connection = connections.Open())
        {
            act(connection);
        }

        connections.ClearPool();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private sealed record ListingCost(int Statements, int Instructions);
}
