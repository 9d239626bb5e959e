using Dapper;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A store in one SQLite file: needs nothing installed, serves one orchestrator.</summary>
/// <remarks>One writer commits in groups; readers see the last commit and never wait for it. A caller that cancels while its write is
/// being committed
/// cannot know whether it was made. Dispose writes what waits and closes the file.</remarks>
public sealed class SqliteHarnessStore : IHarnessStore
{
    private readonly SqliteConnections _connections;
    private readonly SqliteWriter _writer;
    private readonly LeasePolicy _policy;
    private volatile bool _isDisposed;

    private SqliteHarnessStore(SqliteConnections connections, SqliteWriter writer, LeasePolicy policy)
    {
        _connections = connections;
        _writer = writer;
        _policy = policy;
    }

    /// <summary>The newest version of the file's schema that this harness writes.</summary>
    public static int SchemaVersion => SqliteSchema.Latest;

    /// <summary>Opens a store under <see cref="LeasePolicy.Default"/>.</summary>
    /// <inheritdoc cref="OpenAsync(string, LeasePolicy, CancellationToken)"/>
    public static Task<SqliteHarnessStore> OpenAsync(string file, CancellationToken cancellationToken) =>
        OpenAsync(file, LeasePolicy.Default, cancellationToken);

    /// <summary>Opens a store, making the file (mode 0600) when it is missing and bringing an older one to
    /// <see cref="SchemaVersion"/>.</summary>
    /// <param name="file">The file's path; its folder must be there.</param>
    /// <param name="policy">How many leases a rig may hold and how often work is repeated by itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">STORE-001: folder missing or file not accessible. STORE-002: damaged, or not a store. STORE-003:
    /// written by a
    /// newer harness. STORE-005: the medium failed.</exception>
    public static Task<SqliteHarnessStore> OpenAsync(string file, LeasePolicy policy, CancellationToken cancellationToken) =>
        OpenAsync(file, policy, SqliteMedium.Disk, cancellationToken);

    /// <inheritdoc/>
    public Task AddCycleAsync(Cycle cycle, IReadOnlyList<Execution> executions, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "adding a cycle", statements => CycleWrites.Add(statements, _connections.File, cycle, executions), cancellationToken);

