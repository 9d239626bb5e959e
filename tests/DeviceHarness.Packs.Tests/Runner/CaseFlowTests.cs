using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>Cases that go on when missed, and the known issues that their steps show.</summary>
public sealed class CaseFlowTests
{
    private const string Repeated = """
        - name: first
          request: { srv: "11.2" }
          expect: { body: { FirmwareVersion: new } }
          on-miss: continue
        - name: probe
          request: { srv: "11.2" }
          expect: { body: { FirmwareVersion: probed } }
        - name: second
          request: { srv: "11.2" }
          when: missed
          expect: { body: { FirmwareVersion: new } }
        """;

    private const string Signature = "signature: { issue: 110031, when: [ missed 1, met 2, met 3 ] }";

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();
    private readonly ManualTimeProvider _time = new();
    private readonly PackRunner _runner = new();

    [Fact]
    public async Task Without_a_miss_the_case_passes_and_leaves_out_what_a_miss_would_need()
    {
        Answer("new", "probed");

        AttemptResult result = await RunAsync(Repeated, Signature);

        result.Verdict.Should().Be(Verdict.Passed);
        result.Steps.Select(step => step.Verdict).Should().Equal(Verdict.Passed, Verdict.Passed, Verdict.Skipped);
        result.Steps[2].Reason.Should().Be("no earlier step was missed");
        _bench.Script.Requests.Should().HaveCount(2);
        _journal.Of<StepFinished>().Select(finished => finished.Verdict).Should().Equal(Verdict.Passed, Verdict.Passed, Verdict.Skipped);
    }

