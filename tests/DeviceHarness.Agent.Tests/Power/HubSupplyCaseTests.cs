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
/// of the real ones. The real ones on a test's clock, and a bench without a hub: the packs' tests.</summary>
public sealed class HubSupplyCaseTests : IDisposable
{
    // The hub is away for 190 s in the model and 180 s are too much in the pack.
    private const string ModelOffTime = "hub-off-time: 3800ms";
    private const string PackLimit = "below: 3600ms";

    private static readonly TestPack Pack = PackLoader.Load(
        PackLibrary.Find("firmware")!.Text.Replace("below: 180s", PackLimit, StringComparison.Ordinal)
            .Replace("alert-within: 60s", "alert-within: 4s", StringComparison.Ordinal), "firmware");

    private const string Chf = """

          chf-01:
            type: CHF
            eui64: 90-B3-D5-1F-30-00-00-A2
            firmware: "2.1.0"
            profile: generic-smets1-hub
            supplied-by: esme-01
            link: { via: virtual, model: rigs/virtual/hub-quick.yaml, paced: false }
            overrides: { response-timeout: 1s, retries: 1 }
        """;

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
                + "\n    facts: { baseline-firmware: \"4.2.0\" }" + Chf + VirtualPowerTests.Power),
        };
    }

    public void Dispose()
    {
        _folder.Dispose();
        _models.Dispose();
    }

    [Theory]
    [InlineData("", "", Verdict.Passed, "")]
    [InlineData("hub-power-cut", "alert-lost", Verdict.Failed, "expected 0AD1, found nothing: the alert is lost")]
    public async Task An_activation_that_starves_the_hub_is_seen_at_its_terminal(
        string ofMeter, string ofHub, Verdict verdict, string reason)
    {
        // The hub's own three minutes are three seconds in its file.
        string[] defects = ofMeter.Length == 0 ? [] : [$"esme-01:{ofMeter}", $"chf-01:{ofHub}"];
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defects);
        await using RigBench bench = _folder.OpenBench();

        AttemptResult result = await new PackRunner().RunCaseAsync(
            Pack, Pack.Find("FW-07")!, bench, new SilentJournal(), new RunOptions { Time = TimeProvider.System }, CancellationToken.None)
            .DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().EndWith(reason);
    }

    private sealed class SilentJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
