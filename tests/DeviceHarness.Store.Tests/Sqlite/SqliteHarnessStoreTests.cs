using System.Runtime.Versioning;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Store.Sqlite;
using DeviceHarness.TestKit;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace DeviceHarness.Store.Tests.Sqlite;

public sealed class SqliteHarnessStoreTests : HarnessStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deviceharness-store-").FullName;

    private string FilePath => Path.Combine(_folder, "harness.db");

    protected override async Task<IHarnessStore> OpenAsync() => await SqliteHarnessStore.OpenAsync(FilePath, CancellationToken.None);

    protected override Task RemoveAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task File_and_companions_are_for_their_owner_only()
    {
        await AddAsync("c1", 1);

        string[] files = Directory.GetFiles(_folder);

        files.Should().HaveCountGreaterThan(1, "the write-ahead log is beside the file");
        files.Select(File.GetUnixFileMode).Should().OnlyContain(mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Every_connection_has_the_settings_that_durability_needs()
    {
        SqliteConnections connections = new(FilePath, SqliteMedium.Disk);
        using SqliteConnection first = connections.Open();
        using SqliteConnection second = connections.Open();

        foreach (SqliteConnection connection in new[] { first, second })
        {
            Pragma(connection, "journal_mode").Should().Be("wal");
            Pragma(connection, "synchronous").Should().Be(2L, "2 is FULL");
            Pragma(connection, "busy_timeout").Should().Be(5000L);
            Pragma(connection, "foreign_keys").Should().Be(1L);
        }
    }

    [Fact]
    public async Task A_try_is_a_commit_that_other_connections_see()
    {
        using SqliteConnection other = new SqliteConnections(FilePath, SqliteMedium.Disk).Open();
        object? before = Pragma(other, "data_version");

        await Store.ProbeAsync(CancellationToken.None).DefaultTimeout();

        Pragma(other, "data_version").Should().NotBe(before);
        Pragma(other, "user_version").Should().Be((long)SqliteSchema.Latest);
    }

    [Fact]
    public void Foreign_keys_hold()
    {
        using SqliteConnection connection = new SqliteConnections(FilePath, SqliteMedium.Disk).Open();

        Action orphan = () => Run(
            connection, "INSERT INTO attempt (execution_id, number, lease_number, rig, state, ends) VALUES ('none', 1, 1, 'r', 0, 0)");

        orphan.Should().Throw<SqliteException>().WithMessage("*FOREIGN KEY*");
    }

    [Fact]
    public async Task A_file_of_each_older_version_is_brought_to_the_newest()
    {
        SqliteHarnessStore.SchemaVersion.Should().BeGreaterThan(1, "else this test proves nothing");
        for (int version = 0; version < SqliteHarnessStore.SchemaVersion; version++)
        {
            string file = Path.Combine(_folder, $"version-{version}.db");
            MakeOfVersion(file, version);

            await using SqliteHarnessStore store = await SqliteHarnessStore.OpenAsync(file, CancellationToken.None).DefaultTimeout();

            Execution[] executions = [StoreSamples.Execution("new", 1)];
            await store.AddCycleAsync(StoreSamples.Cycle("new"), executions, CancellationToken.None).DefaultTimeout();
            IReadOnlyList<CycleSummary> cycles = await store.ListCyclesAsync(10, CancellationToken.None).DefaultTimeout();
            cycles.Select(cycle => cycle.Cycle.Id).Should().Equal(version == 0 ? ["new"] : ["new", "old"]);
            (await store.ListRigsAsync(CancellationToken.None).DefaultTimeout()).Should().BeEmpty();
            (await store.CountEventsAsync(CancellationToken.None).DefaultTimeout()).Should().Be(0);
        }
    }

    [Fact]
    public async Task A_newer_file_is_refused_and_left_as_it_is()
    {
        string file = Path.Combine(_folder, "newer.db");
        MakeOfVersion(file, SqliteHarnessStore.SchemaVersion);
        await WithConnectionAsync(file, connection => Run(connection, "PRAGMA user_version = 99"));

        Func<Task> open = () => SqliteHarnessStore.OpenAsync(file, CancellationToken.None).DefaultTimeout();

        StoreException fault = (await open.Should().ThrowAsync<StoreException>()).Which;
        fault.Code.Should().Be("STORE-003");
        fault.Message.Should().Contain("99").And.Contain(file);
        await WithConnectionAsync(file, connection => Pragma(connection, "user_version").Should().Be(99L));
    }

    [Fact]
    public async Task Another_programs_database_is_refused()
    {
        string file = Path.Combine(_folder, "other.db");
        await File.WriteAllBytesAsync(file, []);
        await WithConnectionAsync(file, connection => Run(connection, "CREATE TABLE theirs (id INTEGER)"));

        Func<Task> open = () => SqliteHarnessStore.OpenAsync(file, CancellationToken.None).DefaultTimeout();

        (await open.Should().ThrowAsync<StoreException>()).Which.Code.Should().Be("STORE-002");
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        string file = Path.Combine(_folder, "missing", "harness.db");

        Func<Task> open = () => SqliteHarnessStore.OpenAsync(file, CancellationToken.None).DefaultTimeout();

        StoreException fault = (await open.Should().ThrowAsync<StoreException>()).Which;
        fault.Code.Should().Be("STORE-001");
        fault.Message.Should().Contain(Path.Combine(_folder, "missing")).And.Contain("does not exist");
    }

    [Fact]
    public async Task A_folder_in_place_of_the_file_is_named()
    {
        Func<Task> open = () => SqliteHarnessStore.OpenAsync(_folder, CancellationToken.None).DefaultTimeout();

        (await open.Should().ThrowAsync<StoreException>()).Which.Code.Should().Be("STORE-001");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_called_damaged()
    {
        string file = Path.Combine(_folder, "noise.db");
        byte[] noise = new byte[8192];
        new Random(7).NextBytes(noise);
        await File.WriteAllBytesAsync(file, noise);

        Func<Task> open = () => SqliteHarnessStore.OpenAsync(file, CancellationToken.None).DefaultTimeout();

        StoreException fault = (await open.Should().ThrowAsync<StoreException>()).Which;
        fault.Code.Should().Be("STORE-002");
        fault.Message.Should().Contain("damaged").And.Contain(file);
        (await File.ReadAllBytesAsync(file)).Should().Equal(noise, "a damaged file is evidence and is not touched");
    }

    [Fact]
    public async Task Pages_damaged_behind_the_header_are_called_damaged_when_they_are_read()
    {
        await AddAsync("c1", 200);
        await Store.DisposeAsync();
        byte[] octets = await File.ReadAllBytesAsync(FilePath);
        octets.AsSpan(4096 * 2).Fill(0xA5);
        await File.WriteAllBytesAsync(FilePath, octets);

        Func<Task> use = async () =>
        {
            await using SqliteHarnessStore store = await SqliteHarnessStore.OpenAsync(FilePath, CancellationToken.None).DefaultTimeout();
            await store.GetCycleAsync("c1", CancellationToken.None).DefaultTimeout();
        };

        (await use.Should().ThrowAsync<StoreException>()).Which.Code.Should().Be("STORE-002");
    }

    [Fact]
    public async Task Two_processes_on_one_file_never_give_a_lease_twice()
    {
        await AddAsync("c1", 20);
        await using SqliteHarnessStore second = await SqliteHarnessStore.OpenAsync(FilePath, CancellationToken.None).DefaultTimeout();
        List<AttemptKey> given = [];

        while (given.Count < 20)
        {
            Lease?[] both = await Task.WhenAll(new[] { Store, second }.Select(
                store => store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon, CancellationToken.None))).DefaultTimeout();
            foreach (AttemptKey attempt in both.OfType<Lease>().Select(lease => lease.Attempt))
            {
                given.Add(attempt);
                await second.AppendEventsAsync(
                    StoreSamples.Sequence(attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Passed)),
                    StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
            }
        }

        given.Select(attempt => attempt.ExecutionId).Should().OnlyHaveUniqueItems();
        given.Select(attempt => attempt.LeaseNumber).Should().BeEquivalentTo(Enumerable.Range(1, 20));
        (await GetAsync("c1")).Cycle.State.Should().Be(CycleState.Complete);
    }

    private static void MakeOfVersion(string file, int version)
    {
        StoreFile.Prepare(file);
        SqliteConnections connections = new(file, SqliteMedium.Disk);
        using (SqliteConnection connection = connections.Open())
        {
            SqliteSchema.Migrate(connection, file, version);
            if (version > 0)
            {
                Run(
                    connection,
                    """
                    INSERT INTO cycle (id, pack_name, pack_version, pack_hash, pack_text, rig, harness_version, devices, seed, state,
                      created)
                    VALUES ('old', 'p', '', '', '', 'r', '', '[]', 0, 0, 0)
                    """);
            }

            if (version >= SqliteSchema.CycleTotalVersion)
            {
                Run(connection, "INSERT INTO cycle_total SELECT seq, 0, 0, 0, 0, 0, 0, 0, 0 FROM cycle");
            }
        }

        connections.ClearPool();
    }

    private static Task WithConnectionAsync(string file, Action<SqliteConnection> act)
    {
        SqliteConnections connections = new(file, SqliteMedium.Disk);
        using (SqliteConnection connection = connections.Open())
        {
            act(connection);
        }

        connections.ClearPool();
        return Task.CompletedTask;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Pragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar();
    }
}
