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
internal sealed class RigDesk : IDisposable
{
    private readonly RigDeskServices _services;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<AttemptKey, long> _tails = [];
    private readonly Dictionary<string, int> _declines = new(StringComparer.Ordinal);
    private readonly CycleFollowUp _followUp;
    private readonly AttemptNews _news;
    private readonly RigIdentity _identity;
    private readonly LeaseDispatch _dispatch;
    private readonly StrayAttempts _strays;
    private RigSession? _session;
    private bool _isShownOffline = true;

    /// <summary>Creates the desk of a rig.</summary>
    /// <param name="name">The rig's name.</param>
    /// <param name="services">What all desks share.</param>
    public RigDesk(string name, RigDeskServices services)
    {
        Name = name;
        _services = services;
        _followUp = new CycleFollowUp(services);
        _news = new AttemptNews(services.Hub);
        _identity = new RigIdentity(name, services, _followUp);
        Presence = new RigPresence(services.Options.Time, services.Options.OfflineAfter);
        Health = new RigHealth(name, services);
        Bench = new BenchWatch(name, services, Health, _followUp);
        _strays = new StrayAttempts(name, services, _followUp);
        _dispatch = new LeaseDispatch(name, services, Health, _news, _followUp);
    }

    /// <summary>The rig's name.</summary>
    public string Name { get; }

    /// <summary>When the rig was last heard.</summary>
    public RigPresence Presence { get; }

    /// <summary>Whether the rig may be given work.</summary>
    public RigHealth Health { get; }

    /// <summary>Whether the rig itself is in quarantine.</summary>
    public BenchWatch Bench { get; }

    /// <summary>How fit the rig is for work: one in quarantine is the last choice.</summary>
    public RigFitness Fitness => Bench.Open is null ? Health.State.Fitness : RigFitness.Quarantined;

    /// <summary>How the adapters of its ports are set.</summary>
    public RigAdapters Adapters { get; } = new();

    /// <summary>Which of its devices are in quarantine.</summary>
    public RigQuarantine Quarantine { get; } = new();

    /// <summary>The rig's open connection; null when it has none.</summary>
    public RigSession? Session => Volatile.Read(ref _session) is { IsOpen: true } session ? session : null;

    /// <summary>What the rig last said of itself; null when it never did.</summary>
    public RigRecord? Record => _identity.Record;

    /// <summary>Recalls what an earlier orchestrator heard of the rig.</summary>
    public void Recall(RigRecord record)
    {
        _identity.Recall(record);
        Presence.Recall(record.LastSeen);
    }