    /// <inheritdoc/>
    public async Task<Lease?> TryLeaseAsync(string rig, int parallel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        LeaseWrites.Given? given = await _writer.WriteAsync(
            "leasing an execution", statements => LeaseWrites.TryLease(statements, _policy, rig, parallel, now), cancellationToken)
            .ConfigureAwait(false);
        return given is null
            ? null
            : await ReadAsync("reading a leased execution", connection => ToLease(connection, rig, given), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Lease?> TryLeaseAsync(string rig, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryLeaseAsync(rig, parallel: 1, now, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeclineLeaseAsync(AttemptKey attempt, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync("taking back a lease", statements => LeaseWrites.Decline(statements, _policy, attempt, now), cancellationToken);

    /// <inheritdoc/>
    public Task<ExpiredLease?> ReleaseLeaseAsync(
        AttemptKey attempt, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "releasing a lease", statements => LeaseWrites.Release(statements, _policy, attempt, reason, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExpiredLease>> ReleaseRigAsync(
        string rig, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "releasing a rig", statements => LeaseWrites.ReleaseRig(statements, _policy, rig, reason, now), cancellationToken);

    /// <inheritdoc/>
    public Task ReturnRigAsync(string rig, CancellationToken cancellationToken) =>
        _writer.WriteAsync("taking a rig back", statements => SpareRigWrites.Return(statements, rig), cancellationToken);

    /// <inheritdoc/>
    public Task<BenchQuarantine?> FindQuarantineAsync(string rig, CancellationToken cancellationToken) =>
        ReadAsync("reading a quarantine", connection => BenchQuarantineRows.Open(connection, rig), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> QuarantineAsync(BenchQuarantine quarantine, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "taking a rig out", statements => BenchQuarantineRows.BeginByPerson(statements, quarantine), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> EndQuarantineAsync(
        string rig, string by, string reason, bool isCheck, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "ending a quarantine", statements => BenchQuarantineRows.End(statements, rig, by, reason, isCheck, now), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> WithdrawSpareAsync(string cycleId, string rig, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "withdrawing a spare rig", statements => SpareRigWrites.Withdraw(statements, cycleId, rig), cancellationToken);

    /// <inheritdoc/>
    public Task<AttemptEnding> CompleteAttemptAsync(
        AttemptKey attempt, AttemptFinished result, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "ending an attempt", statements => LeaseWrites.Complete(statements, _policy, attempt, result, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExpiredLease>> RequeueExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync("ending expired leases", statements => LeaseWrites.Expire(statements, _policy, now), cancellationToken);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellationToken) =>
        _writer.WriteAsync("trying the store", SqliteSchema.Touch, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RepeatExecutionAsync(string executionId, CancellationToken cancellationToken) =>
        _writer.WriteAsync("repeating an execution", statements => LeaseWrites.Repeat(statements, executionId), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ResumeCycleAsync(CycleResumption resumption, CancellationToken cancellationToken) =>
        _writer.WriteAsync("resuming a cycle", statements => ResumptionRows.Resume(statements, resumption), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LiveLease>?> CancelCycleAsync(
        string cycleId, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "cancelling a cycle", statements => CycleWrites.Stop(statements, cycleId, reason, isVoid: false, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoppedCycle>> ListStoppedAsync(string cycleId, CancellationToken cancellationToken) =>
        ReadAsync("listing stopped cycles", connection => CycleReads.Stopped(connection, cycleId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LiveLease>?> VoidCycleAsync(
        string cycleId, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "voiding a cycle", statements => CycleWrites.Stop(statements, cycleId, reason, isVoid: true, now), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ProposeTestAsync(string cycleId, TestProposal proposal, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "proposing a test", statements => CycleWrites.Propose(statements, cycleId, proposal), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LiveLease>> ListLiveLeasesAsync(CancellationToken cancellationToken) =>
        ReadAsync("listing leases", CycleReads.LiveLeases, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttemptAcknowledgement>> AppendEventsAsync(
        IReadOnlyList<SequencedEvent> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (SequencedEvent next in events)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(next.Sequence, 1, nameof(events));
            if (next.Event is EvidenceRecorded { Content.Length: > EvidenceRecorded.MaximumOctets })
            {
                throw new ArgumentException($"evidence of more than {EvidenceRecorded.MaximumOctets} octets", nameof(events));
            }
        }

        IGrouping<AttemptKey, SequencedEvent>[] attempts = [.. events.GroupBy(next => next.Attempt)];
        return _writer.WriteAsync<IReadOnlyList<AttemptAcknowledgement>>(
            "keeping events",
            statements =>
            [
                .. attempts.Select(attempt =>
                    EventWrites.Append(statements, _policy, attempt.Key, attempt.OrderBy(next => next.Sequence), now)),
            ],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ListEventsAsync(
        AttemptKey attempt, long fromSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync("reading events", connection => CycleReads.Events(connection, attempt, fromSequence, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountEventsAsync(CancellationToken cancellationToken) =>
        ReadAsync("counting events", connection => connection.ExecuteScalar<long>("SELECT count(*) FROM event"), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CycleSummary>> ListCyclesAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadAsync("listing cycles", connection => CycleReads.Newest(connection, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CycleDetail?> GetCycleAsync(string cycleId, CancellationToken cancellationToken) =>
        ReadAsync("reading a cycle", connection => CycleReads.Detail(connection, cycleId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CycleDetail>> ListCyclesOfCaseAsync(string caseId, int limit, CancellationToken cancellationToken) =>
        ReadAsync("reading the history of a case", connection => CycleReads.OfCase(connection, caseId, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TestingIssue>> ListIssuesAsync(CancellationToken cancellationToken) =>
        ReadAsync("listing issues", IssueReads.All, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<IssueAtMoment>> ListIssuesAtAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        ReadAsync("listing issues", connection => IssueReads.At(connection, moment), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueDetail?> GetIssueAsync(string issueId, CancellationToken cancellationToken) =>
        ReadAsync("reading an issue", connection => IssueReads.Detail(connection, issueId), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> DecideIssueAsync(IssueDecision decision, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync("deciding an issue", statements => IssueDecisions.Decide(statements, decision, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> LinkIssueAsync(IssueLink link, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync("linking an issue", statements => IssueWrites.Link(statements, link, now), cancellationToken);

    /// <inheritdoc/>
    public Task<string> AddThresholdSetAsync(ThresholdDecision decision, CancellationToken cancellationToken) =>
        _writer.WriteAsync("setting thresholds", statements => ThresholdRows.Add(statements, decision), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ThresholdDecision>> ListThresholdSetsAsync(CancellationToken cancellationToken) =>
        ReadAsync("listing thresholds", ThresholdRows.All, cancellationToken);

    /// <inheritdoc/>
    public Task<string> AddCampaignAsync(Campaign campaign, CancellationToken cancellationToken) =>
        _writer.WriteAsync("stating a campaign", statements => CampaignRows.Add(statements, campaign), cancellationToken);

    /// <inheritdoc/>
    public Task<CampaignRecord> ReadCampaignsAsync(CancellationToken cancellationToken) =>
        ReadAsync("reading campaigns", CampaignRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> MarkCycleAsync(CycleMark mark, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync("marking a cycle", statements => RegressionRows.Mark(statements, mark, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> StateDmcAsync(
        DmcDefinition dmc, string who, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        _writer.WriteAsync(
            "stating a combination", statements => RegressionRows.State(statements, dmc, who, reason, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> AddReleaseAsync(ComponentRelease release, CancellationToken cancellationToken) =>
        _writer.WriteAsync("recording a release", statements => RegressionRows.Release(statements, release), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> AddRegressionCreditAsync(RegressionCredit credit, CancellationToken cancellationToken) =>
        _writer.WriteAsync("crediting regression", statements => RegressionRows.Credit(statements, credit), cancellationToken);

    /// <inheritdoc/>
    public Task<IssueAnswer> ExplainDifferenceAsync(DifferenceExplanation explanation, CancellationToken cancellationToken) =>
        _writer.WriteAsync("explaining a difference", statements => ExplanationRows.Add(statements, explanation), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DifferenceExplanation>> ListExplanationsAsync(
        string first, string second, CancellationToken cancellationToken) =>
        ReadAsync("reading explanations", connection => ExplanationRows.Read(connection, first, second), cancellationToken);

    /// <inheritdoc/>
    public Task<RegressionRecord> ReadRegressionAsync(CancellationToken cancellationToken) =>
        ReadAsync("reading regression", RegressionRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<EvidenceBlob?> GetEvidenceAsync(string sha256, CancellationToken cancellationToken) =>
        ReadAsync("reading evidence", connection => BenchReads.Evidence(connection, sha256), cancellationToken);

    /// <inheritdoc/>
    public Task SeedInventoryAsync(string rig, IReadOnlyList<InventoryDevice> devices, CancellationToken cancellationToken) =>
        _writer.WriteAsync("seeding the inventory", statements => BenchWrites.Seed(statements, rig, devices), cancellationToken);

    /// <inheritdoc/>
    public Task PutInventoryAsync(string rig, InventoryDevice device, CancellationToken cancellationToken) =>
        _writer.WriteAsync("changing the inventory", statements => BenchWrites.Put(statements, rig, device), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InventoryDevice>> ListInventoryAsync(string rig, CancellationToken cancellationToken) =>
        ReadAsync("reading the inventory", connection => BenchReads.Inventory(connection, rig), cancellationToken);

    /// <inheritdoc/>
    public Task<InventoryDevice?> FindInventoryAsync(string rig, Eui64 deviceId, CancellationToken cancellationToken) =>
        ReadAsync("reading the inventory", connection => BenchReads.FindInventory(connection, rig, deviceId), cancellationToken);

    /// <inheritdoc/>
    public Task PutRigAsync(RigRecord rig, CancellationToken cancellationToken) =>
        _writer.WriteAsync("keeping a rig", statements => BenchWrites.PutRig(statements, rig), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RigRecord>> ListRigsAsync(CancellationToken cancellationToken) =>
        ReadAsync("listing rigs", BenchReads.Rigs, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
        _connections.ClearPool();
    }

    /// <summary>Opens a store on a medium of a test's choice.</summary>
    internal static Task<SqliteHarnessStore> OpenAsync(
        string file, LeasePolicy policy, SqliteMedium medium, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(policy);
        return Task.Run(() => Open(Path.GetFullPath(file), policy, medium), cancellationToken);
    }

    private static SqliteHarnessStore Open(string file, LeasePolicy policy, SqliteMedium medium)
    {
        StoreFile.Prepare(file);
        SqliteConnections connections = new(file, medium);
        SqliteConnection connection = connections.Open();
        try
        {
            SqliteSchema.Migrate(connection, file, SqliteSchema.Latest);
            return new SqliteHarnessStore(connections, new SqliteWriter(connection, file), policy);
        }
        catch (Exception exception) when (exception is SqliteException or StoreException)
        {
            connection.Dispose();
            connections.ClearPool();
            throw exception is SqliteException fault ? SqliteFault.Translate(fault, "opening the store", file) : exception;
        }
    }

    private static Lease ToLease(SqliteConnection connection, string rig, LeaseWrites.Given given)
    {
        (Cycle cycle, Execution execution) = CycleReads.Frozen(connection, given.CycleId, given.Attempt.ExecutionId);
        HashSet<Eui64> ofCycle = [.. cycle.DevicesOn(rig).Select(device => device.Inventory.DeviceId)];
        InventoryDevice[] inventory = [.. BenchReads.Inventory(connection, rig).Where(device => ofCycle.Contains(device.DeviceId))];
        return new Lease(given.Attempt, execution, cycle, inventory, given.Ends, rig);
    }

    private Task<T> ReadAsync<T>(string act, Func<SqliteConnection, T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            using SqliteConnection connection = _connections.Open();
            try
            {
                using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
                return read(connection);
            }
            catch (SqliteException exception)
            {
                throw SqliteFault.Translate(exception, act, _connections.File);
            }
        },
        cancellationToken);
}
