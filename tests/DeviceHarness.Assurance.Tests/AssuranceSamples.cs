using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Assurance.Tests;

/// <summary>Cycles, executions and attempts for tests.</summary>
internal static class AssuranceSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly Provenance Virtual = new(Route.LocalSerial, Origin.Virtual);

    public static readonly Provenance RealDcc = new(Route.Dcc, Origin.Real);

    public static Attempt Attempt(int number, Verdict verdict, string reason = "", bool isSuperseded = false, params Step[] steps) => new()
    {
        Key = new AttemptKey("e1", number, number),
        State = AttemptState.Finished,
        IsSuperseded = isSuperseded,
        Verdict = verdict,
        Reason = reason,
        Started = Noon,
        Elapsed = TimeSpan.FromMilliseconds(1500),
        OctetsToDevice = 12_000,
        OctetsFromDevice = 340,
        Provenance = Virtual,
        Steps = steps,
    };

    public static ExecutionHistory Execution(int ordinal, params Attempt[] attempts) => new(
        new Execution
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"e{ordinal}"),
            CycleId = "c1",
            CaseId = string.Create(CultureInfo.InvariantCulture, $"CASE-{ordinal:00}"),
            Title = "Read the time",
            Ordinal = ordinal,
            TimeBudget = TimeSpan.FromMinutes(1),
        },
        attempts.Length == 0 ? ExecutionState.Queued : ExecutionState.Finished,
        attempts);

    public static ExecutionHistory Ended(int ordinal, Verdict verdict, string reason = "") =>
        Execution(ordinal, Attempt(1, verdict, reason));

    public static ExecutionHistory Descoped(int ordinal, string reason)
    {
        ExecutionHistory execution = Execution(ordinal);
        return execution with { Execution = execution.Execution with { DescopedReason = reason }, State = ExecutionState.Finished };
    }

    public static CycleDetail Cycle(params ExecutionHistory[] executions) => new(
        new Cycle
        {
            Id = "c1",
            PackName = "dmct-smoke",
            PackVersion = "1.0",
            PackHash = new string('a', 64),
            PackText = "name: dmct-smoke\n",
            Rig = "bench-01",
            HarnessVersion = "0.1.0",
            Devices = [Device(Virtual)],
            Seed = 42,
            State = CycleState.Complete,
            Created = Noon,
            Ended = Noon.AddMinutes(1),
        },
        executions);

    /// <summary>A cycle of two cases whose spare rig, with a meter of its own, took over the second after a rig fault.</summary>
    public static CycleDetail Moved()
    {
        ExecutionHistory moved = Execution(
            2,
            Attempt(1, Verdict.Inconclusive, "rig fault: no power") with { Rig = "bench-01", State = AttemptState.Expired },
            Attempt(2, Verdict.Passed, steps: Step("4.1.1", 20)) with { Rig = "bench-02" });
        ExecutionHistory first = Execution(1, Attempt(1, Verdict.Passed, steps: Step("4.1.1", 10)) with { Rig = "bench-01" });
        CycleDetail cycle = Cycle(first, moved);
        DeviceBaseline device = Device(Virtual);
        device = device with { Device = device.Device with { Eui64 = Eui64.Parse("90-B3-D5-1F-30-00-00-B0") } };
        return cycle with { Cycle = cycle.Cycle with { Spares = [new SpareRig("bench-02", [device], ["CASE-01", "CASE-02"])] } };
    }

    public static CycleIssue Issue(ExecutionHistory execution, string text = "SupplyState is Disabled", string id = "TI-0001")
    {
        Fingerprint fingerprint = new(text, text, text, text, text, text);
        IssueSighting sighting = new(
            id, "c1", execution.Execution.CaseId, new AttemptKey(execution.Execution.Id, 1, 1), Step: 2, IsFirst: true, text, Noon,
            Origin.Virtual, "beef", fingerprint);
        TestingIssue issue = new()
        {
            Id = id,
            Title = text,
            Description = text,
            State = IssueState.New,
            Facts = new IssueFacts { Effect = EffectAchieved.No, EffectSource = text },
            Raised = Noon,
            LastSeen = Noon,
            Sightings = 1,
        };
        return new CycleIssue(issue, IsNew: true, [sighting])
        {
            Exchange = new FailingExchange(2, text, [$"> 7E A0 {text}"], [text], LeftOut: 3),
        };
    }

    public static DeviceBaseline Device(Provenance provenance)
    {
        InventoryDevice row = new(Eui64.Parse("90-B3-D5-1F-30-00-00-A0"), "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true);
        return new DeviceBaseline(new BenchDevice(new DeviceId("esme-01"), "ESME", row.DeviceId, "generic-smets1-esme", provenance), row);
    }

    public static Step Step(string variant, int totalTenths, string device = "esme-01", int exchanges = 1, int connectMs = 0) => new(
        1, "read", Verdict.Passed, "", variant, device, "I99", "I0", TimeSpan.FromMilliseconds(totalTenths),
        new LatencySplit(
            TimeSpan.FromMilliseconds(totalTenths * 0.1), TimeSpan.FromMilliseconds(totalTenths * 0.2),
            TimeSpan.FromMilliseconds(totalTenths * 0.3), TimeSpan.FromMilliseconds(totalTenths * 0.4),
            TimeSpan.FromMilliseconds(connectMs), exchanges, AssociationOpen: true, TimeSpan.Zero));
}