    [Theory]
    [InlineData("new", "passed as if nothing had happened")]
    [InlineData("old", "failed for a bench that was off")]
    public async Task A_bench_that_was_disturbed_under_a_case_proves_nothing_of_a_device(string told, string why)
    {
        Answer(told);
        _bench.Disturbance = "the bench was switched off by its emergency stop";

        AttemptResult result = await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            """);

        result.Verdict.Should().Be(Verdict.Inconclusive, why);
        result.Reason.Should().Be(_bench.Disturbance);
        _journal.Of<AttemptFinished>().Single().Issue.Should().BeNull();
    }

    [Fact]
    public async Task A_bench_that_was_disturbed_and_is_in_order_again_proves_nothing_of_that_case_either()
    {
        Answer("new");
        _bench.Disturbances.Enqueue(1);
        _bench.Disturbances.Enqueue(2);

        AttemptResult result = await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            """);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("disturbed during the case");
    }

    [Fact]
    public async Task A_bench_that_knows_what_disturbed_it_during_the_case_says_so()
    {
        Answer("old");
        _bench.Disturbances.Enqueue(1);
        _bench.Disturbances.Enqueue(2);
        _bench.Troubles.Enqueue("its port was lost while mains-01 was switched");

        AttemptResult result = await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            """);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("its port was lost while mains-01 was switched");
    }

    [Fact]
    public async Task What_the_bench_does_not_bring_blocks_the_case_and_judges_no_device()
    {
        Answer("idle", "new");

        AttemptResult result = await RunAsync("""
            - name: the house takes power
              request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: busy } }
              on-miss: block
            - request: { srv: "11.2" }
            """);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("FirmwareVersion: expected busy, found idle");
        _bench.Script.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_blocking_step_that_is_met_lets_the_case_go_on()
    {
        Answer("busy", "new");

        AttemptResult result = await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: busy } }
              on-miss: block
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            """);

        result.Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task The_pattern_of_a_known_issue_fails_under_its_name()
    {
        Answer("old", "probed", "new");

        AttemptResult result = await RunAsync(Repeated, Signature);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("known issue 110031: first: FirmwareVersion: expected new, found old");
    }

    [Fact]
    public async Task What_a_failed_attempt_says_for_a_testing_issue_names_the_step_the_symptom_and_the_issue()
    {
        Answer("old", "probed", "new");

        await RunAsync(Repeated, Signature + "\nassess: { effect: 2, outcome: 1 }");

        _journal.Of<AttemptFinished>().Single().Issue.Should().Be(new IssueEvidence
        {
            Step = 1,
            Symptom = "ExpectationMissed: FirmwareVersion",
            Effect = EffectAchieved.Yes,
            EffectSource = "step 2 'probe'",
            Outcome = OutcomeReported.WrongOrLate,
            OutcomeSource = "step 1 'first'",
            KnownIssue = "110031",
        });
    }

    [Theory]
    [InlineData("old", EffectAchieved.No, OutcomeReported.Right)]
    [InlineData("new", EffectAchieved.Unknown, OutcomeReported.Unknown)]
    public async Task A_failure_that_is_reported_is_reported_right_and_what_did_not_run_is_unknown(
        string first, EffectAchieved effect, OutcomeReported outcome)
    {
        Answer(first, "other");

        await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            - request: { srv: "7.4" }
            """, first == "old" ? "assess: { effect: 1, outcome: 1 }" : "assess: { effect: 3, outcome: 1 }");

        IssueEvidence issue = _journal.Of<AttemptFinished>().Single().Issue!;
        issue.Effect.Should().Be(effect);
        issue.Outcome.Should().Be(outcome);
    }

    [Theory]
    [InlineData(true, OutcomeReported.WrongOrLate)]
    [InlineData(false, OutcomeReported.Right)]
    public async Task A_wrong_value_is_reported_wrong_when_its_code_says_success_and_right_when_it_does_not(
        bool saysSuccess, OutcomeReported outcome)
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "new")));
        _bench.Script.Then(ScriptedService.Answer(success: saysSuccess, ("FirmwareVersion", "old")));

        await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
            - request: { srv: "11.2" }
            """, "assess: { effect: [ 1, 2, 3 ], outcome: code }");

        IssueEvidence issue = _journal.Of<AttemptFinished>().Single().Issue!;
        issue.Effect.Should().Be(EffectAchieved.No);
        issue.Outcome.Should().Be(outcome);
        issue.OutcomeSource.Should().StartWith("the code of step 1 ");
    }

    [Fact]
    public async Task A_case_that_passes_says_nothing_for_an_issue()
    {
        Answer("new", "probed");

        await RunAsync(Repeated, Signature);

        _journal.Of<AttemptFinished>().Single().Issue.Should().BeNull();
    }

    [Fact]
    public async Task Another_pattern_fails_under_the_first_miss()
    {
        Answer("old", "probed", "old");

        AttemptResult result = await RunAsync(Repeated, Signature);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("first: FirmwareVersion: expected new, found old");
    }

    [Fact]
    public async Task A_miss_fails_the_case_although_everything_after_it_is_met_and_no_signature_is_given()
    {
        Answer("old", "probed", "new");

        AttemptResult result = await RunAsync(Repeated);

        result.Verdict.Should().Be(Verdict.Failed);
    }

    [Fact]
    public async Task A_silence_after_a_miss_is_inconclusive_and_no_known_issue()
    {
        Answer("old");
        _bench.Script.Then(ScriptedService.Silence(Duis.Service.DeviceOutcomeKind.NoAnswer, linkAnswersProbe: false));

        AttemptResult result = await RunAsync(Repeated, Signature);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().StartWith("probe: ");
        result.Steps.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_step_for_the_good_case_is_left_out_after_a_miss()
    {
        Answer("old");

        AttemptResult result = await RunAsync("""
            - request: { srv: "11.2" }
              expect: { body: { FirmwareVersion: new } }
              on-miss: continue
            - request: { srv: "7.4" }
              when: met
            """);

        result.Steps.Select(step => step.Verdict).Should().Equal(Verdict.Failed, Verdict.Skipped);
        _bench.Script.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_step_with_turns_is_missed_when_one_of_them_is()
    {
        Answer("new", "old", "new");

        AttemptResult result = await RunAsync("""
            - name: read
              request: { srv: "11.2" }
              times: 3
              expect: { body: { FirmwareVersion: new } }
              on-miss: continue
            - request: { srv: "7.4" }
            """, "signature: { issue: flaky, when: [ missed 1, met 2 ] }");

        result.Steps.Select(step => step.Name).Should().Equal("read (1 of 3)", "read (2 of 3)", "read (3 of 3)", "request 7.4");
        result.Reason.Should().StartWith("known issue flaky: read (2 of 3): ");
    }

    [Fact]
    public async Task An_irreversible_step_keeps_the_whole_case_away_from_a_real_device()
    {
        MakeReal();

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - request: { srv: "7.4" }
              change: irreversible
              name: burn
            """);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Be("step 2, 'burn', is irreversible and the devices are real: run the pack with --allow-irreversible");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("irreversible", true, true)]
    [InlineData("wearing", false, true)]
    [InlineData("irreversible", false, false)]
    public async Task Leave_a_lesser_change_or_a_virtual_device_let_it_run(string change, bool isAllowed, bool isReal)
    {
        if (isReal)
        {
            MakeReal();
        }

        AttemptResult result = await RunAsync($"- request: {{ srv: \"7.4\" }}\n  change: {change}", isAllowed: isAllowed);

        result.Verdict.Should().Be(Verdict.Passed);
    }

    private void MakeReal() => _bench.Devices =
        [.. _bench.Devices.Select(device => device with { Provenance = new Provenance(Route.LocalSerial, Origin.Real) })];

    private void Answer(params string[] versions)
    {
        foreach (string version in versions)
        {
            _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", version)));
        }
    }

    private Task<AttemptResult> RunAsync(string steps, string rest = "", bool isAllowed = false)
    {
        TestPack pack = PackText.LoadSteps(steps, rest);
        RunOptions options = new() { Time = _time, AllowIrreversible = isAllowed };
        return _runner.RunCaseAsync(pack, pack.Cases[0], _bench, _journal, options, CancellationToken.None).DefaultTimeout();
    }
}
