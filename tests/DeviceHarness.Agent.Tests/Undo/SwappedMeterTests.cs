using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>A meter that is swapped behind the probe between two steps of a case: nothing on the port shows it, and the next command finds
/// it out.</summary>
public sealed class SwappedMeterTests : IDisposable
{
    private const string Identity = "0000600100FF";
    private const string Covers = "tamper: [ { via: virtual, device: esme-01 } ]";
    private const string Pack = """
        pack: swap
        title: Commands before and after a swap
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows that nothing is written to another meter.
        needs:
          esme: ESME
        cases:
          - id: TWICE
            title: disables the supply and enables it
            device: esme
            srv: "7.2"
            steps:
              - request: { srv: "7.2" }
              - request: { srv: "7.1" }
        """;

    // One for all attempts: the service refuses a counter that it has seen.
    private static readonly PackRunner Runner = new();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_next_command_goes_to_nobody_and_the_case_is_blocked()
    {
        JumpingClock clock = new();
        CommandList first = new();
        CommandList second = new();
        SwappingDevice meters = new(Meter("esme.yaml", clock, first), Meter("esme-02.yaml", clock, second));
        first.Appended = command => meters.IsSwapped |= command.Service == "ACTION";
        await using RigBench bench = Bench(meters, clock);

        AttemptResult result = await RunAsync(bench, clock);

        result.Verdict.Should().Be(Verdict.Blocked, result.Reason);
        result.Reason.Should().Contain("the rig file names 26E0000001, the device says that it is 26E0000005");
        result.Steps.Select(step => step.Verdict).Should().Equal(Verdict.Passed, Verdict.Blocked);
        first.Commands.Should().ContainSingle(command => command.Service == "ACTION");
        second.Commands.Should().OnlyContain(command => command.Service == "ASSOCIATE", "it was asked who it is, and told nothing");
    }

    [Fact]
    public async Task A_meter_is_asked_who_it_is_once_in_each_case_although_its_association_stands()
    {
        JumpingClock clock = new();
        SwappingDevice meters = new(Meter("esme.yaml", clock, new CommandList()), Meter("esme-02.yaml", clock, new CommandList()));
        await using RigBench bench = Bench(meters, clock);
        List<int> asked = [];

        for (int attempt = 0; attempt < 2; attempt++)
        {
            long before = bench.Wire.Position;
            (await RunAsync(bench, clock)).Verdict.Should().Be(Verdict.Passed);
            asked.Add(Asked(bench, before));
        }

        asked.Should().Equal(1, 1);
    }

    [Fact]
    public async Task A_meter_whose_cover_was_moved_is_asked_again_in_the_same_case()
    {
        JumpingClock clock = new();
        VirtualEsme meter = Meter("esme.yaml", clock, new CommandList());
        SwappingDevice meters = new(meter, Meter("esme-02.yaml", clock, new CommandList()));
        BenchControl control = new(new Dictionary<string, VirtualEsme> { ["esme-01"] = meter });
        await using RigBench bench = Bench(meters, clock, Covers, control);
        const string Step = "      - request: { srv: \"7.1\" }";
        string pack = Pack.Replace(Step, $"      - tamper: {{ cover: terminal, open-for: 1s }}\n{Step}", StringComparison.Ordinal);

        AttemptResult result = await RunAsync(bench, clock, pack);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        Asked(bench, 0).Should().Be(2);
    }

    private static int Asked(RigBench bench, long since) => bench.Wire.Since(since, out _)
        .Count(record => Convert.ToHexString(record.Octets.Span).Contains(Identity, StringComparison.Ordinal));

    private static VirtualEsme Meter(string model, TimeProvider clock, ICommandLog log) => new(
        "esme-01", EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", model)), clock, log);

    private static async Task<AttemptResult> RunAsync(RigBench bench, TimeProvider clock, string text = Pack)
    {
        TestPack pack = PackLoader.Load(text, "swap.pack.yaml");
        bench.BeginAttempt("TWICE");
        return await Runner.RunCaseAsync(
            pack, pack.Cases[0], bench, new KeepingJournal(), new RunOptions { Time = clock }, CancellationToken.None).DefaultTimeout();
    }

    private RigBench Bench(SwappingDevice meters, JumpingClock clock, string more = "", BenchControl? control = null)
    {
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText + "\n    facts: { serial-number: 26E0000001 }\n" + more);
        DirectTransport line = new(meters, clock);
        clock.Attach(line);
        return new RigBench(
            rig, [], _folder.Path, rig.ProfilesFolder, clock, NullLogger.Instance,
            (_, _, _, _) => ValueTask.FromResult(
                new DevicePort(line.Open(), "esme-01", new AdapterLatency(null, IsLow: false, "memory"), () => true)
                {
                    Clock = clock,
                    ListenInterval = null,
                }),
            control: control);
    }

    /// <summary>Two meters, one after the other, at the end of one line.</summary>
    private sealed class SwappingDevice(ILineDevice first, ILineDevice second) : ILineDevice
    {
        public bool IsSwapped { get; set; }

        public string Name => Present.Name;

        public LineSetting? Line => Present.Line;

        public bool IsConnectionOver => Present.IsConnectionOver;

        public TimeSpan TimeToNextStep => Present.TimeToNextStep;

        private ILineDevice Present => IsSwapped ? second : first;

        public void ResetLink() => Present.ResetLink();

        public ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets) => Present.Step(octets);

        public Task RunAsync(VirtualLine line, CancellationToken cancellationToken) => Present.RunAsync(line, cancellationToken);
    }
}
