using System.Text.Json;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Duis;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class SupplyStepTests
{
    private const string HubBelow = """
        - request: { srv: "7.4" }
        - supply: { terminal: hub, interruption: { below: 180s } }
        """;

    private const string HubAlert = """
        - supply: { terminal: hub, state: on, note-alerts: true }
        - request: { srv: "7.4" }
        - supply: { terminal: hub, interruption: { below: 180s }, alert-within: 60s }
        """;

    private static readonly SupplyPoint Hub = new(new DeviceId("esme-01"), SupplyTerminal.Hub);
    private static readonly SupplyPoint Mains = new(new DeviceId("esme-01"), SupplyTerminal.Mains);

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedBench _bench = new();
    private readonly SimulatedSupply _supply;
    private readonly RecordingJournal _journal = new();

    public SupplyStepTests()
    {
        _supply = new SimulatedSupply(_time);
        _bench.Supply = _supply;
    }

    [Theory]
    [InlineData(0, Verdict.Passed)]
    [InlineData(170, Verdict.Passed)]
    [InlineData(180, Verdict.Failed)]
    [InlineData(190, Verdict.Failed)]
    public async Task An_interruption_is_judged_by_its_length_once_it_is_over_or_too_long(int seconds, Verdict expected)
    {
        _bench.Script.Arriving = _ => _supply.Interrupt(Hub, TimeSpan.FromSeconds(seconds));

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(expected, result.Reason);
    }

    [Theory]
    [InlineData(0, 1, Verdict.Passed)]
    [InlineData(178, 1, Verdict.Passed)]
    [InlineData(179, 1, Verdict.Inconclusive)]
    [InlineData(180, 1, Verdict.Inconclusive)]
    [InlineData(181, 1, Verdict.Failed)]
    [InlineData(0, 180, Verdict.Inconclusive)]
    public async Task Of_an_input_that_is_asked_again_and_again_the_whole_interval_has_to_hold(int seconds, int period, Verdict expected)
    {
        _supply.Period = TimeSpan.FromSeconds(period);
        _bench.Script.Arriving = _ =>
        {
            if (seconds > 0)
            {
                _supply.Interrupt(Hub, TimeSpan.FromSeconds(seconds));
            }
        };

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(expected, result.Reason);
        result.Reason.Contains("no change was stamped", StringComparison.Ordinal).Should().Be(expected != Verdict.Passed, result.Reason);
    }

    [Theory]
    [InlineData(170, 10, 20, Verdict.Passed)]
    [InlineData(181, 10, 20, Verdict.Inconclusive)]
    [InlineData(300, 10, 100, Verdict.Failed)]
    [InlineData(10, 50, 220, Verdict.Passed)]
    [InlineData(10, 50, 231, Verdict.Inconclusive)]
    public async Task A_gap_hides_its_whole_length_and_cuts_what_it_is_in(int seconds, int from, int to, Verdict expected)
    {
        _supply.Period = TimeSpan.FromSeconds(1);
        _bench.Script.Arriving = _ =>
        {
            TimeSpan now = _supply.Now;
            _supply.Unlooked.Add(new SupplyGap(now + TimeSpan.FromSeconds(from), now + TimeSpan.FromSeconds(to)));
            _supply.Interrupt(Hub, TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(Math.Max(seconds, to)));
        };

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(expected, result.Reason);
    }

    [Fact]
    public async Task A_gap_from_before_the_attempt_says_nothing_of_it()
    {
        _supply.Period = TimeSpan.FromSeconds(1);
        _supply.Unlooked.Add(new SupplyGap(TimeSpan.Zero, TimeSpan.FromSeconds(500)));
        _time.Advance(TimeSpan.FromSeconds(500));

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        EvidenceOf(step: 1).Gaps.Should().BeNull("it was over when the attempt began");
    }

    [Fact]
    public async Task The_evidence_holds_the_gaps_from_which_its_bounds_follow()
    {
        _supply.Period = TimeSpan.FromSeconds(1);
        _supply.Unlooked.Add(new SupplyGap(TimeSpan.Zero, TimeSpan.FromSeconds(100)));
        _time.Advance(TimeSpan.FromSeconds(100));
        _supply.Unlooked.Add(new SupplyGap(TimeSpan.FromSeconds(97), TimeSpan.FromSeconds(103)));
        _supply.Unlooked.Add(new SupplyGap(TimeSpan.FromSeconds(110), TimeSpan.FromSeconds(130)));
        _bench.Script.Arriving = _ => _time.Advance(TimeSpan.FromSeconds(40));

        AttemptResult result = await RunAsync(HubBelow);

        SupplyEvidence seen = EvidenceOf(step: 1);
        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        seen.Gaps.Should().Equal(new SupplyGapEvidence(-3_000_000, 6_000_000), new SupplyGapEvidence(10_000_000, 20_000_000));
        seen.LongestPossibleMicroseconds.Should().Be(20_000_000);
    }

    [Theory]
    [InlineData(190, 1, Verdict.Inconclusive)]
    [InlineData(191, 1, Verdict.Passed)]
    public async Task An_interruption_counts_as_long_as_it_was_at_least(int seconds, int period, Verdict expected)
    {
        _supply.Period = TimeSpan.FromSeconds(period);
        _bench.Script.Arriving = _ => _supply.Interrupt(Mains, TimeSpan.FromSeconds(seconds));

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - supply: { terminal: mains, interruption: { at-least: 190s } }
            """);

        result.Verdict.Should().Be(expected, result.Reason);
        SupplyEvidence seen = EvidenceOf(step: 1);
        seen.Edges[0].UncertaintyMicroseconds.Should().Be(1_000_000);
        (seen.LongestPossibleMicroseconds - seen.LongestInterruptionMicroseconds).Should().Be(1_000_000);
    }

    [Theory]
    [InlineData(100, Verdict.Inconclusive)]
    [InlineData(50, Verdict.Failed)]
    public async Task One_that_may_have_been_long_enough_in_a_gap_is_not_missed(int unlooked, Verdict expected)
    {
        _supply.Unlooked.Add(new SupplyGap(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1 + unlooked)));
        _time.Advance(TimeSpan.FromSeconds(0.5));

        AttemptResult result = await RunAsync("""
            - supply: { terminal: hub, interruption: { at-least: 100s }, within: 110s }
            """);

        result.Verdict.Should().Be(expected, result.Reason);
    }

    [Theory]
    [InlineData(0, null, Verdict.Passed, "")]
    [InlineData(170, null, Verdict.Passed, "")]
    [InlineData(0, 30, Verdict.Failed, "outage alert of esme-mute: expected nothing, found 0AD1; the premises had no such outage")]
    [InlineData(0, 70, Verdict.Passed, "")]
    [InlineData(190, 195, Verdict.Failed, "; outage alert of esme-mute: expected 0AD1, found 0AD1")]
    [InlineData(190, null, Verdict.Failed, "; outage alert of esme-mute: expected 0AD1, found nothing: the alert is lost")]
    public async Task The_hub_that_the_device_feeds_tells_of_the_outages_that_it_had(
        int seconds, int? alertAfter, Verdict expected, string reason)
    {
        WithHub(alertAfter);
        _bench.Script.Arriving = _ => _supply.Interrupt(Hub, TimeSpan.FromSeconds(seconds));

        AttemptResult result = await RunAsync(HubAlert);

        result.Verdict.Should().Be(expected, result.Reason);
        result.Reason.Should().EndWith(reason);
    }

    [Fact]
    public async Task An_outage_that_begins_after_the_answer_is_seen_while_the_hub_is_looked_at()
    {
        TalkingHub hub = WithHub(alertAfter: null);
        hub.Asked = count =>
        {
            if (count == 3)
            {
                _supply.Interrupt(Hub, TimeSpan.FromSeconds(190));
            }
        };

        AttemptResult result = await RunAsync(HubAlert);

        result.Verdict.Should().Be(Verdict.Failed, "right after the answer all was well");
        result.Reason.Should().Contain("longest interruption 180.000 s").And.EndWith("the alert is lost");
    }

    [Fact]
    public async Task A_hub_that_stays_silent_proves_nothing_and_a_bench_without_one_is_judged_by_the_terminal()
    {
        TalkingHub hub = WithHub(alertAfter: null);
        hub.Asked = count =>
        {
            if (count > 1)
            {
                throw new LinkTimeoutException("LINK-001", "nothing came", "UA", TimeSpan.FromSeconds(1), attempts: 1);
            }
        };
        AttemptResult silent = await RunAsync(HubAlert);
        _bench.Hubs = null;

        AttemptResult without = await RunAsync(HubAlert);

        (silent.Verdict, without.Verdict).Should().Be((Verdict.Inconclusive, Verdict.Passed));
    }

    [Fact]
    public async Task A_supply_that_stays_away_is_missed_at_the_limit_and_not_waited_for()
    {
        _bench.Script.Arriving = _ => _supply.Interrupt(Hub);

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().EndWith("expected no interruption of 180 s or more, found off, longest interruption 180.000 s");
        result.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(181));
    }

    [Fact]
    public async Task The_evidence_holds_each_change_with_its_time_by_the_inputs_clock()
    {
        _bench.Script.Arriving = _ => _supply.Interrupt(Hub, TimeSpan.FromSeconds(5));

        await RunAsync(HubBelow);

        JsonElement supply = JsonDocument.Parse(_journal.Of<EvidenceRecorded>().Single().Content).RootElement
            .GetProperty("steps")[1].GetProperty("supply")[0];
        (supply.GetProperty("device").GetString(), supply.GetProperty("terminal").GetString()).Should().Be(("esme-01", "hub"));
        supply.GetProperty("longestInterruptionMicroseconds").GetInt64().Should().Be(5_000_000);
        supply.GetProperty("edges").EnumerateArray().Select(edge =>
                (edge.GetProperty("sequence").GetInt64(), edge.GetProperty("present").GetBoolean(),
                    edge.GetProperty("offsetMicroseconds").GetInt64()))
            .Should().Equal((1, false, 0), (2, true, 5_000_000));
    }

    [Fact]
    public async Task What_happened_before_the_attempt_is_not_counted()
    {
        _supply.Interrupt(Hub, TimeSpan.FromSeconds(300));
        _time.Advance(TimeSpan.FromSeconds(400));

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
    }

    [Fact]
    public async Task A_state_alone_is_waited_for_and_begins_the_observation_anew()
    {
        _supply.Interrupt(Hub, TimeSpan.FromSeconds(200));

        AttemptResult result = await RunAsync("""
            - supply: { terminal: hub, state: on, within: 5m }
            - supply: { terminal: hub, interruption: { below: 180s } }
            """);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        result.Elapsed.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(200));
    }

    [Fact]
    public async Task A_hub_without_supply_proves_nothing_of_a_meter_that_was_itself_without()
    {
        _bench.Script.Arriving = _ =>
        {
            _supply.Interrupt(Mains, TimeSpan.FromSeconds(190));
            _supply.Interrupt(Hub, TimeSpan.FromSeconds(190));
        };

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().EndWith("the device itself was without supply meanwhile");
    }

    [Fact]
    public async Task A_hub_that_was_without_supply_before_proves_nothing_either()
    {
        _supply.Interrupt(Hub);

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().EndWith("it was away before the case began");
    }

    [Fact]
    public async Task A_device_that_the_bench_leaves_without_supply_has_not_failed()
    {
        _bench.Script.Arriving = _ => _supply.Interrupt(Mains);

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - supply: { state: on }
            """);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("expected supply on, found off");
    }

    [Fact]
    public async Task An_interruption_that_is_expected_is_waited_for()
    {
        _bench.Script.Arriving = _ => _supply.Interrupt(Hub, TimeSpan.FromSeconds(190));

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - supply: { terminal: hub, interruption: { at-least: 180s }, state: on }
            """);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        result.Elapsed.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(190), "the supply is to be back");
    }

    [Fact]
    public async Task An_expected_interruption_that_never_comes_is_missed_when_the_time_is_over()
    {
        AttemptResult result = await RunAsync("""
            - supply: { terminal: hub, interruption: { at-least: 5s }, within: 20s }
            """);

        result.Verdict.Should().Be(Verdict.Failed);
    }

    [Fact]
    public async Task A_supply_that_is_still_away_when_a_short_time_is_over_is_undecided()
    {
        _bench.Script.Arriving = _ => _supply.Interrupt(Hub);

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - supply: { terminal: hub, interruption: { below: 180s }, within: 20s }
            """);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().EndWith("it was away when the time was over");
    }

    [Fact]
    public async Task An_input_that_is_broken_from_the_beginning_is_found_before_anything_is_sent()
    {
        _supply.InputFault = new TransportException("TRAN-001", "no such input", "input");

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("TRAN-001: no such input");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_input_that_breaks_on_the_way_is_the_benchs_fault()
    {
        _bench.Script.Arriving = _ => _supply.InputFault = new TransportException("TRAN-005", "the input is gone", "input");

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public async Task An_input_that_started_anew_has_forgotten_what_it_saw()
    {
        _bench.Script.Arriving = _ => _supply.Source = "second";

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("SENSE-001");
    }

    [Fact]
    public async Task Changes_that_an_input_no_longer_remembers_prove_nothing()
    {
        SupplyReading first = new("run", TimeSpan.Zero, IsPresent: true, []);
        _bench.Supply = new FixedSense(first, first with { Edges = [new SupplyEdge(3, IsPresent: false, TimeSpan.Zero)] });

        AttemptResult result = await RunAsync(HubBelow);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("SENSE-002");
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("{ terminal: roof, state: on }")]
    [InlineData("{ state: maybe }")]
    [InlineData("{ interruption: { } }")]
    [InlineData("{ interruption: { below: 1s, at-least: 1s } }")]
    [InlineData("{ interruption: { below: 180 } }")]
    [InlineData("{ state: on, other: 1 }")]
    public void A_step_that_is_wrong_is_told_with_its_place(string value)
    {
        PackLoader.Check(PackText.WithSteps($"- supply: {value}"), "sample.pack.yaml").Faults
            .Should().Contain(fault => fault.Key.StartsWith("cases[0].steps[0].supply", StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_waits_for_as_long_as_what_it_compares_with_unless_it_says_otherwise()
    {
        TestPack pack = PackText.LoadSteps(HubBelow);

        SupplyStep step = pack.Cases[0].Steps.OfType<SupplyStep>().Single();

        step.Within.Should().Be(TimeSpan.FromSeconds(190));
        step.Timeout.Should().BeGreaterThan(step.Within);
    }

    private SupplyEvidence EvidenceOf(int step) => EvidenceReader
        .Read(_journal.Of<EvidenceRecorded>().Single().Content.Span, "evidence.json").Steps[step].Supply![0];

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps, "budget: 1h");
        return new PackRunner().RunOnClockAsync(pack, pack.Cases[0], _bench, _journal, _time);
    }

    /// <summary>Inputs that tell one thing first, and another ever after.</summary>
    private sealed class FixedSense(SupplyReading first, SupplyReading later) : ISupplySense
    {
        private readonly HashSet<SupplyPoint> _read = [];

        public bool Has(SupplyPoint point) => true;

        public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken) =>
            Task.FromResult(_read.Add(point) ? first : later);

        public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }

    /// <summary>Lets the meter feed a hub, which held an outage before, and tells of another some time after the attempt began.</summary>
    private TalkingHub WithHub(int? alertAfter)
    {
        _bench.Devices = [.. _bench.Devices.Select(device =>
            device.Id.Value == "esme-mute" ? device with { SuppliedBy = new DeviceId("esme-01") } : device)];
        TalkingHub hub = new(_time, alertAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        _bench.Hubs = hub;
        return hub;
    }

    private sealed class TalkingHub(TimeProvider time, TimeSpan? alertAfter) : IHubPort
    {
        private static readonly QueuedAlert Outage = new(DateTimeOffset.UnixEpoch, "0AD1", Eui64.Parse(ScriptedBench.Mute));

        private readonly long _start = time.GetTimestamp();
        private int _count;

        /// <summary>Is told how often it was asked.</summary>
        public Action<int> Asked { get; set; } = _ => { };

        public Task<HubReport> ReadAsync(DeviceId hub, bool takesAlerts, CancellationToken cancellationToken)
        {
            takesAlerts.Should().BeFalse("what waits is for the hub's own cases");
            Asked(++_count);
            QueuedAlert[] alerts = time.GetElapsedTime(_start) >= alertAfter ? [Outage, Outage] : [Outage];
            return Task.FromResult(new HubReport(Outage.About, Wan: null, alerts));
        }
    }
}
