using DeviceHarness.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Orchestrator.Tests.Support;

/// <summary>Messages and packs for tests.</summary>
internal static class Samples
{
    public const string Rig = "bench-01";

    public const string SpareRig = "bench-02";

    public const string SpareEsme = "90-B3-D5-1F-30-00-00-B0";

    public const string Esme = "90-B3-D5-1F-30-00-00-A0";

    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static string Pack(params string[] cases) => $"""
        pack: sample
        title: Cases for the queue
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 15m
        purpose: Shows what the queue does; no device is needed.
        needs:
          esme: ESME
        cases:
        {string.Concat(cases.Select(Case))}
        """;

    public static Device Device(string id = "esme-01", string eui64 = Esme, string firmware = "4.2.0", string type = "ESME") => new()
    {
        Id = id,
        DeviceType = type,
        Eui64 = eui64,
        Profile = "generic-smets1-esme",
        Provenance = new Provenance { Route = Route.LocalSerial, Origin = Origin.Virtual },
        Status = "Commissioned",
        FirmwareVersion = firmware,
        Smets1 = true,
    };

    /// <summary>The hello of a second rig: a meter of the same model, and another one.</summary>
    public static Hello SpareHello(string bootId = "boot-1", Device? device = null, params HeldLease[] held)
    {
        Hello hello = new() { Rig = SpareRig, BootId = bootId, AgentVersion = "1.0", Host = "host" };
        hello.Devices.Add(device ?? Device(eui64: SpareEsme));
        hello.Held.AddRange(held);
        return hello;
    }

    public static Hello Hello(string rig = Rig, string bootId = "boot-1", params HeldLease[] held)
    {
        Hello hello = new() { Rig = rig, BootId = bootId, AgentVersion = "1.0", Host = "host", Devices = { Device() } };
        hello.Held.AddRange(held);
        return hello;
    }

    public static HeldLease Held(Lease lease, bool isRunning, long highWater) => new()
    {
        ExecutionId = lease.ExecutionId,
        Attempt = lease.Attempt,
        LeaseNumber = lease.LeaseNumber,
        JournalHighWater = highWater,
        Running = isRunning,
    };

    public static AttemptEvent Started(Lease lease) => Event(lease, 1, target => target.AttemptStarted = new AttemptStarted
    {
        CaseId = lease.CaseId,
        Title = "A case",
        Provenance = new Provenance { Route = Route.LocalSerial, Origin = Origin.Virtual },
    });

    public static AttemptEvent StepStarted(Lease lease, long sequence, int index = 1) =>
        Event(lease, sequence, target => target.StepStarted = new StepStarted { Index = index, Name = $"step {index}" });

    public static AttemptEvent StepFinished(
        Lease lease, long sequence, int index = 1, Verdict verdict = Verdict.Passed, string srv = "7.4") =>
        Event(lease, sequence, target => target.StepFinished = new StepFinished
        {
            Index = index,
            Name = $"step {index}",
            Verdict = verdict,
            ServiceReferenceVariant = srv,
            AcknowledgementCode = "I99",
            ResponseCode = "I0",
            Elapsed = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(20)),
            Device = "esme-01",
            Latency = new LatencySplit
            {
                Host = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)),
                Line = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(9)),
                Device = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10)),
                Exchanges = 1,
                AssociationOpen = true,
            },
        });

    public static AttemptEvent Evidence(Lease lease, long sequence, byte[] content) =>
        Event(lease, sequence, target => target.EvidenceRecorded = new EvidenceRecorded
        {
            Name = "evidence.json",
            MediaType = "application/json",
            Content = ByteString.CopyFrom(content),
        });

    public static AttemptEvent Firmware(Lease lease, long sequence, string version, string eui64 = Esme) =>
        Event(
            lease,
            sequence,
            target => target.InventoryChanged = new InventoryChanged { Eui64 = eui64, Field = "firmware", Value = version });

    public static AttemptEvent Finished(Lease lease, long sequence, Verdict verdict, string reason = "") =>
        Event(lease, sequence, target => target.AttemptFinished = new AttemptFinished
        {
            Verdict = verdict,
            Reason = reason,
            Elapsed = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(25)),
            OctetsToDevice = 10,
            OctetsFromDevice = 20,
        });

    /// <summary>The events of a whole attempt: start, one step, end.</summary>
    public static AttemptEvent[] Whole(Lease lease, Verdict verdict, string reason = "") =>
        [Started(lease), StepStarted(lease, 2), StepFinished(lease, 3, verdict: verdict), Finished(lease, 4, verdict, reason)];

    private static AttemptEvent Event(Lease lease, long sequence, Action<AttemptEvent> fill)
    {
        AttemptEvent target = new()
        {
            ExecutionId = lease.ExecutionId,
            Attempt = lease.Attempt,
            LeaseNumber = lease.LeaseNumber,
            Sequence = sequence,
            Time = Timestamp.FromDateTimeOffset(Noon),
        };
        fill(target);
        return target;
    }

    private static string Case(string id) => $"""

          - id: {id.TrimEnd('!')}
            title: The case {id.TrimEnd('!')}
            device: esme
            srv: "7.4"
            budget: 60s
            repeat: {(id.EndsWith('!') ? "never" : "allowed")}
            steps:
              - wait: 1ms
        """;
}
