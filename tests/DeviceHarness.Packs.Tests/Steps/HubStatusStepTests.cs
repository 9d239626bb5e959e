using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class HubStatusStepTests
{
    private static readonly Eui64 Hub = Eui64.Parse(ScriptedBench.Esme);
    private static readonly HubReport Sound = new(
        Hub, new WanStatus(true, "TESTNET", -85, DateTimeOffset.UnixEpoch), [new(DateTimeOffset.UnixEpoch, "8F12", Hub)]);

    private readonly ScriptedBench _bench = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task What_the_hub_tells_meets_what_is_expected_of_it()
    {
        ScriptedHub hub = new(Sound);
        _bench.Hubs = hub;

        AttemptResult result = await RunAsync(
            "- hub-status: { wan: registered, signal-at-least: -85, alerts: [ \"8F12\" ], take-alerts: true }");

        result.Verdict.Should().Be(Verdict.Passed);
        hub.Asked.Should().Equal((new DeviceId("esme-01"), true));
    }

    [Theory]
    [InlineData("{ wan: unregistered }", "hub wan: expected unregistered, found registered")]
    [InlineData("{ signal-at-least: -84 }", "hub wan signal: expected -84 dBm or more, found -85 dBm")]
    [InlineData("{ alerts: [ \"8F12\", \"8F12\" ] }", "hub alerts: expected 8F12 8F12, found 8F12")]
    [InlineData("{ alerts: [] }", "hub alerts: expected none, found 8F12")]
    public async Task What_it_tells_otherwise_is_a_miss(string expected, string reason)
    {
        _bench.Hubs = new ScriptedHub(Sound);

        AttemptResult result = await RunAsync($"- hub-status: {expected}");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().EndWith(reason);
    }

    [Fact]
    public async Task A_hub_of_another_identity_and_one_without_a_state_are_misses()
    {
        _bench.Hubs = new ScriptedHub(Sound with { Identity = new Eui64(7) });
        AttemptResult other = await RunAsync("- hub-status: {}");

        _bench.Hubs = new ScriptedHub(Sound with { Wan = null });
        AttemptResult stateless = await RunAsync("- hub-status: { wan: unregistered }");

        other.Reason.Should().Contain("hub identity: expected 90-B3-D5-1F-30-00-00-A0, found 00-00-00-00-00-00-00-07");
        stateless.Reason.Should().EndWith("hub wan: expected unregistered, found nothing");
    }

    [Fact]
    public async Task A_bench_without_hubs_proves_nothing()
    {
        AttemptResult result = await RunAsync("- hub-status: { wan: registered }");

        result.Verdict.Should().NotBe(Verdict.Passed).And.NotBe(Verdict.Failed);
        result.Reason.Should().Contain("no way to what its hubs tell");
    }

    [Fact]
    public async Task A_registration_that_takes_its_time_is_waited_for()
    {
        ScriptedHub hub = new(Sound with { Wan = Sound.Wan! with { IsRegistered = false } }, Sound);
        _bench.Hubs = hub;
        Task<AttemptResult> run = RunAsync(
            "- { hub-status: { wan: registered }, repeat: { until: met, every: 1s, at-most: 3, within: 10s } }");

        _time.Advance(TimeSpan.FromSeconds(1));
        AttemptResult result = await run;

        result.Verdict.Should().Be(Verdict.Passed);
        hub.Asked.Should().HaveCount(2);
    }

    [Fact]
    public void Alerts_that_are_taken_are_not_asked_for_again_and_cannot_be_put_back()
    {
        Action repeated = () => PackText.LoadSteps(
            "- { hub-status: { take-alerts: true }, repeat: { until: met, every: 1s, at-most: 3, within: 10s } }");
        Action wrong = () => PackText.LoadSteps("- hub-status: { alerts: [ 8f12 ] }");

        HubStatusStep taking = (HubStatusStep)PackText.LoadSteps("- hub-status: { take-alerts: true }").Cases[0].Steps[0];
        HubStatusStep looking = (HubStatusStep)PackText.LoadSteps("- hub-status: {}").Cases[0].Steps[0];

        repeated.Should().Throw<ConfigurationException>();
        wrong.Should().Throw<ConfigurationException>().Which.Allowed.Should().Contain("four hexadecimal digits");
        (taking.Change, looking.Change).Should().Be((StepChange.Irreversible, StepChange.None));
    }

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = _time }, CancellationToken.None).DefaultTimeout();
    }

    /// <summary>Tells one report after the other, the last again and again.</summary>
    private sealed class ScriptedHub(params HubReport[] reports) : IHubPort
    {
        public List<(DeviceId Hub, bool TakesAlerts)> Asked { get; } = [];

        public Task<HubReport> ReadAsync(DeviceId hub, bool takesAlerts, CancellationToken cancellationToken)
        {
            Asked.Add((hub, takesAlerts));
            return Task.FromResult(reports[Math.Min(Asked.Count, reports.Length) - 1]);
        }
    }
}
