using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>The cases that cut a meter's supply in the middle of a firmware request, with service, driver, meter, contact and inputs. That
/// a sound meter passes both is shown through processes; every block and phase: <c>BlockPowerCutTests</c>.</summary>
public sealed class PowerCutCaseTests : IDisposable
{
    private const string Sound = "";

    // What the cases change is the test's own meter, so nothing is put back.
    private static readonly TestPack Pack = PackLoader.Load(
        PackLibrary.Find("firmware")!.Text.Replace("    cleanup: *restore\n", string.Empty, StringComparison.Ordinal), "firmware");

    private readonly TemporaryFolder _models = new();
    private readonly BenchFolder _folder;

    public PowerCutCaseTests()
    {
        string model = Path.Combine(_models.Path, "esme.yaml");
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        File.WriteAllText(
            model, text.Replace("  restart-time: 1s", "  restart-time: 1s\n  undone-by-power-cut: true", StringComparison.Ordinal));
        _folder = new BenchFolder
        {
            Rig = BenchFolder.Parse(BenchFolder.RigText
                .Replace("rigs/virtual/esme.yaml", model, StringComparison.Ordinal)
                .Replace("response-timeout: 60s, retries: 1", "response-timeout: 2s, retries: 2", StringComparison.Ordinal)
                + "\n    facts: { baseline-firmware: \"4.2.0\" }" + VirtualPowerTests.Power),
        };
    }

    public void Dispose()
    {
        _folder.Dispose();
        _models.Dispose();
    }

    [Theory]
    [InlineData("FW-08", Sound, Verdict.Passed, "")]
    [InlineData("FW-06-POWER", "resume-forgets", Verdict.Failed, "first block after the power cut: expected 1 or a later one, found 0")]
    public async Task A_cut_supply_is_the_benchs_and_what_the_meter_lost_by_it_is_the_meters(
        string caseId, string defect, Verdict verdict, string reason)
    {
        string[] defects = defect.Length == 0 ? [] : [defect];
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defects);
        await using RigBench bench = _folder.OpenBench();

        AttemptResult result = await new PackRunner().RunCaseAsync(
            Pack, Pack.Find(caseId)!, bench, new SilentJournal(), new RunOptions { Time = TimeProvider.System }, CancellationToken.None)
            .DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Contains(reason, StringComparison.Ordinal).Should().BeTrue(result.Reason);
        bench.Inventory.Find(bench.Devices[0].Eui64)!.FirmwareVersion.Should().Be("4.2.0", "a cut undoes what this meter activates");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task FW_06_POWER_goes_on_after_a_cut_at_the_first_a_middle_and_the_last_block(int block)
    {
        // Nine blocks, of which the case has two: the meter takes no more than 80 octets at once.
        string model = Path.Combine(_models.Path, "esme.yaml");
        File.WriteAllText(model, File.ReadAllText(model).Replace("block-octets: 512", "block-octets: 80", StringComparison.Ordinal));
        string cut = $"block: {block}, off-for: 500ms";
        TestPack pack = PackLoader.Load(Pack.Text.Replace("block: 1, off-for: 2s", cut, StringComparison.Ordinal), "firmware");
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        KeepingJournal journal = new();

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Find("FW-06-POWER")!, bench, journal, new RunOptions { Time = TimeProvider.System }, CancellationToken.None)
            .DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        EvidenceReader.Read(journal.Evidence.Span, "FW-06-POWER").Steps[0].Request!.Outcome!.Detail
            .Should().Contain("9 blocks").And.Contain("begun 1 times, resumed 1 times");
    }

    private sealed class SilentJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
