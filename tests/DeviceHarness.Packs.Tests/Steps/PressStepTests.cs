using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
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

/// <summary>Buttons and covers that contacts of the bench reach.</summary>
public sealed class PressStepTests
{
    private const string Read = "\n- request: { srv: \"7.4\" }";

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedBench _bench = new();
    private readonly SimulatedHands _hands = new();
    private readonly RecordingJournal _journal = new();

    public PressStepTests()
    {
        _bench.Tamper = _hands;
        _bench.Buttons = _hands;
    }

    [Theory]
    [InlineData("- press: { button: boost-1, for: 2s }", "esme-01 boost-1 2 on", "esme-01 boost-1 off")]
    [InlineData("- press: { button: boost-1 }", "esme-01 boost-1 0.5 on", "esme-01 boost-1 off")]
    [InlineData("- tamper: { cover: terminal, open-for: 2s }", "esme-01 Terminal on", "esme-01 Terminal off")]
    public async Task What_a_contact_did_is_evidence_with_the_stamp_of_each_move(string step, string first, string second)
    {
        AttemptResult result = await RunAsync(step + Read);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _hands.Told.Should().Equal(first, second);
        IReadOnlyList<ContactEvidence> contacts = EvidenceReader
            .Read(_journal.Of<EvidenceRecorded>().Single().Content.Span, "evidence.json").Steps[0].Contacts!;
        contacts.Select(move => (move.By, move.Active, move.SeenSequence)).Should().Equal(("gpio", true, 1), ("gpio", false, 2));
        (contacts[1].SeenMicroseconds - contacts[0].SeenMicroseconds).Should().BeInRange(999_999, 1_000_001);
    }

    [Theory]
    [InlineData("- press: { button: boost-1 }")]
    [InlineData("- tamper: { cover: terminal, open-for: 2s }")]
    public async Task A_contact_that_does_not_move_is_the_benchs_fault(string step)
    {
        _hands.Fault = new TransportException("POWER-008", "the contact did not follow", "contact");

        AttemptResult result = await RunAsync(step + Read);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("the contact did not follow");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("- press: { button: boost-2 }", "no button: the rig file has no 'boost-2' of esme-01 under 'buttons'")]
    [InlineData("- press: { device: mute, button: boost-1 }", "no button: the rig file has no 'boost-1' of esme-mute under 'buttons'")]
    [InlineData("- tamper: { cover: meter, open-for: 1s }", "no cover switch: the rig file has no meter cover of esme-01 under 'tamper'")]
    public async Task A_bench_that_does_not_reach_it_blocks_the_case_before_its_first_step(string step, string reason)
    {
        AttemptResult result = await RunAsync("- request: { srv: \"7.4\" }\n" + step);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().StartWith(reason);
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_case_that_is_cancelled_while_a_cover_is_off_puts_it_back()
    {
        using CancellationTokenSource cancel = new();
        TestPack pack = PackText.LoadSteps("- tamper: { cover: terminal, open-for: 10m }" + Read, "budget: 1h");
        _hands.Opened = cancel.Cancel;

        AttemptResult result = await new PackRunner().RunOnClockAsync(pack, pack.Cases[0], _bench, _journal, _time, cancel.Token);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        _hands.Told.Should().Equal("esme-01 Terminal on", "esme-01 Terminal off");
    }

    [Theory]
    [InlineData("- press: { button: Boost }", "button")]
    [InlineData("- press: { for: 1s }", "button")]
    [InlineData("- press: { button: boost-1, for: 2m }", "for")]
    [InlineData("- press: { button: boost-1, hold: 1s }", "hold")]
    public void A_press_that_is_wrong_is_told_with_its_place(string step, string key)
    {
        Action load = () => PackText.LoadSteps(step + Read);

        load.Should().Throw<ConfigurationException>().Which.Key.Should().Be($"cases[0].steps[0].press.{key}");
    }

    [Fact]
    public void A_case_that_only_presses_can_only_pass_and_its_hold_counts_as_a_wait()
    {
        TestPack pack = PackText.LoadSteps("- press: { button: boost-1, for: 1m }", "budget: 30s");

        PackLint.Check(pack).Findings.Select(finding => finding.Text).Should().Contain("sends no request, so it can only pass")
            .And.Contain("waits longer than its budget");
        pack.Cases[0].Steps.Should().ContainSingle().Which.Should().BeOfType<PressStep>()
            .Which.Change.Should().Be(StepChange.Reversible);
    }

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps);
        return new PackRunner().RunOnClockAsync(pack, pack.Cases[0], _bench, _journal, _time);
    }
}
