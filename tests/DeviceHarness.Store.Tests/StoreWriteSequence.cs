using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.TestKit;

namespace DeviceHarness.Store.Tests;

/// <summary>A seeded sequence of writes of every kind, over many cycles on two rigs.</summary>
internal sealed class StoreWriteSequence(int seed)
{
    /// <summary>Every kind of write that may move a total.</summary>
    public static readonly string[] Kinds =
    [
        "add", "refused add", "lease", "decline", "release", "complete", "expire", "repeat", "cancel", "void", "start", "finish",
        "superseded event", "late result", "stop", "release rig", "return rig", "withdraw",
    ];

    private const int MostCycles = 14;

    private static readonly Verdict[] Verdicts = [.. Enum.GetValues<Verdict>().Where(verdict => verdict != Verdict.NotRun)];
    private static readonly Verdict[] EachEnding = [.. Verdicts.Where(StopRule.IsAllowed)];
    private static readonly string[] Rigs = [StoreSamples.Rig, "bench-02"];

    private readonly Random _random = new(seed);
    private readonly List<string> _cycles = [];
    private readonly List<string> _executions = [];
    private readonly List<Known> _attempts = [];
    private DateTimeOffset _now = StoreSamples.Noon;

    /// <summary>The kinds of write that changed something so far.</summary>
    public HashSet<string> Effective { get; } = [];

    /// <summary>Makes the next write.</summary>
    /// <returns>What it was.</returns>
    public async Task<string> WriteOneAsync(IHarnessStore store)
    {
        if (_cycles.Count < 3)
        {
            return await AddAsync(store);
        }

        return _random.Next(100) switch
        {
            < 6 => _cycles.Count < MostCycles ? await AddAsync(store) : await LeaseAsync(store),
            < 8 => await RefusedAddAsync(store),
            < 30 => await LeaseAsync(store),
            < 65 => await AppendAsync(store),
            < 71 => await ExpireAsync(store),
            < 79 => Note("decline", await store.DeclineLeaseAsync(Newest(), _now, CancellationToken.None).DefaultTimeout()),
            < 85 => Note(
                "release", await store.ReleaseLeaseAsync(Newest(), "operator", _now, CancellationToken.None).DefaultTimeout() is not null),
            < 86 => Note(
                "complete",
                await store.CompleteAttemptAsync(Newest(), StoreSamples.Finished(Any(Verdicts)), _now, CancellationToken.None)
                    .DefaultTimeout() != AttemptEnding.Rejected),
            < 92 => Note("repeat", await store.RepeatExecutionAsync(Any(_executions), CancellationToken.None).DefaultTimeout()),
            < 95 => await ReleaseRigAsync(store),
            < 96 => await ReturnRigAsync(store),
            < 98 => Note(
                "withdraw",
                await store.WithdrawSpareAsync(Any(_cycles), Any(Rigs), CancellationToken.None).DefaultTimeout()),
            < 99 => Note(
                "cancel",
                await store.CancelCycleAsync(Any(_cycles), "operator", _now, CancellationToken.None).DefaultTimeout() is not null),
            _ => Note(
                "void",
                await store.VoidCycleAsync(Any(_cycles), "firmware", _now, CancellationToken.None).DefaultTimeout() is not null),
        };
    }

