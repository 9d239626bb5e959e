using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Store;
using DeviceHarness.Store.Sqlite;

namespace DeviceHarness.Benchmarks.Store;

/// <summary>What does one event cost the store, durable when the call returns, by the size of the group that it comes in?</summary>
/// <remarks>StepStarted and StepFinished by turns, as attempts send them; each StepFinished makes a row of the step table too. One caller
/// waits for each group before it sends the next. The file is in the system's temporary folder: name its file system beside a figure.
/// </remarks>
[MemoryDiagnoser]
[Description("What does one event cost the store, durable when the call returns, by the size of its group?")]
public class StoreAppend
{
    private const int EventsPerInvoke = 100;
    private const string Rig = "bench-01";

    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1.5);
    private static readonly LatencySplit Latency = new(
        TimeSpan.Zero, Step / 10, Step / 2, Step / 3, TimeSpan.Zero, Exchanges: 2, AssociationOpen: true, TimeSpan.Zero);

    private string _folder = string.Empty;
    private SqliteHarnessStore _store = null!;
    private AttemptKey _attempt;
    private long _sequence;

    /// <summary>How many events are appended by one call; how many are sent by one RPC message is the agent's choice.</summary>
    [Params(1, 10, 100)]
    public int GroupEvents { get; set; }

    // Not async: BenchmarkDotNet 0.14 does not wait for it when it runs in-process.
    [GlobalSetup]
    public void Setup() => OpenAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CloseAsync().GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = EventsPerInvoke)]
    public async Task<long> AppendEvent()
    {
        for (int sent = 0; sent < EventsPerInvoke; sent += GroupEvents)
        {
            SequencedEvent[] group = new SequencedEvent[GroupEvents];
            for (int index = 0; index < group.Length; index++)
            {
                _sequence++;
                group[index] = new SequencedEvent(_attempt, _sequence, EventOf(_sequence));
            }

            IReadOnlyList<AttemptAcknowledgement> answers = await _store.AppendEventsAsync(group, Noon, CancellationToken.None);
            Verify.That(answers is [{ Standing: AttemptStanding.Counted } answer] && answer.HighWater == _sequence);
        }

        return _sequence;
    }

    private async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("deviceharness-bench-store-").FullName;
        _store = await SqliteHarnessStore.OpenAsync(Path.Combine(_folder, "harness.db"), CancellationToken.None);
        Cycle cycle = NewCycle();
        await _store.AddCycleAsync(cycle, [NewExecution(cycle.Id)], CancellationToken.None);
        Lease? lease = await _store.TryLeaseAsync(Rig, Noon, CancellationToken.None);
        Verify.That(lease is not null, "the store gave no lease");
        _attempt = lease!.Attempt;
        _sequence = 1;
        Provenance provenance = new(Route.LocalSerial, Origin.Virtual);
        SequencedEvent started = new(_attempt, _sequence, new AttemptStarted("B-1", "A case", provenance) { Time = Noon });
        await _store.AppendEventsAsync([started], Noon, CancellationToken.None);
    }

    private async Task CloseAsync()
    {
        long kept = await _store.CountEventsAsync(CancellationToken.None);
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Verify.That(kept == _sequence, $"{kept} events kept of {_sequence}");
    }

    private static AttemptEvent EventOf(long sequence)
    {
        int step = (int)(sequence / 2);
        return sequence % 2 == 0
            ? new StepStarted(step, "read the import registers") { Time = Noon }
            : new StepFinished(step, "read the import registers", Verdict.Passed, string.Empty, "4.1.1", "I99", "I0", Step, Latency)
            {
                Time = Noon,
                Device = "esme-01",
            };
    }

    private static Cycle NewCycle()
    {
        InventoryDevice device = new(Eui64.Parse("90-B3-D5-1F-30-00-00-A0"), "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true);
        BenchDevice onBench = new(
            new DeviceId("esme-01"), "ESME", device.DeviceId, "generic-smets1-esme", new Provenance(Route.LocalSerial, Origin.Virtual));
        return new Cycle
        {
            Id = "cycle-1",
            PackName = "empty-steps",
            PackVersion = "1",
            PackHash = new string('0', 64),
            PackText = "pack: empty-steps\n",
            Rig = Rig,
            HarnessVersion = "0.0.0",
            Devices = [new DeviceBaseline(onBench, device)],
            Seed = 0,
            Created = Noon,
        };
    }

    private static Execution NewExecution(string cycleId) => new()
    {
        Id = "execution-1",
        CycleId = cycleId,
        CaseId = "B-1",
        Title = "A case",
        Ordinal = 1,
        RepeatSafety = RepeatSafety.Safe,
        TimeBudget = TimeSpan.FromMinutes(2),
    };
}
