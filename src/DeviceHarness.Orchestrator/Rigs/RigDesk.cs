using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Store;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Everything that happens to one rig, one thing after the other.</summary>
/// <remarks>Its gate is held across writes to the store and never across anything that waits for the rig or for a watcher: those are
/// told through bounded queues. Other rigs have desks of their own, so a hung rig delays nobody. What matters is in the store: a desk
/// that is lost with the process is derived again from the store and the rig's next hello.</remarks>
internal sealed class RigDesk(string name, RigDeskServices services) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<AttemptKey, long> _told = [];
    private readonly Dictionary<string, string> _caseIds = new(StringComparer.Ordinal);
    private readonly Dictionary<AttemptKey, long> _tails = [];
    private readonly Dictionary<AttemptKey, DateTimeOffset> _strays = [];
    private readonly Dictionary<string, int> _declines = new(StringComparer.Ordinal);
    private readonly CycleFollowUp _followUp = new(services);
    private readonly HashSet<string> _perhapsEnded = new(StringComparer.Ordinal);
    private RigSession? _session;
    private RigRecord? _record;
    private bool _isShownOffline = true;

    /// <summary>The rig's name.</summary>
    public string Name => name;

    /// <summary>When the rig was last heard.</summary>
    public RigPresence Presence { get; } = new(services.Options.Time, services.Options.OfflineAfter);

    /// <summary>Whether the rig may be given work.</summary>
    public RigHealth Health { get; } = new(name, services);

    /// <summary>The rig's open connection; null when it has none.</summary>
    public RigSession? Session => Volatile.Read(ref _session) is { IsOpen: true } session ? session : null;

    /// <summary>What the rig last said of itself; null when it never did.</summary>
    public RigRecord? Record => Volatile.Read(ref _record);

    /// <summary>Recalls what an earlier orchestrator heard of the rig.</summary>
    public void Recall(RigRecord record)
    {
        Volatile.Write(ref _record, record);
        Presence.Recall(record.LastSeen);
    }

    /// <summary>A rig connected and said who it is: welcomes it, compares its leases with what it holds, and hands it work.</summary>
    public Task AttachAsync(
        RigSession session,
        RigRecord record,
        IReadOnlyList<HeldAttempt> held,
        CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        Presence.Heard();
        _isShownOffline = false;
        if (Session is { } old)
        {
            OrchestratorLog.RigReplaced(services.Logger, name, session.Peer, old.Peer);
            old.Close(new Status(
                StatusCode.Aborted,
                $"the rig {name} connected again from {session.Peer} (boot {session.BootId}): this connection is replaced. "
                + "One agent serves a rig; stop the other one, or give it another rig name."));
        }

        // Whoever is told of the welcome may submit at once, so the rig's devices are known before it.
        (string reason, IReadOnlyList<LiveLease> voided) = await RenewRecordAsync(record, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _session, session);
        session.TrySend(new V1.OrchestratorMessage { Welcome = ContractMapping.Welcome(services.Options.HeartbeatInterval) });
        Health.Begin(session);
        await StopLeasesAsync(voided, reason, cancellationToken).ConfigureAwait(false);
        await ReconcileAsync(held, cancellationToken).ConfigureAwait(false);
        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>A connection ended. Its lease goes on.</summary>
    public Task DetachAsync(RigSession session, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (!ReferenceEquals(_session, session))
        {
            return;
        }

        Volatile.Write(ref _session, null);
        Health.Forget();
        if (_record is { } record && Presence.LastSeen is { } lastSeen)
        {
            Volatile.Write(ref _record, record with { LastSeen = lastSeen });
            await services.Store.PutRigAsync(record with { LastSeen = lastSeen }, cancellationToken).ConfigureAwait(false);
        }
    }, cancellationToken);

    /// <summary>Events came: they are committed, then told to watchers, then acknowledged.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: an event breaks the contract.</exception>
    public async Task AppendAsync(RigSession session, V1.EventBatch batch, CancellationToken cancellationToken)
    {
        List<SequencedEvent> events = [.. batch.Events.Select(EventMapping.ToDomain)];
        if (events.Count == 0)
        {
            return;
        }

        await InTurnAsync(async () =>
        {
            if (!ReferenceEquals(_session, session))
            {
                return;
            }

            IReadOnlyList<AttemptAcknowledgement> acknowledgements =
                await services.Store.AppendEventsAsync(events, services.Now, cancellationToken).ConfigureAwait(false);
            foreach (AttemptAcknowledgement acknowledgement in acknowledgements)
            {
                await TakeAsync(session, acknowledgement, events, batch, cancellationToken).ConfigureAwait(false);
            }

            await DispatchAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rig declined a lease: it is offered again, and after <see cref="OrchestratorOptions.InconclusiveRetries"/> more
    /// times the case is blocked.</summary>
    public Task DeclineAsync(V1.LeaseDeclined declined, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        AttemptKey? key = (await LiveLeasesAsync(cancellationToken).ConfigureAwait(false))
            .Where(lease => lease.Attempt.LeaseNumber == declined.LeaseNumber && lease.Attempt.ExecutionId == declined.ExecutionId)
            .Select(lease => (AttemptKey?)lease.Attempt).FirstOrDefault();
        if (key is not { } attempt)
        {
            return;
        }

        OrchestratorLog.LeaseDeclined(services.Logger, name, declined.LeaseNumber, declined.ExecutionId, declined.Reason);
        int times = _declines.GetValueOrDefault(attempt.ExecutionId) + 1;
        _declines[attempt.ExecutionId] = times;
        if (times > services.Options.InconclusiveRetries
            || !await services.Store.DeclineLeaseAsync(attempt, services.Now, cancellationToken).ConfigureAwait(false))
        {
            _declines.Remove(attempt.ExecutionId);
            await EndAsync(attempt, Verdict.Blocked, $"the rig declined the case {times} times: {declined.Reason}", cancellationToken)
                .ConfigureAwait(false);
        }

        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>The rig reported its health: a healthy one is handed work.</summary>
    public Task ReportAsync(RigSession session, V1.HealthReport report, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (ReferenceEquals(_session, session) && Health.TryTake(report))
        {
            await DispatchAsync(cancellationToken).ConfigureAwait(false);
        }
    }, cancellationToken);

    /// <summary>Hands the rig work when there is some.</summary>
    public Task WakeAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => DispatchAsync(cancellationToken), cancellationToken);

    /// <summary>Asks the rig to stop attempts of a cycle that was cancelled; attempts of a rig that is away end at once.</summary>
    public Task StopAsync(
        string cycleId, IReadOnlyList<LiveLease> leases, string reason, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await StopLeasesAsync(leases, reason, cancellationToken).ConfigureAwait(false);
        _perhapsEnded.Add(cycleId);
        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>A lease ended without a result.</summary>
    public Task ExpireAsync(ExpiredLease lease, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        OrchestratorLog.LeaseExpired(services.Logger, lease.Attempt.LeaseNumber, lease.Attempt.ExecutionId, name, lease.IsQueuedAgain);
        _tails.Remove(lease.Attempt);
        Session?.TrySend(ContractMapping.Cancel(lease.Attempt, "the lease ended: time budget and grace are over"));
        Ended(lease.Attempt);
        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Looks after what only time changes: the shown state, the health, attempts left to finish under an ended lease.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!Presence.IsOnline && !_isShownOffline)
        {
            _isShownOffline = true;
            OrchestratorLog.RigOffline(services.Logger, name, services.Options.OfflineAfter);
        }

        await InTurnAsync(async () =>
        {
            if (Session is { } session)
            {
                Health.Sweep(session);
            }

            DateTimeOffset now = services.Now;
            List<AttemptKey> overdue = [.. _strays.Where(stray => stray.Value <= now).Select(stray => stray.Key)];
            foreach (AttemptKey attempt in overdue)
            {
                _strays.Remove(attempt);
                Session?.TrySend(ContractMapping.Cancel(attempt, "the lease ended and its attempt did not"));
            }

            if (overdue.Count > 0)
            {
                await DispatchAsync(cancellationToken).ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task InTurnAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await act().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IReadOnlyList<LiveLease>> LiveLeasesAsync(CancellationToken cancellationToken) =>
        [.. (await services.Store.ListLiveLeasesAsync(cancellationToken).ConfigureAwait(false)).Where(lease => lease.Rig == name)];

    private async Task<(string Reason, IReadOnlyList<LiveLease> Voided)> RenewRecordAsync(
        RigRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceBaseline> before = _record?.Devices ?? [];
        List<LiveLease> voided = [];
        string? difference = _record is null ? null : BaselineRule.Difference(before, record.Devices);
        if (difference is not null)
        {
            foreach (string cycleId in await _followUp.OpenCyclesAsync(name, cancellationToken).ConfigureAwait(false))
            {
                voided.AddRange(await VoidAsync(cycleId, difference, cancellationToken).ConfigureAwait(false));
            }
        }

        await services.Store.PutRigAsync(record, cancellationToken).ConfigureAwait(false);
        await services.Store.SeedInventoryAsync(name, [.. record.Devices.Select(device => device.Inventory)], cancellationToken)
            .ConfigureAwait(false);
        foreach (DeviceBaseline device in record.Devices)
        {
            // The store is the master of the inventory, but a person who edits the rig file means it.
            if (before.FirstOrDefault(old => old.Device.Eui64 == device.Device.Eui64) is { } old && old.Inventory != device.Inventory)
            {
                await services.Store.PutInventoryAsync(name, device.Inventory, cancellationToken).ConfigureAwait(false);
            }
        }

        Volatile.Write(ref _record, record);
        return ($"the cycle is void: {difference}", voided);
    }

    private async Task<IReadOnlyList<LiveLease>> VoidAsync(string cycleId, string reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<LiveLease>? leases =
            await services.Store.VoidCycleAsync(cycleId, reason, services.Now, cancellationToken).ConfigureAwait(false);
        OrchestratorLog.CycleVoided(services.Logger, cycleId, reason);
        _perhapsEnded.Add(cycleId);
        return leases ?? [];
    }

    private async Task StopLeasesAsync(IReadOnlyList<LiveLease> leases, string reason, CancellationToken cancellationToken)
    {
        foreach (LiveLease lease in leases.Where(lease => lease.Rig == name))
        {
            if (!Presence.IsOnline || Session is not { } session || !session.TrySend(ContractMapping.Cancel(lease.Attempt, reason)))
            {
                await EndAsync(lease.Attempt, Verdict.Inconclusive, $"{reason}; the rig was not connected", cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task ReconcileAsync(IReadOnlyList<HeldAttempt> held, CancellationToken cancellationToken)
    {
        _tails.Clear();
        _strays.Clear();
        IReadOnlyList<LiveLease> live = await LiveLeasesAsync(cancellationToken).ConfigureAwait(false);
        foreach (LiveLease lease in live)
        {
            _caseIds[lease.Attempt.ExecutionId] = lease.CaseId;
        }

        Reconciliation found = Reconciliation.Of(live, held);
        foreach (AttemptKey attempt in found.Missing)
        {
            if (await services.Store.DeclineLeaseAsync(attempt, services.Now, cancellationToken).ConfigureAwait(false))
            {
                OrchestratorLog.LeaseGivenBack(services.Logger, attempt.LeaseNumber, attempt.ExecutionId, name);
            }
            else
            {
                await LoseAsync(attempt, "the agent does not hold the attempt any more", cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (HeldAttempt tail in found.Tails)
        {
            IReadOnlyList<StoredEvent> durable = await services.Store
                .ListEventsAsync(tail.Attempt, tail.JournalHighWater, limit: 1, cancellationToken).ConfigureAwait(false);
            if (durable.Count > 0)
            {
                await LoseAsync(tail.Attempt, AttemptTexts.TailLost, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _tails[tail.Attempt] = tail.JournalHighWater;
            }
        }

        foreach (AttemptKey attempt in found.Strays)
        {
            await JudgeStrayAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task JudgeStrayAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        TimeSpan? budget = await _followUp.BudgetToFinishAsync(key, cancellationToken).ConfigureAwait(false);
        OrchestratorLog.StrayAttempt(
            services.Logger, name, key.Number, key.ExecutionId, key.LeaseNumber, budget is null ? "cancelled" : "left to finish");
        if (budget is { } timeBudget)
        {
            _strays[key] = LeaseRule.EndOf(services.Now, timeBudget);
        }
        else
        {
            Session?.TrySend(ContractMapping.Cancel(key, "the lease ended and the case was decided without it"));
        }
    }

    private async Task TakeAsync(
        RigSession session,
        AttemptAcknowledgement acknowledgement,
        List<SequencedEvent> events,
        V1.EventBatch batch,
        CancellationToken cancellationToken)
    {
        AttemptKey key = acknowledgement.Attempt;
        List<SequencedEvent> mine = [.. events.Where(item => item.Attempt == key)];
        long last = mine.Max(item => item.Sequence);
        if (acknowledgement.Standing == AttemptStanding.Unknown)
        {
            OrchestratorLog.UnknownEvents(services.Logger, name, mine.Count, key.ExecutionId, key.LeaseNumber, services.UnknownEvents.Path);
            if (services.UnknownEvents.TryAppend(batch.Events.Where(item => EventMapping.KeyOf(item) == key)))
            {
                session.TrySend(ContractMapping.Acknowledge(key, last));
            }

            return;
        }

        if (acknowledgement.HighWater < last)
        {
            OrchestratorLog.EventGap(services.Logger, name, key.ExecutionId, key.LeaseNumber, acknowledgement.HighWater, last);
        }

        mine.RemoveAll(item => item.Sequence > acknowledgement.HighWater);
        if (acknowledgement.Standing == AttemptStanding.Counted)
        {
            await CountAsync(key, mine, cancellationToken).ConfigureAwait(false);
        }
        else if (mine.Exists(item => item.Event is AttemptFinished))
        {
            _strays.Remove(key);
        }

        if (acknowledgement.HighWater > 0)
        {
            session.TrySend(ContractMapping.Acknowledge(key, acknowledgement.HighWater));
        }
    }

    private async Task CountAsync(AttemptKey key, List<SequencedEvent> events, CancellationToken cancellationToken)
    {
        Tell(key, events);
        foreach (InventoryChanged change in events.Select(item => item.Event).OfType<InventoryChanged>())
        {
            await CheckFirmwareAsync(key, change, cancellationToken).ConfigureAwait(false);
        }

        long highWater = events.Count == 0 ? 0 : events[^1].Sequence;
        if (events.Select(item => item.Event).OfType<AttemptFinished>().LastOrDefault() is { } finished)
        {
            _tails.Remove(key);
            _strays.Remove(key);
            _declines.Remove(key.ExecutionId);
            await _followUp.RepeatIfDueAsync(key, finished.Verdict, finished.Reason, cancellationToken).ConfigureAwait(false);
            Ended(key);
        }
        else if (_tails.TryGetValue(key, out long tail) && highWater >= tail)
        {
            _tails.Remove(key);
            await LoseAsync(key, AttemptTexts.TailLost, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Tell(AttemptKey key, List<SequencedEvent> events)
    {
        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        long told = _told.GetValueOrDefault(key);
        foreach (SequencedEvent item in events.Where(item => item.Sequence > told))
        {
            if (item.Event is AttemptStarted started)
            {
                _caseIds[key.ExecutionId] = started.CaseId;
                services.Hub.Publish(cycleId, new ExecutionNews(key.ExecutionId, IsEnd: false));
            }
            else if (EventMapping.ToStepUpdate(item, _caseIds.GetValueOrDefault(key.ExecutionId, string.Empty)) is { } step)
            {
                services.Hub.Publish(cycleId, new StepNews(step));
            }

            told = item.Sequence;
        }

        _told[key] = told;
    }

    private async Task CheckFirmwareAsync(AttemptKey key, InventoryChanged change, CancellationToken cancellationToken)
    {
        if (change.Field != EventMapping.FirmwareField)
        {
            return;
        }

        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        if (await _followUp.FirmwareDifferenceAsync(key, change, cancellationToken).ConfigureAwait(false) is { } difference)
        {
            IReadOnlyList<LiveLease> leases = await VoidAsync(cycleId, difference, cancellationToken).ConfigureAwait(false);
            await StopLeasesAsync(leases, $"the cycle is void: {difference}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LoseAsync(AttemptKey key, string reason, CancellationToken cancellationToken)
    {
        OrchestratorLog.AttemptLost(services.Logger, key.LeaseNumber, key.ExecutionId, name, reason);
        await EndAsync(key, Verdict.Inconclusive, reason, cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(AttemptKey key, Verdict verdict, string reason, CancellationToken cancellationToken)
    {
        AttemptFinished result = new(verdict, reason, TimeSpan.Zero, OctetsToDevice: 0, OctetsFromDevice: 0) { Time = services.Now };
        if (await services.Store.CompleteAttemptAsync(key, result, services.Now, cancellationToken).ConfigureAwait(false))
        {
            await _followUp.RepeatIfDueAsync(key, verdict, reason, cancellationToken).ConfigureAwait(false);
        }

        Ended(key);
    }

    private void Ended(AttemptKey key)
    {
        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        services.Hub.Publish(cycleId, new ExecutionNews(key.ExecutionId));
        _perhapsEnded.Add(cycleId);
    }

    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        string? busyWith = null;
        if (Session is { } session && _strays.Count == 0 && Health.IsFit(session)
            && await services.Store.TryLeaseAsync(name, services.Now, cancellationToken).ConfigureAwait(false) is { } lease)
        {
            busyWith = lease.Cycle.Id;
            _told.Clear();
            _caseIds.Clear();
            session.TrySend(new V1.OrchestratorMessage { Lease = ContractMapping.ToContract(lease) });
            OrchestratorLog.Leased(
                services.Logger,
                lease.Attempt.LeaseNumber,
                lease.Execution.Id,
                lease.Execution.CaseId,
                lease.Attempt.Number,
                name,
                lease.Ends);
            services.Hub.Publish(lease.Cycle.Id, new ExecutionNews(lease.Execution.Id, IsEnd: false));
        }

        foreach (string cycleId in _perhapsEnded)
        {
            if (cycleId != busyWith)
            {
                await _followUp.AnnounceEndAsync(cycleId, cancellationToken).ConfigureAwait(false);
            }
        }

        _perhapsEnded.Clear();
    }
}
