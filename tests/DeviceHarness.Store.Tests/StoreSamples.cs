using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Store.Tests;

/// <summary>Cycles and events for tests.</summary>
internal static class StoreSamples
{
    public const string Rig = "bench-01";

    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);

    public static readonly Provenance Virtual = new(Route.LocalSerial, Origin.Virtual);

    public static readonly InventoryDevice Esme = new(
        Eui64.Parse("90-B3-D5-1F-30-00-00-A0"), "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true);

    public static readonly DeviceBaseline Baseline = new(
        new BenchDevice(new DeviceId("esme-01"), "ESME", Esme.DeviceId, "generic-smets1-esme", Virtual), Esme);

    public static readonly LatencySplit Latency = new(
        TimeSpan.FromTicks(11), TimeSpan.FromTicks(22), TimeSpan.FromTicks(33), TimeSpan.FromTicks(44), TimeSpan.FromTicks(55),
        Exchanges: 6, AssociationOpen: true, TimeSpan.FromTicks(77));

    public static Cycle Cycle(string id, string rig = Rig) => new()
    {
        Id = id,
        PackName = "dmct-smoke",
        PackVersion = "1.0",
        PackHash = new string('a', 64),
        PackText = "name: dmct-smoke\n",
        Rig = rig,
        HarnessVersion = "0.1.0",
        Devices = [Baseline],
        Seed = -42,
        Created = Noon,
    };

    public static Execution Execution(string cycleId, int ordinal, RepeatSafety safety = RepeatSafety.Safe, string descoped = "") => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{cycleId}-{ordinal}"),
        CycleId = cycleId,
        CaseId = string.Create(CultureInfo.InvariantCulture, $"CASE-{ordinal:00}"),
        Title = "A case",
        Ordinal = ordinal,
        RepeatSafety = safety,
        TimeBudget = Budget,
        DescopedReason = descoped,
    };

    /// <summary>An execution on some devices.</summary>
    public static Execution On(string cycleId, int ordinal, params string[] devices) =>
        Execution(cycleId, ordinal) with { Devices = [.. devices] };

    public static AttemptStarted Started(Origin origin = Origin.Virtual) =>
        new("CASE-01", "A case", new Provenance(Route.LocalSerial, origin)) { Time = Noon };

    public static StepFinished Step(int index) => new(
        index, "read time", Verdict.Passed, string.Empty, "4.1.1", "I99", "I0", TimeSpan.FromTicks(99), Latency)
    { Time = Noon, Device = "esme-01" };

    public static AttemptFinished Finished(Verdict verdict, string reason = "") =>
        new(verdict, reason, TimeSpan.FromMilliseconds(1500), OctetsToDevice: 120, OctetsFromDevice: 340) { Time = Noon };

    public static EvidenceRecorded Evidence(string name, params byte[] content) => new(name, "application/json", content) { Time = Noon };

    public static SequencedEvent[] Sequence(AttemptKey attempt, params AttemptEvent[] events) => SequenceFrom(attempt, 1, events);

    public static SequencedEvent[] SequenceFrom(AttemptKey attempt, long first, params AttemptEvent[] events) =>
        [.. events.Select((next, index) => new SequencedEvent(attempt, first + index, next))];
}
