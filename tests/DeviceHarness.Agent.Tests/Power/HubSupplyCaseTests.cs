using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>MP102: the case that looks at the hub's supply during an activation, with driver, meter and inputs, and with times a fiftieth
/// of the real ones. The real ones on a test's clock: the packs' tests.</summary>
public sealed class HubSupplyCaseTests : IDisposable
{
    // The hub is away for 190 s in the model and 180 s are too much in the pack.
    private const string ModelOffTime = "hub-off-time: 3800ms";
    private const string PackLimit = "below: 3600ms";

    private static readonly TestPack Pack = PackLoader.Load(
        PackLibrary.Find("firmware")!.Text.Replace("below: 180s", PackLimit, StringComparison.Ordinal), "firmware");

    private readonly BenchFolder _folder;
    private readonly TemporaryFolder _models = new();

    public HubSupplyCaseTests()
    {
        string model = Path.Combine(_models.Path, "esme.yaml");
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        File.WriteAllText(model, text.Replace("  restart-time: 1s", $"  restart-time: 1s\n  {ModelOffTime}", StringComparison.Ordinal));
        _folder = new BenchFolder
        {
            Rig = BenchFolder.Parse(BenchFolder.RigText
                .Replace("rigs/virtual/esme.yaml", model, StringComparison.Ordinal)
                .Replace("response-timeout: 60s, retries: 1", "response-timeout: 3s, retries: 2", StringComparison.Ordinal)
                + "\n    facts: { baseline-firmware: \"4.2.0\" }" + VirtualPowerTests.Power),
        };
    }

    public void Dispose()
    {
        _folder.Dispose();
        _models.Dispose();
    }

    [Theory]
    [InlineData("", Verdict.Passed)]
    [InlineData("hub-power-cut", Verdict.Failed)]
    public async Task An_activation_that_starves_the_hub_is_seen_at_its_terminal(string defect, Verdict verdict)
    {
        string[] defects = defect.Length == 0 ? [] : [defect];
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defects);
        await using RigBench bench = _folder.OpenBench();

        AttemptResult result = await new PackRunner().RunCaseAsync(
            Pack, Pack.Find("FW-07")!, bench, new SilentJournal(), new RunOptions { Time = TimeProvider.System }, CancellationToken.None)
            .DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Steps.Where(step => step.Verdict != Verdict.Passed).Select(step => step.Index)
            .Should().Equal(verdict == Verdict.Failed ? [4] : []);
    }

    private sealed class SilentJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
