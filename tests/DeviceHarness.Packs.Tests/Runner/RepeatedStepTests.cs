using System.Text.Json;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>Steps that are repeated until they are met, on a clock that only the test moves.</summary>
public sealed class RepeatedStepTests
{
    private const string Poll = """
        - name: read the version
          request: { srv: "11.2" }
          expect: { body: { FirmwareVersion: new } }
          repeat: { until: met, every: 5s, at-most: 4 }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<double> _beginnings = [];

    public RepeatedStepTests()
    {
        DateTimeOffset start = _time.GetUtcNow();
        _bench.Script.Arriving = _ => _beginnings.Add((_time.GetUtcNow() - start).TotalSeconds);
    }

    [Fact]
    public async Task It_is_repeated_until_it_is_met_and_then_the_case_goes_on()
    {
        Answer("old", "old", "new");

        AttemptResult result = await RunAsync(Poll + "\n- request: { srv: \"7.4\" }");

        result.Verdict.Should().Be(Verdict.Passed);
        result.Reason.Should().BeEmpty();
        _beginnings.Should().Equal(0, 5, 10, 10);
        result.Steps.Select(step => $"{step.Index} {step.Name} {step.Verdict} {step.Reason}").Should().Equal(
            "1 read the version Failed round 1, not the last: FirmwareVersion: expected new, found old",
            "2 read the version Failed round 2, not the last: FirmwareVersion: expected new, found old",
            "3 read the version Passed ",
            "4 request 7.4 Passed ");
    }

    [Fact]
    public async Task What_is_met_at_once_is_done_once()
    {
        Answer("new");

        AttemptResult result = await RunAsync(Poll);

        result.Verdict.Should().Be(Verdict.Passed);
        _beginnings.Should().Equal(0);
    }

    [Fact]
    public async Task What_is_never_met_fails_with_the_number_of_rounds_and_their_time()
    {
        Answer("old", "old", "old", "older");

        AttemptResult result = await RunAsync(Poll);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("read the version: not met in 4 rounds over 15 s: FirmwareVersion: expected new, found older");
        _beginnings.Should().Equal(0, 5, 10, 15);
        _journal.Of<AttemptFinished>().Single().Issue!.Symptom.Should().Be("NeverMet: FirmwareVersion");
        _journal.Of<AttemptFinished>().Single().Issue!.Step.Should().Be(4);
    }

    [Fact]
    public async Task The_time_bounds_it_too_with_a_last_look_at_its_end()
    {
        AttemptResult result = await RunAsync(Poll.Replace("at-most: 4", "within: 12s", StringComparison.Ordinal));

        result.Reason.Should().StartWith("read the version: not met in 4 rounds over 12 s: ");
        _beginnings.Should().Equal(0, 5, 10, 12);
    }

    [Fact]
    public async Task Each_round_is_a_request_of_its_own_and_evidence_keeps_its_exchange_and_octets()
    {
        Action<string> note = _bench.Script.Arriving;
        _bench.Script.Arriving = xml =>
        {
            note(xml);
            _bench.WireLog.Add(WireDirection.ToDevice, (byte)_beginnings.Count);
        };
        Answer("old", "new");

        await RunAsync(Poll);

        _bench.Script.Requests.Select(xml => DuisRequestReader.Read(xml).Message.Id.Counter).Should().OnlyHaveUniqueItems();
        JsonElement[] steps = [.. Evidence().GetProperty("steps").EnumerateArray()];
        steps.Select(step => step.GetProperty("round").GetInt32()).Should().Equal(1, 2);
        steps.Select(step => step.GetProperty("index").GetInt32()).Should().Equal(1, 2);
        steps.Select(step => step.GetProperty("request").GetProperty("xml").GetString()).Should().Equal(_bench.Script.Requests);
        steps.Select(step => step.GetProperty("wire")[0].GetProperty("octets").GetString()).Should().Equal("01", "02");
        steps.Select(step => step.GetProperty("expectations")[2].GetProperty("found").GetString()).Should().Equal("old", "new");
        _journal.Of<StepStarted>().Select(started => started.Index).Should().Equal(1, 2);
    }

    [Fact]
    public async Task A_step_that_is_done_once_has_no_round_in_evidence()
    {
        await RunAsync("- request: { srv: \"7.4\" }");

        Evidence().GetProperty("steps")[0].TryGetProperty("round", out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_silence_is_waited_out_and_what_is_met_then_passes()
    {
        _bench.Script.Then(ScriptedService.Silence(DeviceOutcomeKind.Unreachable, linkAnswersProbe: null))
            .Then(ScriptedService.Silence(DeviceOutcomeKind.NoAnswer, linkAnswersProbe: false));
        Answer("new");

        AttemptResult result = await RunAsync(Poll);

        result.Verdict.Should().Be(Verdict.Passed);
        result.Steps.Select(step => step.Verdict).Should().Equal(Verdict.Inconclusive, Verdict.Inconclusive, Verdict.Passed);
    }

    [Fact]
    public async Task What_is_never_met_is_inconclusive_when_a_round_proves_nothing()
    {
        Answer("old");
        _bench.Script.Then(ScriptedService.Silence(DeviceOutcomeKind.Unreachable, linkAnswersProbe: null));
        Answer("old", "old");

        AttemptResult result = await RunAsync(Poll);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("read the version: not met in 4 rounds over 15 s: FirmwareVersion: expected new, found old; "
            + "round 2 proves nothing (Unreachable)");
    }

    [Fact]
    public async Task A_silence_on_a_sound_link_in_every_round_is_a_failure_and_keeps_its_symptom()
    {
        for (int round = 0; round < 4; round++)
        {
            _bench.Script.Then(ScriptedService.Silence(DeviceOutcomeKind.NoAnswer, linkAnswersProbe: true));
        }

        AttemptResult result = await RunAsync(Poll);

        result.Verdict.Should().Be(Verdict.Failed);
        _journal.Of<AttemptFinished>().Single().Issue!.Symptom.Should().StartWith("SilentOnSoundLink: ");
    }

    [Fact]
    public async Task A_bench_that_breaks_ends_it_at_once()
    {
        Answer("old");
        _bench.Script.Then(new TransportException("T-1", "the port is gone", "tty0"));

        AttemptResult result = await RunAsync(Poll);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("read the version: round 2: T-1: the port is gone");
        _beginnings.Should().Equal(0, 5);
    }

    [Fact]
    public async Task A_budget_that_ends_between_two_rounds_is_told_and_nothing_is_sent_after_it()
    {
        AttemptResult result = await RunAsync(Poll, "budget: 7s");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("read the version: round 3: the time budget was spent");
        _beginnings.Should().Equal(0, 5);
    }

    [Fact]
    public async Task A_cancelled_attempt_waits_for_no_further_round()
    {
        using CancellationTokenSource cancelled = new();
        Action<string> note = _bench.Script.Arriving;
        _bench.Script.Arriving = xml =>
        {
            note(xml);
            cancelled.Cancel();
        };

        AttemptResult result = await RunAsync(Poll, cancellation: cancelled.Token);

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().StartWith("read the version: round 2: cancelled");
        _beginnings.Should().Equal(0);
    }

    [Fact]
    public async Task The_time_of_a_step_is_that_of_each_round()
    {
        _bench.Script
            .Then(async (_, token) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(4), _time, token).ConfigureAwait(false);
                return ScriptedService.Answer(success: true, ("FirmwareVersion", "old"));
            });
        Answer("new");

        AttemptResult result = await RunAsync(Poll + "\n  timeout: 6s");

        result.Verdict.Should().Be(Verdict.Passed);
        _beginnings.Should().Equal(0, 5);
    }

    [Fact]
    public async Task The_last_round_tells_whether_the_step_was_met_for_a_signature_and_an_assessment()
    {
        Answer("old", "new", "old");

        AttemptResult result = await RunAsync(
            Poll + "\n- name: look again\n  request: { srv: \"11.2\" }\n  expect: { body: { FirmwareVersion: new } }",
            "signature: { issue: 110031, when: [ met 1, missed 2 ] }\nassess: { effect: 1, outcome: 2 }");

        result.Reason.Should().StartWith("known issue 110031: look again: ");
        IssueEvidence issue = _journal.Of<AttemptFinished>().Single().Issue!;
        (issue.Effect, issue.EffectSource).Should().Be((EffectAchieved.Yes, "step 1 'read the version'"));
    }

    [Fact]
    public async Task A_miss_after_all_rounds_may_let_the_case_go_on()
    {
        AttemptResult result = await RunAsync(Poll + "\n  on-miss: continue\n- request: { srv: \"7.4\" }\n  when: missed");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Steps.Should().HaveCount(5);
        result.Steps[4].Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task What_the_bench_never_brings_blocks_the_case_after_all_rounds()
    {
        AttemptResult result = await RunAsync(Poll + "\n  on-miss: block\n- request: { srv: \"7.4\" }");

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Steps.Should().HaveCount(4);
    }

    [Fact]
    public async Task A_capture_comes_from_the_round_that_is_met()
    {
        Answer("old", "new");

        await RunAsync(Poll + "\n  capture: { version: FirmwareVersion }\n- request: { xml: \"<x>${version}</x>\" }");

        _bench.Script.Requests[2].Should().Be("<x>new</x>");
    }

    [Fact]
    public async Task A_status_log_is_read_once_in_each_round()
    {
        int looks = 0;
        _bench.Script.Status = _ => ++looks < 3 ? RequestStatus.InProgress : RequestStatus.Complete;

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - status-log: Complete
              repeat: { until: met, every: 250ms, within: 2s }
            """);

        result.Verdict.Should().Be(Verdict.Passed);
        result.Elapsed.Should().Be(TimeSpan.FromMilliseconds(500));
        looks.Should().Be(3);
        result.Steps.Should().HaveCount(4);
    }

    [Fact]
    public async Task Clean_up_may_repeat_a_step_too()
    {
        Answer("any", "old", "new");

        AttemptResult result = await RunAsync(
            "- request: { srv: \"11.2\" }", "cleanup:\n" + string.Join('\n', Poll.Split('\n').Select(line => "  " + line)));

        result.Verdict.Should().Be(Verdict.Passed);
        result.Steps[^1].Name.Should().Be("clean-up: read the version");
        result.Steps.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_critical_request_that_may_be_repeated_flushes_the_journal_before_each_round()
    {
        Answer("old", "old");
        _bench.Script.Then(ScriptedService.Answer(success: true, ("A", "1")));

        await RunAsync("""
            - request: { srv: "7.1" }
              expect: { body: { A: "1" } }
              repeat: { until: met, every: 1s, at-most: 3, unsafe: allowed }
            """);

        _journal.Log.Count(entry => entry == "Flush").Should().Be(4, "three rounds and the end of the attempt");
    }

    private JsonElement Evidence() =>
        JsonDocument.Parse(_journal.Of<EvidenceRecorded>().Single().Content).RootElement;

    private void Answer(params string[] versions)
    {
        foreach (string version in versions)
        {
            _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", version)));
        }
    }

    private Task<AttemptResult> RunAsync(string steps, string rest = "", CancellationToken cancellation = default)
    {
        TestPack pack = PackText.LoadSteps(steps, rest);
        return new PackRunner().RunOnClockAsync(pack, pack.Cases[0], _bench, _journal, _time, cancellation);
    }
}
