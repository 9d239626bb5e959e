using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>The pack of the worked electricity bench that takes a cover off and presses a button, on the meter of its twin.</summary>
public sealed class HandsCaseTests : IDisposable
{
    private const string SignOn =
        "  sign-on: { flag: DHV, identification: ESME, offered-baud: 9600, announces-mode-e: true, after-disc: sign-on }\n";

    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "rigs", "electricity");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("HND-01", "", Verdict.Passed)]
    [InlineData("HND-01", "tamper-lost", Verdict.Failed)]
    [InlineData("HND-02", "", Verdict.Passed)]
    public async Task What_the_hands_of_the_bench_did_is_found_in_the_meter(string caseId, string defect, Verdict verdict)
    {
        JumpingClock clock = new();
        VirtualEsme meter = Meter(clock, defect);
        await using RigBench bench = Bench(meter, clock);
        TestPack pack = PackLoader.Load(File.ReadAllText(Path.Combine(Folder, "hands.pack.yaml")), "hands.pack.yaml");
        KeepingJournal journal = new();

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Find(caseId)!, bench, journal, new RunOptions { Time = clock }, CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        EvidenceReader.Read(journal.Evidence.Span, caseId).Steps.SelectMany(step => step.Contacts ?? [])
            .Select(move => (move.By, move.Active, move.SeenMicroseconds)).Should()
            .Equal(("virtual", true, null), ("virtual", false, null));
    }

    private RigBench Bench(VirtualEsme meter, JumpingClock clock)
    {
        // The line of the twin with its sign-on is shown elsewhere: here it is no matter.
        RigConfiguration twin = RigConfigurationReader.Read(Path.Combine(Folder, "twin.yaml"));
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText) with { Tampers = twin.Tampers, Buttons = twin.Buttons };
        DirectTransport line = new(meter, clock);
        clock.Attach(line);
        return new RigBench(
            rig, [], _folder.Path, rig.ProfilesFolder, clock, NullLogger.Instance,
            (_, _, _, _) => ValueTask.FromResult(
                new DevicePort(line.Open(), "esme-01", new AdapterLatency(null, IsLow: false, "memory"), () => true)
                {
                    Clock = clock,
                    ListenInterval = null,
                }),
            control: new BenchControl(new Dictionary<string, VirtualEsme> { ["esme-01"] = meter }));
    }

    private VirtualEsme Meter(JumpingClock clock, string defect)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-optical.yaml"))
            .Replace(SignOn, string.Empty, StringComparison.Ordinal)
            .Replace("defects: []", $"defects: [ {defect} ]", StringComparison.Ordinal);
        string model = Path.Combine(_folder.Path, "esme.yaml");
        File.WriteAllText(model, text);
        return new VirtualEsme("esme-01", EsmeModelReader.ReadFile(model), clock);
    }
}
