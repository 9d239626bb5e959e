using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using Attempt = DeviceHarness.Assurance.Cycles.Attempt;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>One End of Cycle run of a hundred cases on two virtual meters: the first rotates its Management Key unconfirmed (110031), the
/// second may be one whose acknowledgements come late now and then (110029).</summary>
internal sealed class AclaraCycle
{
    /// <summary>The meter that both cycles use.</summary>
    public const string Common = "esme-01";

    private const int OnCommon = 59;
    private const int OnSecond = 40;

    private static readonly string[] Srvs = ["4.1.1", "7.4", "11.2"];

    private static readonly Provenance Virtual = new(Route.LocalSerial, Origin.Virtual);

    private AclaraCycle(CycleDetail detail, IReadOnlyList<InjectedFault> late, int unconfirmed, IReadOnlyDictionary<string, string> issues)
    {
        Detail = detail;
        Late = late;
        Unconfirmed = unconfirmed;
        Issues = issues;
    }

    /// <summary>The cycle as reports and comparisons take it.</summary>
    public CycleDetail Detail { get; }

    /// <summary>The simulated service's own log: the requests whose acknowledgement it delayed.</summary>
    public IReadOnlyList<InjectedFault> Late { get; }

    /// <summary>The virtual meter's own count of rotations that it carried out and did not confirm before KEY-02 asked again.</summary>
    public int Unconfirmed { get; }

    /// <summary>The known issue that each failed case was found to be, by case.</summary>
    public IReadOnlyDictionary<string, string> Issues { get; }

    /// <summary>The pack, which is the same for both cycles: its roles are bound by the rig's order.</summary>
    public static TestPack Pack { get; } = LoadPack();

    /// <summary>Runs a cycle.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="folder">A data folder of its own.</param>
    /// <param name="second">The name of the second meter.</param>
    /// <param name="lateSeed">The seed of its late acknowledgements; null when it has none.</param>
    public static async Task<AclaraCycle> RunAsync(string id, string folder, string second, int? lateSeed)
    {
        RigConfiguration rig = RigConfigurationReader.Parse(RigText(second), Path.Combine(RepositoryRoot.Path, "rig.yaml"));
        string[] defects = lateSeed is { } seed
            ? [string.Create(CultureInfo.InvariantCulture, $"{second}:late-acknowledgement:share=0.075,delay=7m,seed={seed}")]
            : [];
        await using SelfTestRig bench = new(new SelfTestBench(rig), defects, planted: null, folder);
        bench.Meters[Common].Defects = EsmeDefects.UnconfirmedKeyRotation;
        IssueJournal journal = new();
        List<ExecutionHistory> executions = [];
        foreach (TestCase testCase in Pack.Cases)
        {
            journal.Case = testCase.Id;
            AttemptResult result = await bench.RunAsync(Pack, testCase, journal, CancellationToken.None).DefaultTimeout();
            executions.Add(Execution(id, executions.Count + 1, testCase, result, testCase.Device == "first" ? Common : second));
        }

        return new AclaraCycle(
            new CycleDetail(Cycle(id, rig), executions), bench.Injected, bench.Meters[Common].UnconfirmedRotations, journal.Issues);
    }

    private static TestPack LoadPack()
    {
        PackBundle bundle = new(PackText(), "eoc-aclara");
        bundle.Add("key-rotation", PackLibrary.Find("key-rotation")!.Text);
        return PackLoader.Load(bundle.Text, "eoc-aclara");
    }

    private static string PackText()
    {
        string rows = string.Join(
            "\n", Enumerable.Range(1, OnCommon + OnSecond).Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                  - id: ACK-{{row:00}}
                    title: The log of {{Srvs[row % Srvs.Length]}} reaches Complete
                    device: {{(row <= OnCommon ? "first" : "second")}}
                    srv: "{{Srvs[row % Srvs.Length]}}"
                    steps:
                      - request: { srv: "{{Srvs[row % Srvs.Length]}}" }
                      - status-log: Complete
                        repeat: { until: met, every: 1s, within: 2s }
                    signature: { issue: 110029, when: [ met 1, missed 2 ] }
                """)));
        return $$"""
            pack: eoc-aclara
            title: An End of Cycle run of a hundred cases
            version: "1.0"
            kind: migration
            owner: DeviceHarness
            budget: 2h
            purpose: The worked example of 110029 and 110031.
            needs:
              first: { type: ESME, device: {{Common}}, facts: [ key-rotation ] }
              second: { type: ESME }
            cases:
              - { include: key-rotation, only: [ KEY-02 ], needs: { esme: first } }
            {{rows}}
            """;
    }

    private static string RigText(string second) => $$"""
        rig: aclara
        users: { IS: 90-B3-D5-1F-30-01-00-01, OU: 90-B3-D5-1F-30-01-00-04 }
        devices:
          {{Common}}:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-B0
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme-secured.yaml }
            keys:
              encryption-key: test:5A6B1C0D2E3F48596A7B8C9DAEBFC0D1
              authentication-key: test:A7B6C5D4E3F20112233445566778899A
              master-key: test:1C2D3E4F5A6B7C8D9EAFB0C1D2E3F405
            overrides:
              association: { mechanism: hls-gmac, context: ln-ciphered, wrapper: general, client-title: "4448480000000001",
                server-title: "4448560000000009", attempt-limit: 3, lock-time: 10m }
            facts: { key-rotation: possible }
          {{second}}:
            type: ESME
            eui64: {{Identifier(second)}}
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme-02.yaml }
        """;

    private static string Identifier(string device) => $"90-B3-D5-1F-30-00-00-{device[^2..].ToUpperInvariant()}";

    private static Cycle Cycle(string id, RigConfiguration rig) => new()
    {
        Id = id,
        PackName = Pack.Name,
        PackVersion = Pack.Version,
        PackHash = Pack.Hash,
        PackText = Pack.Text,
        Rig = rig.Name,
        HarnessVersion = "0.1.0",
        Devices =
        [
            .. rig.Devices.Select(device => new DeviceBaseline(
                new BenchDevice(device.Id, device.DeviceType, device.Eui64, device.Profile, Virtual), device.InventoryRow)),
        ],
        Seed = 1,
        State = CycleState.Complete,
        Created = JumpingClock.Beginning,
        Ended = JumpingClock.Beginning.AddHours(1),
    };

    private static ExecutionHistory Execution(string cycle, int ordinal, TestCase testCase, AttemptResult result, string device)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{cycle}-{ordinal}");
        return new ExecutionHistory(
            new Execution
            {
                Id = id,
                CycleId = cycle,
                CaseId = testCase.Id,
                Title = testCase.Title,
                Ordinal = ordinal,
                TimeBudget = testCase.Budget,
            },
            ExecutionState.Finished,
            [
                new Attempt
                {
                    Key = new AttemptKey(id, 1, 1),
                    State = AttemptState.Finished,
                    Verdict = result.Verdict,
                    Reason = result.Reason,
                    Provenance = result.Provenance,
                    Steps =
                    [
                        .. result.Steps.Select(step => new Step(
                            step.Index, step.Name, step.Verdict, step.Reason, testCase.ServiceReferenceVariant, device, string.Empty,
                            string.Empty, step.Elapsed, null)),
                    ],
                },
            ]);
    }

    private sealed class IssueJournal : IAttemptJournal
    {
        public Dictionary<string, string> Issues { get; } = [];

        public string Case { get; set; } = string.Empty;

        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
        {
            if (attemptEvent is AttemptFinished { Issue.KnownIssue: { } known })
            {
                Issues[Case] = known;
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
