using System.Text.Json;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class AlertStepTests
{
    private const string OneAlert = """
        - request: { srv: "7.4" }
        - alert: { code: "8154", within: 10s }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingJournal _journal = new();

    [Fact]
    public async Task An_alert_that_came_during_the_request_meets_it_at_once()
    {
        _bench.Script.Arriving = _ => _bench.AlertLog.Tell("8154");

        AttemptResult result = await RunAsync(OneAlert).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _journal.Of<AlertReceived>().Should().ContainSingle().Which.Code.Should().Be("8154");
        _journal.Log.IndexOf(nameof(AlertReceived)).Should().BeLessThan(_journal.Log.IndexOf(nameof(StepFinished)));
    }

    [Theory]
    [InlineData(2, Verdict.Passed)]
    [InlineData(1, Verdict.Failed)]
    public async Task More_that_the_service_hands_on_than_are_due_are_a_miss(int throttled, Verdict verdict)
    {
        _bench.Script.Arriving = _ =>
        {
            for (int turn = 0; turn < 4; turn++)
            {
                _bench.AlertLog.Tell("8154", isThrottled: turn >= 4 - throttled);
            }
        };

        AttemptResult result = await RunAsync(
            """
            - request: { srv: "7.4" }
            - alert: { code: "8154", count: 4, forwarded-at-most: 2 }
            """).DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().EndWith(
            verdict == Verdict.Passed ? string.Empty : "handed on 3 alerts 8154 of esme-01, at most 2 were due");
    }

    [Fact]
    public async Task An_alert_that_comes_later_is_waited_for()
    {
        Task<AttemptResult> run = RunAsync(OneAlert);
        await _bench.AlertLog.Asked.DefaultTimeout();
        _bench.AlertLog.Tell("8F74");
        await _bench.AlertLog.Asked.DefaultTimeout();

        _bench.AlertLog.Tell("8154");
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        Alerts().GetProperty("unexplained").GetInt32().Should().Be(1, "nothing expected 8F74");
    }

    [Fact]
    public async Task None_in_time_is_Failed_when_the_device_answers_afterwards()
    {
        Task<AttemptResult> run = RunAsync(OneAlert);
        await _bench.AlertLog.Asked.DefaultTimeout();

        _time.Advance(TimeSpan.FromSeconds(10));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("alert: esme 8154: esme-01 told alert 8154 0 of 1 times within 10 s");
        Alerts().GetProperty("missing").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData(false, "it gives no sign of life")]
    [InlineData(null, "nobody can ask it for a sign of life")]
    public async Task None_in_time_is_Inconclusive_when_nothing_shows_the_link_sound(bool? answers, string words)
    {
        _bench.AlertLog.Answers = answers;
        Task<AttemptResult> run = RunAsync(OneAlert);
        await _bench.AlertLog.Asked.DefaultTimeout();

        _time.Advance(TimeSpan.FromSeconds(10));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().EndWith(words);
    }

    [Fact]
    public async Task An_alert_that_comes_after_its_step_gave_up_is_late_and_not_missing()
    {
        _bench.AlertLog.OnProbe = () => _bench.AlertLog.Tell("8154");
        Task<AttemptResult> run = RunAsync(OneAlert);
        await _bench.AlertLog.Asked.DefaultTimeout();

        _time.Advance(TimeSpan.FromSeconds(10));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        JsonElement alerts = Alerts();
        (alerts.GetProperty("late").GetInt32(), alerts.GetProperty("missing").GetInt32(), alerts.GetProperty("unexplained").GetInt32())
            .Should().Be((1, 0, 0));
        alerts.GetProperty("rows")[0].GetProperty("standing").GetString().Should().Be("late");
    }

    [Fact]
    public async Task What_came_before_the_attempt_is_kept_and_meets_nothing()
    {
        _bench.AlertLog.Tell("8154");
        Task<AttemptResult> run = RunAsync(OneAlert);
        await _bench.AlertLog.Asked.DefaultTimeout();

        _time.Advance(TimeSpan.FromSeconds(10));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        _journal.Of<AlertReceived>().Should().ContainSingle().Which.IsEarlier.Should().BeTrue();
        Alerts().GetProperty("rows")[0].GetProperty("standing").GetString().Should().Be("earlier");
    }

    [Fact]
    public async Task A_duplicate_does_not_count_twice()
    {
        _bench.Script.Arriving = _ =>
        {
            _bench.AlertLog.Tell("8154");
            _bench.AlertLog.Tell("8154", isDuplicate: true);
        };
        Task<AttemptResult> run = RunAsync("""
            - request: { srv: "7.4" }
            - alert: { code: "8154", within: 0s, count: 2 }
            """);

        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain("1 of 2 times");
        Alerts().GetProperty("duplicates").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData("8154", Verdict.Passed)]
    [InlineData("8F74", Verdict.Failed)]
    public async Task None_is_missed_by_an_alert_that_no_step_expects(string code, Verdict verdict)
    {
        _bench.Script.Arriving = _ =>
        {
            _bench.AlertLog.Tell("8154");
            if (code != "8154")
            {
                _bench.AlertLog.Tell(code);
            }
        };

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - alert: "8154"
            - alert: { code: none, within: 0s }
            """).DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        if (verdict == Verdict.Failed)
        {
            result.Reason.Should().EndWith("esme-01 told alerts that no step expects: 8F74");
        }
    }

    [Theory]
    [InlineData("", Verdict.Passed, "")]
    [InlineData("8145", Verdict.Passed, "")]
    [InlineData("8145 8F12", Verdict.Passed, "")]
    [InlineData("8145 8145", Verdict.Failed, "8145")]
    [InlineData("8145 8F74", Verdict.Failed, "8F74")]
    public async Task Besides_lets_one_alert_of_each_of_its_codes_be_and_no_other(string told, Verdict verdict, string unexpected)
    {
        _bench.Script.Arriving = _ => Array.ForEach(
            told.Split(' ', StringSplitOptions.RemoveEmptyEntries), code => _bench.AlertLog.Tell(code));

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - alert: { code: none, besides: [ "8145", "8F12" ], within: 0s }
            """).DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().EndWith(verdict == Verdict.Passed ? "" : $"told alerts that no step expects: {unexpected}");
    }

    [Theory]
    [InlineData("{ code: \"8F35\", besides: [ \"8145\" ] }", "'besides' beside 'code: none'")]
    [InlineData("{ code: none, besides: [ none ] }", "alert codes")]
    [InlineData("{ code: none, besides: [ \"8145\", \"8145\" ] }", "at most 10 alert codes, each once")]
    public void Besides_belongs_to_none_and_names_codes(string alert, string allowed)
    {
        Action read = () => PackText.LoadSteps($"- request: {{ srv: \"7.4\" }}\n- alert: {alert}");

        read.Should().Throw<ConfigurationException>().Which.Allowed.Should().Contain(allowed);
    }

    [Fact]
    public async Task An_alert_of_a_device_that_the_case_does_not_use_is_left_to_others()
    {
        _bench.AlertLog.Tell("8154", "esme-mute");

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
            - alert: { code: none, within: 0s }
            """).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _bench.AlertLog.TakeFor([new("esme-mute")]).Should().ContainSingle();
    }

    [Fact]
    public async Task A_case_without_any_alert_says_nothing_of_alerts()
    {
        await RunAsync("""- request: { srv: "7.4" }""").DefaultTimeout();

        Evidence().TryGetProperty("alerts", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("8f35")]
    [InlineData("{ code: \"835\" }")]
    [InlineData("{ code: \"8F35\", count: 0 }")]
    [InlineData("{ code: \"8F35\", other: 1 }")]
    [InlineData("{ within: 1s }")]
    public void A_step_that_is_wrong_is_told_with_its_place(string value)
    {
        Action load = () => Load($"- alert: {value}");

        load.Should().Throw<ConfigurationException>();
    }

    [Fact]
    public void A_code_of_no_table_is_odd_and_not_wrong()
    {
        TestPack pack = Load("""
            - request: { srv: "7.4" }
            - alert: "9999"
            """);

        pack.Cases[0].Steps.OfType<AlertStep>().Should().ContainSingle().Which.Within.Should().Be(AlertStep.DefaultWithin);
        PackLint.Check(pack).Findings.Should().Contain(finding => finding.Text.Contains("9999", StringComparison.Ordinal));
    }

    private JsonElement Alerts() => Evidence().GetProperty("alerts");

    private JsonElement Evidence() => JsonDocument.Parse(_journal.Of<EvidenceRecorded>().Single().Content).RootElement;

    private static TestPack Load(string steps) => PackText.LoadSteps(steps);

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = Load(steps);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, _journal, new RunOptions { Time = _time }, CancellationToken.None);
    }
}
