using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;
using Microsoft.Extensions.Logging;
using AttemptFinished = DeviceHarness.Abstractions.Execution.AttemptFinished;
using AttemptStarted = DeviceHarness.Abstractions.Execution.AttemptStarted;
using Verdict = DeviceHarness.Abstractions.Execution.Verdict;

namespace DeviceHarness.Agent.Session;

/// <summary>Runs leased executions in the order in which they came, whether or not the orchestrator can be reached. Where the rig allows
/// it, one on devices that share nothing with those in front of it runs beside them.</summary>
internal sealed class LeaseWorker
{
    /// <summary>The most leases that wait on a rig: far more than an orchestrator hands out ahead.</summary>
    public const int MaximumWaitingLeases = 64;

    /// <summary>How long the worker waits before it looks again whether a disk that refused a journal takes it.</summary>
    public static readonly TimeSpan MendInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<Lease> _leases = Channel.CreateBounded<Lease>(MaximumWaitingLeases);
    private readonly Channel<LeaseDeclined> _declined = Channel.CreateBounded<LeaseDeclined>(
        new BoundedChannelOptions(MaximumWaitingLeases) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ConcurrentDictionary<long, LeaseState> _held = new();
    private readonly ConcurrentDictionary<string, TestPack> _packs = [];
    private readonly PackRunner _runner = new();
    private readonly RigBench _bench;
    private readonly JournalFolder _journals;
    private readonly bool _allowIrreversible;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private string? _closedBecause;

    public LeaseWorker(RigBench bench, JournalFolder journals, bool allowIrreversible, TimeProvider time, ILogger log)
    {
        _bench = bench;
        _journals = journals;
        _allowIrreversible = allowIrreversible;
        _time = time;
        _log = log;
    }

    /// <summary>The leases that wait or run.</summary>
    public IReadOnlyCollection<AttemptKey> Held => [.. _held.Values.Select(state => state.Key)];

    /// <summary>Why no lease is taken any more; null while leases are taken. From any thread.</summary>
    public string? ClosedBecause => Volatile.Read(ref _closedBecause);

    /// <summary>Leases that were let go of before they began, because a port was missing or the agent stops; what is not read before a
    /// connection ends is told by the next hello.</summary>
    public ChannelReader<LeaseDeclined> Declined => _declined.Reader;

    /// <summary>Takes a lease; one that is already held is taken again without a second run.</summary>
    /// <remarks>One caller at a time.</remarks>
    /// <returns>Null when it was taken; otherwise why not.</returns>
    public string? TryTake(Lease lease)
    {
        AttemptKey key = KeyOf(lease);
        if (_journals.Holds(key) || _held.ContainsKey(lease.LeaseNumber))
        {
            return null;
        }

        if (ClosedBecause is { } closed)
        {
            return closed;
        }

        if (_held.Count >= MaximumWaitingLeases)
        {
            return $"{MaximumWaitingLeases} leases already wait on this rig";
        }

        try
        {
            // Begun before it is taken: a lease whose events cannot be kept goes back to the queue at once. Rows that come while other
            // attempts are held, or their events are not acknowledged, are older than what those attempts changed.
            bool hasFreshRows = _held.IsEmpty && _journals.Backlog == 0;
            _held[lease.LeaseNumber] = new LeaseState(key, _journals.Begin(key), hasFreshRows);
        }
        catch (TransportException exception)
        {
            AgentLog.JournalFailed(_log, lease.LeaseNumber, exception);
            return exception.Message;
        }

        AgentLog.LeaseTaken(_log, lease.LeaseNumber, lease.ExecutionId, lease.CaseId, lease.Attempt);
        return _leases.Writer.TryWrite(lease) ? null : throw new UnreachableException("the queue has room for every lease that is held");
    }

    /// <summary>Stops a lease that runs, and lets go of one that waits.</summary>
    /// <param name="leaseNumber">The lease.</param>
    /// <param name="reason">Why.</param>
    /// <param name="onlyWaiting">Whether one that runs goes on.</param>
    /// <returns>The lease that was let go of: it never began, and its orchestrator is to be told so; null when there is none.</returns>
    public async Task<AttemptKey?> CancelAsync(long leaseNumber, string reason, bool onlyWaiting = false)
    {
        if (!_held.TryGetValue(leaseNumber, out LeaseState? state))
        {
            return null;
        }

        if (!onlyWaiting)
        {
            state.Cancel(reason);
        }

        if (!state.TryLetGo())
        {
            return null;
        }

        await _journals.DropAsync(state.Key).ConfigureAwait(false);
        Forget(leaseNumber);
        return state.Key;
    }

    /// <summary>Lets go of every lease that waits, so that its orchestrator need not wait for its end; none is taken any more.</summary>
    /// <param name="reason">Why; told for each of them.</param>
    /// <returns>Whether any lease waited.</returns>
    public async Task<bool> CloseAsync(string reason)
    {
        Volatile.Write(ref _closedBecause, reason);
        bool hasWaited = false;
        foreach ((long leaseNumber, LeaseState state) in _held.Where(held => held.Value.TryLetGo()))
        {
            await _journals.DropAsync(state.Key).ConfigureAwait(false);
            Forget(leaseNumber);
            hasWaited |= _declined.Writer.TryWrite(
                new LeaseDeclined { LeaseNumber = leaseNumber, ExecutionId = state.Key.ExecutionId, Reason = reason });
        }

        _ = _declined.Writer.TryComplete();
        return hasWaited;
    }

    /// <summary>Runs leases until cancelled; the running cases are then ended and journaled before this returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        LeaseQueue queue = new(_bench.Parallel);
        try
        {
            // What an earlier process owed: it may have been killed between a command and its undo.
            await SettleAsync(null, cancellationToken).ConfigureAwait(false);
            Task<bool> more = _leases.Reader.WaitToReadAsync(cancellationToken).AsTask();
            while (true)
            {
                // What is in the queue comes without a look at the token: a case that begins now would spend an attempt on nothing.
                cancellationToken.ThrowIfCancellationRequested();
                queue.Begin((lease, held) => RunAsync(lease, held, cancellationToken));
                await Task.WhenAny([more, .. queue.Running]).ConfigureAwait(false);
                await queue.TakeOutEndedAsync().ConfigureAwait(false);
                if (more.IsCompleted)
                {
                    _ = await more.ConfigureAwait(false);
                    while (_leases.Reader.TryRead(out Lease? lease))
                    {
                        queue.Add(lease, DevicesOf(lease), _bench.HoldOf);
                    }

                    more = _leases.Reader.WaitToReadAsync(cancellationToken).AsTask();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The agent stops: what was running is journaled, what waited never began.
        }
        finally
        {
            await Task.WhenAll(queue.Running).ConfigureAwait(false);
        }
    }

    /// <summary>Runs one lease, unless it was let go of, and puts back what it changed.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="devices">The devices that it holds; null for all of the rig.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private async Task RunAsync(Lease lease, IReadOnlyList<DeviceId>? devices, CancellationToken cancellationToken)
    {
        if (!_held.TryGetValue(lease.LeaseNumber, out LeaseState? state)
            || await DeclinesAsync(lease, state).ConfigureAwait(false)
            || !state.TryBegin())
        {
            return;
        }

        try
        {
            await RunLeaseAsync(lease, state, devices, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // However the case ended, and also when the agent stops.
            await SettleAsync(devices, CancellationToken.None).ConfigureAwait(false);
            Forget(lease.LeaseNumber);
        }
    }

    /// <summary>The devices of a case; null where it may touch any: its pack is not to be read, a device is missing, or one of its steps is
    /// somebody else's code.</summary>
    private List<DeviceId>? DevicesOf(Lease lease)
    {
        if (_bench.Parallel == 1)
        {
            return null;
        }

        try
        {
            return PackOf(lease).Cases.FirstOrDefault(candidate => candidate.Id == lease.CaseId) is { } testCase
                && DeviceBindings.TryBind(testCase, _bench.Devices, out DeviceBindings bindings, out _)
                && !testCase.Steps.Concat(testCase.Cleanup).Any(step => step is CustomStep)
                    ? [.. bindings.ByRole.Values.Select(device => device.Id)]
                    : null;
        }
        catch (ConfigurationException)
        {
            // The attempt meets the same fault and ends with it.
            return null;
        }
    }

    /// <summary>Lets go of a lease when a port is missing that was there before: the bench is at fault, and no attempt is to be spent on
    /// it.</summary>
    private async Task<bool> DeclinesAsync(Lease lease, LeaseState state)
    {
        if (!_bench.HadAllPortsOpen || await _bench.FindPortFaultAsync().ConfigureAwait(false) is not { } fault || !state.TryLetGo())
        {
            return false;
        }

        await _journals.DropAsync(state.Key).ConfigureAwait(false);
        Forget(lease.LeaseNumber);
        _declined.Writer.TryWrite(
            new LeaseDeclined { LeaseNumber = lease.LeaseNumber, ExecutionId = lease.ExecutionId, Reason = fault });
        return true;
    }

    private Task SettleAsync(IReadOnlyList<DeviceId>? devices, CancellationToken cancellationToken) => (_bench.Undo, devices) switch
    {
        (null, _) => Task.CompletedTask,
        ({ } undo, null) => undo.SettleAsync(cancellationToken),
        ({ } undo, _) => undo.SettleAsync([.. devices.Select(device => device.Value)], cancellationToken),
    };

    /// <summary>Tries again what was tried in vain for the devices of a case: one that answers by now need not block it.</summary>
    private async Task RetryAsync(TestPack pack, TestCase testCase, CancellationToken cancellationToken)
    {
        if (_bench.Undo is { IsOwing: true } undo)
        {
            _ = DeviceBindings.TryBind(testCase, _bench.Devices, out DeviceBindings bindings, out _);
            await undo.RetryAsync([.. bindings.ByRole.Values.Select(device => device.Id.Value)], cancellationToken).ConfigureAwait(false);
        }
    }

    private static AttemptKey KeyOf(Lease lease) => new(lease.ExecutionId, lease.Attempt, lease.LeaseNumber);

    private async Task RunLeaseAsync(
        Lease lease, LeaseState state, IReadOnlyList<DeviceId>? devices, CancellationToken cancellationToken)
    {
        AttemptJournal journal = state.Journal;
        using CancellationTokenSource running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, state.Token);
        try
        {
            TestPack pack = PackOf(lease);
            TestCase testCase = pack.Cases.FirstOrDefault(candidate => candidate.Id == lease.CaseId)
                ?? throw new ConfigurationException("PACK-090", lease.PackName, 0, 0, "case", $"'{lease.CaseId}'", "a case of the pack");
            _bench.Progress.Begin(state.Key);
            _bench.BeginAttempt($"{lease.CaseId} ({lease.ExecutionId}, attempt {lease.Attempt})");
            _bench.TakeInventory(lease.Devices, state.HasFreshRows);
            await RetryAsync(pack, testCase, running.Token).ConfigureAwait(false);
            RunOptions options = new()
            {
                Time = _bench.Time,
                Seed = lease.Seed,
                HarnessVersion = AgentVersion.Text,
                AllowIrreversible = _allowIrreversible || lease.IrreversibleAllowedBy.Length > 0,
                FirmwareRegister = _bench.FirmwareRegister,
                CancellationReason = () => state.Reason,
                QuarantineOf = device => _bench.Undo?.QuarantineOf(device.Id.Value),
                WearLeftOf = device => _bench.Wear?.LeftOf(device.Id),
            };
            AttemptResult result =
                await _runner.RunCaseAsync(pack, testCase, _bench, journal, options, running.Token).ConfigureAwait(false);
            _bench.EndAttempt(devices ?? [.. _bench.Devices.Select(device => device.Id)]);
            AgentLog.CaseEnded(_log, lease.CaseId, result.Verdict);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The edge of the lease: whatever a case throws ends this attempt, and never the agent and the leases behind it.
            AgentLog.LeaseFailed(_log, lease.LeaseNumber, exception);
            _bench.AbandonAttempt();
            await EndAttemptAsync(lease, journal, state, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndAttemptAsync(
        Lease lease, AttemptJournal journal, LeaseState state, Exception exception, CancellationToken cancellationToken)
    {
        try
        {
            for (AttemptJournal target = journal; !await TryEndAsync(lease, target, state, exception).ConfigureAwait(false);)
            {
                // No case begins while nothing can be kept of it; the next start closes the attempt when this one is stopped.
                do
                {
                    await Task.Delay(MendInterval, _time, cancellationToken).ConfigureAwait(false);
                }
                while (_journals.Probe() is not null);
                target = await _journals.ReopenAsync(state.Key).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is TransportException or OperationCanceledException)
        {
            AgentLog.JournalFailed(_log, lease.LeaseNumber, fault);
        }
    }

    private async Task<bool> TryEndAsync(Lease lease, AttemptJournal journal, LeaseState state, Exception exception)
    {
        bool isBench = exception is TransportException or OperationCanceledException;
        string reason = state.Reason.Length > 0 ? state.Reason : exception.Message;
        try
        {
            // What the runner appended last may still wait for its group: without this, an attempt could begin twice.
            await journal.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            DateTimeOffset now = _bench.Time.GetUtcNow();
            if (journal.IsFinished)
            {
                return true;
            }

            if (journal.FlushedSequence == 0)
            {
                AttemptStarted started = new(lease.CaseId, lease.CaseId, _bench.Provenance) { Time = now };
                await journal.AppendAsync(started, CancellationToken.None).ConfigureAwait(false);
            }

            AttemptFinished finished = new(isBench ? Verdict.Inconclusive : Verdict.Error, reason, TimeSpan.Zero, 0, 0) { Time = now };
            await journal.AppendAsync(finished, CancellationToken.None).ConfigureAwait(false);
            await journal.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (TransportException journalFault)
        {
            AgentLog.JournalFailed(_log, lease.LeaseNumber, journalFault);
            return false;
        }
    }

    private TestPack PackOf(Lease lease)
    {
        if (_packs.TryGetValue(lease.PackHash, out TestPack? known))
        {
            return known;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(lease.PackText.Span));
        if (hash != lease.PackHash)
        {
            throw new ConfigurationException(
                "PACK-091", lease.PackName, 0, 0, "pack", $"a text with the hash {hash}", $"the frozen pack, hash {lease.PackHash}");
        }

        TestPack pack = PackLoader.Load(lease.PackText.ToStringUtf8(), lease.PackName);
        _packs[hash] = pack;
        return pack;
    }

    private void Forget(long leaseNumber)
    {
        if (_held.TryRemove(leaseNumber, out LeaseState? state))
        {
            state.Dispose();
        }
    }

    /// <summary>A lease on this rig.</summary>
    private sealed class LeaseState(AttemptKey key, AttemptJournal journal, bool hasFreshRows) : IDisposable
    {
        private const int Waiting = 0;
        private const int Begun = 1;
        private const int LetGo = 2;

        private readonly CancellationTokenSource _cancelled = new();
        private int _stage = Waiting;

        public AttemptKey Key { get; } = key;

        public AttemptJournal Journal { get; } = journal;

        public bool HasFreshRows => hasFreshRows;

        public string Reason { get; private set; } = string.Empty;

        public CancellationToken Token => _cancelled.Token;

        public bool TryBegin() => Interlocked.CompareExchange(ref _stage, Begun, Waiting) == Waiting;

        public bool TryLetGo() => Interlocked.CompareExchange(ref _stage, LetGo, Waiting) == Waiting;

        public void Cancel(string reason)
        {
            Reason = reason;
            try
            {
                _cancelled.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The lease ended in this very moment: there is nothing left to stop.
            }
        }

        public void Dispose() => _cancelled.Dispose();
    }
}
