using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class PowerStepTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedBench _bench = new();
    private readonly SimulatedSupply _supply;
    private readonly RecordingJournal _journal = new();

    public PowerStepTests()
    {
        _supply = new SimulatedSupply(_time);
        _bench.Power = _supply;
        _bench.Supply = _supply;
    }

    [Fact]
    public async Task A_supply_that_is_off_for_a_time_is_seen_to_be_off_so_long()
    {
        AttemptResult result = await RunAsync("""
            - power: { off-for: 190s }
            - supply: { state: on, interruption: { at-least: 190s } }
            """);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _supply.Told.Should().Equal("esme-01 off", "esme-01 on");
    }

    [Fact]
    public async Task A_contact_that_is_told_and_does_not_move_is_the_benchs_fault()
    {
        _supply.IsStuck = true;

        AttemptResult result = await RunAsync("""
            - power: { state: off }
            - request: { srv: "7.4" }
            """);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("the contact was told off, and the input at esme-01 mains sees on");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_contact_that_cannot_be_told_is_the_benchs_fault()
    {
        _supply.ContactFault = new TransportException("TRAN-001", "no such relay", "relay");

        AttemptResult result = await RunAsync("- power: { state: off }");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("no such relay");
    }

    [Fact]
    public async Task A_supply_that_a_case_leaves_off_is_given_back_before_it_cleans_up()
    {
        _bench.Script.Arriving = _ => _supply.Told.Add("request");

        AttemptResult result = await RunAsync("- power: { state: off }", "cleanup:\n  - request: { srv: \"7.4\" }");

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _supply.Told.Should().Equal("esme-01 off", "esme-01 on", "request");
        _journal.Of<StepFinished>().Select(step => step.Name)
            .Should().Equal("power: esme off", "clean-up: power: esme back on", "clean-up: request 7.4");
    }

    [Fact]
    public async Task A_case_that_is_cancelled_while_the_supply_is_off_gives_it_back()
    {
        using CancellationTokenSource cancel = new();
        TestPack pack = PackText.LoadSteps("- power: { off-for: 10m }", "budget: 1h");
        _supply.Switched = _ => cancel.Cancel();

        AttemptResult result = await new PackRunner().RunOnClockAsync(
            pack, pack.Cases[0], _bench, _journal, _time, cancel.Token);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        _supply.Told.Should().Equal("esme-01 off", "esme-01 on");
    }

    [Fact]
    public async Task Without_an_input_a_contact_is_taken_at_its_word()
    {
        _bench.Supply = null;

        AttemptResult result = await RunAsync("- power: { off-for: 2s }");

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _supply.Told.Should().Equal("esme-01 off", "esme-01 on");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bench_that_cannot_switch_the_device_blocks_the_case(bool hasPort)
    {
        _bench.Power = hasPort ? _supply : null;

        AttemptResult result = await RunAsync($"""
            - request: {"{"} srv: "7.4" {"}"}
            - power: {"{"} device: {(hasPort ? "mute" : "esme")}, off-for: 2s {"}"}
            """);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().StartWith("no power port: the rig file has esme-").And.Contain("power.feeds");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("{ state: on, off-for: 2s }")]
    [InlineData("{ state: half }")]
    [InlineData("{ off-for: 0s }")]
    [InlineData("{ device: nobody, state: on }")]
    [InlineData("{ state: on, other: 1 }")]
    public void A_step_that_is_wrong_is_told_with_its_place(string value)
    {
        PackLoader.Check(PackText.WithSteps($"- power: {value}"), "sample.pack.yaml").Faults
            .Should().Contain(fault => fault.Key.StartsWith("cases[0].steps[0].power", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("- power: { state: off }", true)]
    [InlineData("- power: { state: off }\n- power: { state: on }", false)]
    [InlineData("- power: { state: on }\n- power: { state: off }", true)]
    [InlineData("- power: { off-for: 2s }", false)]
    public void A_supply_that_no_step_switches_on_again_is_odd(string steps, bool isOdd)
    {
        PackLint.Check(PackText.LoadSteps(steps)).Findings
            .Any(finding => finding.Text.Contains("never switched on again", StringComparison.Ordinal)).Should().Be(isOdd);
    }

    private Task<AttemptResult> RunAsync(string steps, string rest = "")
    {
        TestPack pack = PackText.LoadSteps(steps, $"budget: 1h\n{rest}".Trim());
        return new PackRunner().RunOnClockAsync(pack, pack.Cases[0], _bench, _journal, _time);
    }
}