    /// <summary>A rig connected and said who it is: welcomes it, compares its leases with what it holds, and hands it work.</summary>
    public Task AttachAsync(RigSession session, RigHello hello, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        Presence.Heard();
        _isShownOffline = false;
        if (Session is { } old)
        {
            OrchestratorLog.RigReplaced(_services.Logger, Name, session.Peer, old.Peer);
            old.Close(new Status(
                StatusCode.Aborted,
                $"the rig {Name} connected again from {session.Peer} (boot {session.BootId}): this connection is replaced. "
                + "One agent serves a rig; stop the other one, or give it another rig name."));
        }

        // Whoever is told of the welcome may submit at once, so the rig's devices are known before it.
        (string reason, IReadOnlyList<LiveLease> voided) =
            await _identity.RenewAsync(hello.Record, cancellationToken).ConfigureAwait(false);
        Adapters.Take(hello.Devices);
        Volatile.Write(ref _session, session);
        session.TrySend(new V1.OrchestratorMessage { Welcome = ContractMapping.Welcome(_services.Options.HeartbeatInterval) });
        Health.Begin(session);
        Bench.Begin();
        await StopLeasesAsync(voided, reason, cancellationToken).ConfigureAwait(false);
        await _services.Store.ReturnRigAsync(Name, cancellationToken).ConfigureAwait(false);
        await ReconcileAsync(hello.Held, cancellationToken).ConfigureAwait(false);
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
        if (Presence.LastSeen is { } lastSeen)
        {
            await _identity.SeenAsync(lastSeen, cancellationToken).ConfigureAwait(false);
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
                await _services.Store.AppendEventsAsync(events, _services.Now, cancellationToken).ConfigureAwait(false);
            foreach (AttemptAcknowledgement acknowledgement in acknowledgements)
            {
                await TakeAsync(session, acknowledgement, events, batch, cancellationToken).ConfigureAwait(false);
            }

            await DispatchAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where a long request of an attempt stands: told to watchers, and kept nowhere.</summary>
    public Task TellAsync(RigSession session, V1.AttemptProgress progress, CancellationToken cancellationToken) => InTurnAsync(() =>
    {
        if (ReferenceEquals(_session, session) && progress.Firmware is { } firmware)
        {
            _news.Tell(new AttemptKey(progress.ExecutionId, progress.Attempt, progress.LeaseNumber), firmware);
        }

        return Task.CompletedTask;
    }, cancellationToken);

    /// <summary>The rig declined a lease: it is offered again, and after <see cref="LeasePolicy.InconclusiveRetries"/> more
    /// times the case is blocked.</summary>
    public Task DeclineAsync(V1.LeaseDeclined declined, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        AttemptKey? key = (await Bench.LiveLeasesAsync(cancellationToken).ConfigureAwait(false))
            .Where(lease => lease.Attempt.LeaseNumber == declined.LeaseNumber && lease.Attempt.ExecutionId == declined.ExecutionId)
            .Select(lease => (AttemptKey?)lease.Attempt).FirstOrDefault();
        if (key is not { } attempt)
        {
            return;
        }

        OrchestratorLog.LeaseDeclined(_services.Logger, Name, declined.LeaseNumber, declined.ExecutionId, declined.Reason);
        int times = _declines.GetValueOrDefault(attempt.ExecutionId) + Bench.CountDecline();
        _declines[attempt.ExecutionId] = times;
        if (times > _services.Options.Leases.InconclusiveRetries
            || !await _services.Store.DeclineLeaseAsync(attempt, _services.Now, cancellationToken).ConfigureAwait(false))
        {
            _declines.Remove(attempt.ExecutionId);
            await EndAsync(attempt, Verdict.Blocked, $"the rig declined the case {times} times: {declined.Reason}", cancellationToken)
                .ConfigureAwait(false);
        }

        // Of a cycle that was ended, the last case may be one that its rig had not begun.
        _followUp.MayHaveEnded(ExecutionName.CycleOf(attempt.ExecutionId));

        // What made it decline one lease may make it decline the next: it is asked before it is given another.
        if (Session is { } session)
        {
            Health.Doubt(session);
        }

        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>The rig reported its health: a healthy one is handed work.</summary>
    public Task ReportAsync(RigSession session, V1.HealthReport report, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (!ReferenceEquals(_session, session))
        {
            return;
        }

        Quarantine.Take(report);
        if (Health.TryTake(report))
        {
            Adapters.Take(report);
            await Bench.TakeReportAsync(cancellationToken).ConfigureAwait(false);
            await DispatchAsync(cancellationToken).ConfigureAwait(false);
        }
    }, cancellationToken);

    /// <summary>A person takes the rig out, or lets it work again.</summary>
    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> QuarantineAsync(string by, string reason, bool isOut, CancellationToken cancellationToken)
    {
        bool hasChanged = false;
        await InTurnAsync(async () =>
        {
            hasChanged = isOut
                ? await Bench.BeginAsync(by, reason, Session, cancellationToken).ConfigureAwait(false)
                : await Bench.EndAsync(by, reason, Session, cancellationToken).ConfigureAwait(false);
            await DispatchAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return hasChanged;
    }

    /// <summary>Hands the rig work when there is some.</summary>
    public Task WakeAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => DispatchAsync(cancellationToken), cancellationToken);

    /// <summary>Looks for what happened at other desks: cycles that ended under this rig's leases, and cases of a lost rig.</summary>
    public Task LookAgainAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        IReadOnlyList<LiveLease> live = await Bench.LiveLeasesAsync(cancellationToken).ConfigureAwait(false);
        await StopLeasesAsync(live.Where(lease => lease.StopReason.Length > 0), null, cancellationToken).ConfigureAwait(false);
        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Asks the rig to stop attempts of a cycle that was cancelled; attempts of a rig that is away end at once.</summary>
    public Task StopAsync(
        string cycleId, IReadOnlyList<LiveLease> leases, string reason, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await StopLeasesAsync(leases, reason, cancellationToken).ConfigureAwait(false);
        _followUp.MayHaveEnded(cycleId);
        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>A lease ended without a result.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="reason">What the rig is told.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public Task ExpireAsync(ExpiredLease lease, string reason, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        OrchestratorLog.LeaseExpired(_services.Logger, lease.Attempt.LeaseNumber, lease.Attempt.ExecutionId, Name, lease.IsQueuedAgain);
        _tails.Remove(lease.Attempt);
        Session?.TrySend(ContractMapping.Cancel(lease.Attempt, reason));
        _followUp.Ended(lease.Attempt);
        Bench.Doubt(Verdict.Inconclusive);
        await _followUp.RingOthersAsync(lease, cancellationToken).ConfigureAwait(false);
        await StopIfMetAsync(lease.Attempt, lease.IsStopRuleMet, cancellationToken).ConfigureAwait(false);
        await DispatchAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Looks after what only time changes: the shown state, the health, attempts left to finish under an ended lease.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!Presence.IsOnline && !_isShownOffline)
        {
            _isShownOffline = true;
            OrchestratorLog.RigOffline(_services.Logger, Name, _services.Options.OfflineAfter);
        }

        await InTurnAsync(async () =>
        {
            if (Session is { } session)
            {
                Health.Sweep(session);
            }

            if (_strays.CallOffOverdue(Session))
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

    // The newest first: a case that waits behind one that is stopped would begin when that one ends, and might send a command before it
    // is told. Without a reason for all, each lease has its own.
    private async Task StopLeasesAsync(IEnumerable<LiveLease> leases, string? why, CancellationToken cancellationToken)
    {
        foreach (LiveLease lease in leases.OrderByDescending(lease => lease.Attempt.LeaseNumber))
        {
            string reason = why ?? lease.StopReason;
            if (lease.Rig != Name)
            {
                _services.Bell.Ring(lease.Rig);
            }
            else if (!Presence.IsOnline || Session is not { } session || !session.TrySend(ContractMapping.Cancel(lease.Attempt, reason)))
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
        IReadOnlyList<LiveLease> live = await Bench.LiveLeasesAsync(cancellationToken).ConfigureAwait(false);
        foreach (LiveLease lease in live)
        {
            _news.Recall(lease);
        }

        Reconciliation found = Reconciliation.Of(live, held);
        foreach (AttemptKey attempt in found.Missing)
        {
            if (await _services.Store.DeclineLeaseAsync(attempt, _services.Now, cancellationToken).ConfigureAwait(false))
            {
                OrchestratorLog.LeaseGivenBack(_services.Logger, attempt.LeaseNumber, attempt.ExecutionId, Name);
            }
            else
            {
                await LoseAsync(attempt, "the agent does not hold the attempt any more", cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (HeldAttempt tail in found.Tails)
        {
            IReadOnlyList<StoredEvent> durable = await _services.Store
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
            await _strays.JudgeAsync(attempt, Session, cancellationToken).ConfigureAwait(false);
        }

        // Their cycle was ended when the rig, or the orchestrator, was away.
        await StopLeasesAsync(
            live.Where(lease => lease.StopReason.Length > 0 && found.Resumed.Contains(lease.Attempt)), null, cancellationToken)
            .ConfigureAwait(false);
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
            OrchestratorLog.UnknownEvents(
                _services.Logger, Name, mine.Count, key.ExecutionId, key.LeaseNumber, _services.UnknownEvents.Path);
            if (_services.UnknownEvents.TryAppend(batch.Events.Where(item => EventMapping.KeyOf(item) == key)))
            {
                session.TrySend(ContractMapping.Acknowledge(key, last));
            }

            return;
        }

        if (acknowledgement.HighWater < last)
        {
            OrchestratorLog.EventGap(_services.Logger, Name, key.ExecutionId, key.LeaseNumber, acknowledgement.HighWater, last);
        }

        mine.RemoveAll(item => item.Sequence > acknowledgement.HighWater);
        if (acknowledgement.Standing == AttemptStanding.Counted)
        {
            await CountAsync(key, mine, acknowledgement.IsQueuedAgain, cancellationToken).ConfigureAwait(false);
            await StopIfMetAsync(key, acknowledgement.IsStopRuleMet, cancellationToken).ConfigureAwait(false);
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

    private async Task CountAsync(
        AttemptKey key, List<SequencedEvent> events, bool isQueuedAgain, CancellationToken cancellationToken)
    {
        _news.Tell(key, events);
        foreach (InventoryChanged change in events.Select(item => item.Event).OfType<InventoryChanged>()
            .Where(change => change.Field == EventMapping.FirmwareField))
        {
            await CheckFirmwareAsync(key, change, cancellationToken).ConfigureAwait(false);
        }

        long highWater = events.Count == 0 ? 0 : events[^1].Sequence;
        if (events.Select(item => item.Event).OfType<AttemptFinished>().LastOrDefault() is { } finished)
        {
            _tails.Remove(key);
            _strays.Remove(key);
            _declines.Remove(key.ExecutionId);
            Bench.Doubt(finished.Verdict);
            if (isQueuedAgain)
            {
                OrchestratorLog.Repeated(_services.Logger, key.Number, key.ExecutionId, finished.Reason);
            }

            _followUp.Ended(key);
        }
        else if (_tails.TryGetValue(key, out long tail) && highWater >= tail)
        {
            _tails.Remove(key);
            await LoseAsync(key, AttemptTexts.TailLost, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckFirmwareAsync(AttemptKey key, InventoryChanged change, CancellationToken cancellationToken)
    {
        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        if (await _followUp.FirmwareDifferenceAsync(key, change, cancellationToken).ConfigureAwait(false) is { } difference)
        {
            IReadOnlyList<LiveLease> leases = await _followUp.VoidAsync(cycleId, difference, cancellationToken).ConfigureAwait(false);
            await StopLeasesAsync(leases, $"the cycle is void: {difference.Text}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LoseAsync(AttemptKey key, string reason, CancellationToken cancellationToken)
    {
        OrchestratorLog.AttemptLost(_services.Logger, key.LeaseNumber, key.ExecutionId, Name, reason);
        await EndAsync(key, Verdict.Inconclusive, reason, cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(AttemptKey key, Verdict verdict, string reason, CancellationToken cancellationToken)
    {
        AttemptFinished result = new(verdict, reason, TimeSpan.Zero, OctetsToDevice: 0, OctetsFromDevice: 0) { Time = _services.Now };
        AttemptEnding ending =
            await _services.Store.CompleteAttemptAsync(key, result, _services.Now, cancellationToken).ConfigureAwait(false);
        if (ending == AttemptEnding.QueuedAgain)
        {
            OrchestratorLog.Repeated(_services.Logger, key.Number, key.ExecutionId, reason);
        }

        Bench.Doubt(verdict);
        _followUp.Ended(key);
        await StopIfMetAsync(key, ending == AttemptEnding.EndedAndStopped, cancellationToken).ConfigureAwait(false);
    }

    private async Task StopIfMetAsync(AttemptKey key, bool isStopRuleMet, CancellationToken cancellationToken)
    {
        if (!isStopRuleMet)
        {
            return;
        }

        foreach (StoppedCycle cycle in await _followUp.StoppedAsync(key, cancellationToken).ConfigureAwait(false))
        {
            await StopLeasesAsync(cycle.Leases, cycle.Reason, cancellationToken).ConfigureAwait(false);
        }
    }

    // Attempts whose end is still to come may change the inventory that a lease carries, so nothing is leased beside them.
    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        await Bench.LookAsync(Session, cancellationToken).ConfigureAwait(false);
        await _dispatch.RunAsync(_strays.IsEmpty && _tails.Count == 0 ? Session : null, cancellationToken).ConfigureAwait(false);
    }
}