    private async Task<string> AddAsync(IHarnessStore store)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"c{_cycles.Count + 1}");
        Execution[] executions =
        [
            .. Enumerable.Range(1, _random.Next(1, 7)).Select(ordinal => StoreSamples.Execution(
                id, ordinal, _random.Next(4) == 0 ? RepeatSafety.Unsafe : RepeatSafety.Safe, _random.Next(5) == 0 ? "agreed" : "")),
        ];
        Cycle cycle = StoreSamples.Cycle(id, Any(Rigs)) with { Submission = id };
        cycle = cycle with
        {
            StopRules = _random.Next(3) == 0 ? [.. EachEnding.Select(verdict => new StopRule(verdict, 1))] : [],
            Spares = _random.Next(2) == 0 ? [SpareOf(cycle, executions)] : [],
        };
        await store.AddCycleAsync(cycle, executions, CancellationToken.None).DefaultTimeout();
        _cycles.Add(id);
        _executions.AddRange(executions.Select(execution => execution.Id));
        return Note("add", true);
    }

    private async Task<string> RefusedAddAsync(IHarnessStore store)
    {
        Execution[] taken = [StoreSamples.Execution("fresh", 1), StoreSamples.Execution("fresh", 1)];
        try
        {
            await store.AddCycleAsync(StoreSamples.Cycle("fresh"), taken, CancellationToken.None).DefaultTimeout();
            return "an add that should be refused";
        }
        catch (StoreException)
        {
            return Note("refused add", true);
        }
    }

    private async Task<string> LeaseAsync(IHarnessStore store)
    {
        Lease? lease = await store.TryLeaseAsync(Any(Rigs), _now, CancellationToken.None).DefaultTimeout();
        if (lease is not null)
        {
            _attempts.Add(new Known(lease.Attempt));
        }

        return Note("lease", lease is not null);
    }

    private static SpareRig SpareOf(Cycle cycle, Execution[] executions) => new(
        Rigs.Single(rig => rig != cycle.Rig), cycle.Devices, [.. executions.Skip(1).Select(execution => execution.CaseId)]);

    private async Task<string> ReleaseRigAsync(IHarnessStore store)
    {
        IReadOnlyList<ExpiredLease> ended =
            await store.ReleaseRigAsync(Any(Rigs), "operator", _now, CancellationToken.None).DefaultTimeout();
        _attempts.FindAll(known => ended.Any(lease => lease.Attempt == known.Key)).ForEach(known => known.IsLost = true);
        return Note("release rig", ended.Count > 0);
    }

    private async Task<string> ReturnRigAsync(IHarnessStore store)
    {
        await store.ReturnRigAsync(Any(Rigs), CancellationToken.None).DefaultTimeout();
        return Note("return rig", true);
    }

    private async Task<string> ExpireAsync(IHarnessStore store)
    {
        _now += StoreSamples.Budget + LeaseRule.Grace;
        IReadOnlyList<ExpiredLease> expired = await store.RequeueExpiredAsync(_now, CancellationToken.None).DefaultTimeout();
        _attempts.FindAll(known => expired.Any(lease => lease.Attempt == known.Key)).ForEach(known => known.IsLost = true);
        Note("stop", expired.Any(lease => lease.IsStopRuleMet));
        return Note("expire", expired.Count > 0);
    }

    // Mostly of the newest attempts, sometimes of any: late, superseded, declined and finished ones too.
    private async Task<string> AppendAsync(IHarnessStore store)
    {
        if (_attempts.Count == 0)
        {
            return "nothing";
        }

        Known attempt = _random.Next(3) == 0 ? Any(_attempts) : Any(_attempts.TakeLast(2).ToArray());
        bool isStart = attempt.HighWater == 0;
        AttemptEvent next = isStart ? StoreSamples.Started() : StoreSamples.Finished(Any(Verdicts));
        AttemptAcknowledgement mark = (await store.AppendEventsAsync(
            StoreSamples.SequenceFrom(attempt.Key, attempt.HighWater + 1, next), _now, CancellationToken.None).DefaultTimeout()).Single();
        bool isKept = mark.HighWater > attempt.HighWater;
        Note("stop", mark.IsStopRuleMet);
        attempt.HighWater = mark.HighWater;
        string kind = mark.Standing switch
        {
            AttemptStanding.Superseded => "superseded event",
            AttemptStanding.Counted when attempt.IsLost && !isStart => "late result",
            _ => isStart ? "start" : "finish",
        };
        return Note(kind, isKept);
    }

    private AttemptKey Newest() => _attempts.Count > 0 ? _attempts[^1].Key : new AttemptKey("none-1", 1, 1);

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private string Note(string kind, bool isEffective)
    {
        if (isEffective)
        {
            Effective.Add(kind);
        }

        return isEffective ? kind : $"{kind}, without effect";
    }

    private sealed class Known(AttemptKey key)
    {
        public AttemptKey Key => key;

        public long HighWater { get; set; }

        public bool IsLost { get; set; }
    }
}
