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

namespace DeviceHarness.Store;

/// <summary>What the orchestrator knows, kept on disk.</summary>
/// <remarks>Safe for use from any thread. A task that completes without an exception means: durable. Every moment (<c>now</c>) is given
/// by the caller,
/// in UTC. Faults of the medium are a <see cref="StoreException"/>.</remarks>
public interface IHarnessStore : IAsyncDisposable
{
    /// <summary>Adds a frozen cycle and queues its executions, all or nothing. A descoped execution is kept and never queued.</summary>
    /// <exception cref="StoreException">STORE-004: a cycle or an execution of that id is already there, or an execution names another
    /// cycle.</exception>
    Task AddCycleAsync(Cycle cycle, IReadOnlyList<Execution> executions, CancellationToken cancellationToken);

    /// <summary>Leases the next queued execution of a rig, oldest cycle first, then by ordinal, under a new lease number.</summary>
    /// <remarks>A rig that is lost to a cycle is leased nothing of it, and its queued cases may go to the cycle's other rigs that have the
    /// devices. A rig runs its leases one after the other, since an execution holds the devices of its bench exclusively; those that wait
    /// keep it busy while it is cut off. One that runs several beside each other is leased the next execution that <see cref="LookAhead"/>
    /// chooses: on each device the order of the queue holds.</remarks>
    /// <param name="rig">The rig.</param>
    /// <param name="parallel">How many executions it runs beside each other, from 1.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when nothing is queued that the rig can begin or have waiting, or when it holds as many live leases as
    /// <see cref="LeasePolicy.Depth"/> allows for each that it runs at once.</returns>
    Task<Lease?> TryLeaseAsync(string rig, int parallel, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The same for a rig that runs its executions one after the other.</summary>
    Task<Lease?> TryLeaseAsync(string rig, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes back a lease that the rig declined before any event: its execution is queued again with the same attempt
    /// number.</summary>
    /// <returns>Whether it was taken back; false when the lease is not live any more or has events.</returns>
    Task<bool> DeclineLeaseAsync(AttemptKey attempt, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends a live lease by a person's decision, as if it had expired.</summary>
    /// <returns>What became of it; null when the lease is not live.</returns>
    Task<ExpiredLease?> ReleaseLeaseAsync(AttemptKey attempt, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives a rig up by a person's decision: its live leases end as if they had expired, and in every cycle that has not ended
    /// its queued cases may be taken by the cycle's other rigs that have the devices.</summary>
    /// <returns>The leases that ended.</returns>
    Task<IReadOnlyList<ExpiredLease>> ReleaseRigAsync(string rig, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>A rig connected: it is lost to no cycle any more, and what no other rig took of its cases is its own again. One in
    /// quarantine stays lost until that ends.</summary>
    Task ReturnRigAsync(string rig, CancellationToken cancellationToken);

    /// <summary>The quarantine that a rig is in; null when it is in none.</summary>
    /// <remarks>The write that ends an attempt begins one when <see cref="BenchRule"/> says so; a rig in quarantine is leased
    /// nothing.</remarks>
    Task<BenchQuarantine?> FindQuarantineAsync(string rig, CancellationToken cancellationToken);

    /// <summary>Takes a rig out by a person's decision. One that was taken out without a person stays out by this decision.</summary>
    /// <returns>False when a person took it out before.</returns>
    Task<bool> QuarantineAsync(BenchQuarantine quarantine, CancellationToken cancellationToken);

    /// <summary>Ends the quarantine of a rig: it is leased work again, and its row of inconclusive attempts begins anew.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isCheck">Whether it is a health check that says so: then only one that a person did not begin ends.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there was none to end.</returns>
    Task<bool> EndQuarantineAsync(
        string rig, string by, string reason, bool isCheck, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a spare rig out of a cycle of which it has run nothing: its devices are not those that were frozen.</summary>
    /// <returns>False when the rig is no spare of the cycle, or has run something of it.</returns>
    Task<bool> WithdrawSpareAsync(string cycleId, string rig, CancellationToken cancellationToken);

    /// <summary>Ends an attempt by the orchestrator's decision, where no <see cref="AttemptFinished"/> event will.</summary>
    /// <returns>What became of it.</returns>
    Task<AttemptEnding> CompleteAttemptAsync(
        AttemptKey attempt, AttemptFinished result, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends every lease that is past its end: the attempt is <see cref="Verdict.Inconclusive"/>, and the execution goes back to
    /// the queue or is left to a person, by <see cref="LeaseRule.GoesBackToQueue"/>. The rig is lost to that cycle until
    /// <see cref="ReturnRigAsync"/>.</summary>
    /// <returns>The leases that ended.</returns>
    Task<IReadOnlyList<ExpiredLease>> RequeueExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Queues a finished execution once more, by a person's decision; its earlier attempts are kept and go on to count.</summary>
    /// <returns>Whether it was queued; false when it is not finished, is descoped, or its cycle is void.</returns>
    Task<bool> RepeatExecutionAsync(string executionId, CancellationToken cancellationToken);

    /// <summary>Lets a cycle that ended Incomplete go on: queues the named cases that have no conclusive verdict, drops the stop rules,
    /// which would end it again at once, and keeps who said so and why the cycle had ended.</summary>
    /// <returns>Whether anything was queued; false when the cycle is in another state by now.</returns>
    Task<bool> ResumeCycleAsync(CycleResumption resumption, CancellationToken cancellationToken);

    /// <summary>Cancels a cycle: what is queued is never leased and stays <see cref="Verdict.NotRun"/>; what is leased goes on until it
    /// ends.</summary>
    /// <returns>The live leases of the cycle, for their rigs to be asked to stop; null when there is no such cycle.</returns>
    Task<IReadOnlyList<LiveLease>?> CancelCycleAsync(
        string cycleId, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The cycles that a stop rule ended with one of them: those of its submission.</summary>
    /// <remarks>A rule is kept in the write that finishes a case: what is queued then is never leased, over all cycles of the
    /// submission.</remarks>
    /// <returns>None when the cycle has no rules, or none was met.</returns>
    Task<IReadOnlyList<StoppedCycle>> ListStoppedAsync(string cycleId, CancellationToken cancellationToken);

    /// <summary>Voids a cycle because its baseline changed; queued executions are never leased.</summary>
    /// <returns>The live leases of the cycle; null when there is no such cycle.</returns>
    Task<IReadOnlyList<LiveLease>?> VoidCycleAsync(string cycleId, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps what the devices of a cycle are to be put through after their firmware changed; the last word holds.</summary>
    /// <returns>False when there is no such cycle.</returns>
    Task<bool> ProposeTestAsync(string cycleId, TestProposal proposal, CancellationToken cancellationToken);

    /// <summary>The leases that are live: given, neither ended nor expired.</summary>
    Task<IReadOnlyList<LiveLease>> ListLiveLeasesAsync(CancellationToken cancellationToken);

    /// <summary>Writes events, each once however often it comes, and moves verdicts, steps, evidence and inventory with them.</summary>
    /// <remarks>An event is kept when its sequence follows the attempt's high-water mark. One that is already kept changes nothing; one
    /// past a gap is
    /// not kept and not acknowledged, so that its sender sends it again. Events of a superseded attempt are kept and never
    /// counted.</remarks>
    /// <returns>One acknowledgement for each attempt in the batch, in order of first appearance.</returns>
    Task<IReadOnlyList<AttemptAcknowledgement>> AppendEventsAsync(
        IReadOnlyList<SequencedEvent> events, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The events of an attempt from a sequence on; the content of evidence is left out, its hash is in the reference.</summary>
    /// <returns>At most <paramref name="limit"/> events by rising sequence.</returns>
    Task<IReadOnlyList<StoredEvent>> ListEventsAsync(
        AttemptKey attempt, long fromSequence, int limit, CancellationToken cancellationToken);

    /// <summary>The number of events kept, over all attempts.</summary>
    Task<long> CountEventsAsync(CancellationToken cancellationToken);

    /// <summary>The newest cycles first, with totals that are kept as verdicts change: the cost does not depend on the number of
    /// cases.</summary>
    /// <param name="limit">At most so many, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<CycleSummary>> ListCyclesAsync(int limit, CancellationToken cancellationToken);

    /// <summary>A cycle with executions, attempts, steps and evidence references, all of one moment; null when there is none of that
    /// id.</summary>
    Task<CycleDetail?> GetCycleAsync(string cycleId, CancellationToken cancellationToken);

    /// <summary>The newest cycles that have a case, newest first, each with that case alone and without issues.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="limit">At most so many, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<CycleDetail>> ListCyclesOfCaseAsync(string caseId, int limit, CancellationToken cancellationToken);

    /// <summary>Every Testing Issue, in the order in which they were raised.</summary>
    /// <remarks>An issue is raised, or seen again, in the write that ends a failed attempt; nobody raises one by hand.</remarks>
    Task<IReadOnlyList<TestingIssue>> ListIssuesAsync(CancellationToken cancellationToken);

    /// <summary>The Testing Issues that were raised by a moment, with the severity, state and standing that they had then, in the order in
    /// which they were raised.</summary>
    Task<IReadOnlyList<IssueAtMoment>> ListIssuesAtAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>A Testing Issue with its sightings and its history; null when there is none of that id.</summary>
    Task<IssueDetail?> GetIssueAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>Changes a Testing Issue by a person's decision; every change has its row of history.</summary>
    /// <returns>Whether it was done, and why not; a refused decision changes nothing.</returns>
    Task<IssueAnswer> DecideIssueAsync(IssueDecision decision, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Links a failed attempt to a Testing Issue on a person's word; the links that it has stay.</summary>
    /// <returns>Whether it was done, and why not; a link that is there already changes nothing.</returns>
    Task<IssueAnswer> LinkIssueAsync(IssueLink link, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a threshold set into use by a person's decision; earlier ones are kept.</summary>
    /// <returns>Why it was not taken into use; empty when it was.</returns>
    Task<string> AddThresholdSetAsync(ThresholdDecision decision, CancellationToken cancellationToken);

    /// <summary>The threshold sets that people took into use, oldest first.</summary>
    Task<IReadOnlyList<ThresholdDecision>> ListThresholdSetsAsync(CancellationToken cancellationToken);

    /// <summary>States a campaign; the last statement of a name holds, and all are kept.</summary>
    /// <returns>Why it was not kept; empty when it was.</returns>
    Task<string> AddCampaignAsync(Campaign campaign, CancellationToken cancellationToken);

    /// <summary>What is known towards campaigns, all of one moment; nothing when none is stated.</summary>
    Task<CampaignRecord> ReadCampaignsAsync(CancellationToken cancellationToken);

    /// <summary>Says what a cycle was run for, on a person's word; the last word holds.</summary>
    /// <returns>Whether it was done, and why not.</returns>
    Task<IssueAnswer> MarkCycleAsync(CycleMark mark, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>States a Device Model Combination with its components; the last statement of an id holds.</summary>
    /// <returns>Whether it was done, and why not.</returns>
    Task<IssueAnswer> StateDmcAsync(
        DmcDefinition dmc, string who, string reason, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Records a version of a component that came into use; one that fixes an issue stands in the issue's history.</summary>
    /// <returns>Whether it was done, and why not.</returns>
    Task<IssueAnswer> AddReleaseAsync(ComponentRelease release, CancellationToken cancellationToken);

    /// <summary>Credits regression that another campaign ran.</summary>
    /// <returns>Whether it was done, and why not.</returns>
    Task<IssueAnswer> AddRegressionCreditAsync(RegressionCredit credit, CancellationToken cancellationToken);

    /// <summary>Keeps why the pass rates of two cycles differ, on a person's word; earlier ones are kept.</summary>
    /// <returns>Whether it was done, and why not.</returns>
    Task<IssueAnswer> ExplainDifferenceAsync(DifferenceExplanation explanation, CancellationToken cancellationToken);

    /// <summary>What people said on why the pass rates of two cycles differ, in either order of the two, oldest first.</summary>
    Task<IReadOnlyList<DifferenceExplanation>> ListExplanationsAsync(string first, string second, CancellationToken cancellationToken);

    /// <summary>What is known towards regression, all of one moment.</summary>
    Task<RegressionRecord> ReadRegressionAsync(CancellationToken cancellationToken);

    /// <summary>A piece of evidence by the SHA-256 of its content (lower-case hexadecimal); null when there is none.</summary>
    Task<EvidenceBlob?> GetEvidenceAsync(string sha256, CancellationToken cancellationToken);

    /// <summary>Adds the inventory rows that a rig brings and the store does not hold; rows that it holds stay as they are.</summary>
    Task SeedInventoryAsync(string rig, IReadOnlyList<InventoryDevice> devices, CancellationToken cancellationToken);

    /// <summary>Adds or replaces an inventory row: the store is the master.</summary>
    Task PutInventoryAsync(string rig, InventoryDevice device, CancellationToken cancellationToken);

    /// <summary>The inventory rows of a rig, in the order of their identifiers.</summary>
    Task<IReadOnlyList<InventoryDevice>> ListInventoryAsync(string rig, CancellationToken cancellationToken);

    /// <summary>An inventory row; null when the store does not hold it.</summary>
    Task<InventoryDevice?> FindInventoryAsync(string rig, Eui64 deviceId, CancellationToken cancellationToken);

    /// <summary>Keeps what a rig said of itself, replacing what it said before.</summary>
    Task PutRigAsync(RigRecord rig, CancellationToken cancellationToken);

    /// <summary>Every rig ever seen, by name.</summary>
    Task<IReadOnlyList<RigRecord>> ListRigsAsync(CancellationToken cancellationToken);

    /// <summary>Writes and commits what changes nothing, to learn whether the store takes writes now.</summary>
    /// <exception cref="StoreException">It does not.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);
}
