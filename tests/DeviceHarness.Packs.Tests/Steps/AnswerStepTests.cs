using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class AnswerStepTests
{
    private const string Send = """
        - request: { srv: "7.4" }
          expect: { response: { present: false } }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();

    [Theory]
    [InlineData("answer: { of: 1 }", true, Verdict.Passed)]
    [InlineData("answer: { of: 1 }", false, Verdict.Failed)]
    [InlineData("answer: { of: 1, none: true, within: 1s }", true, Verdict.Failed)]
    [InlineData("answer: { of: 1, none: true, within: 1s }", false, Verdict.Passed)]
    [InlineData("answer: { of: 1 }\n  expect: { body: { SupplyState: Armed } }", true, Verdict.Failed)]
    public async Task The_answer_that_comes_later_is_judged_as_one_that_comes_at_once(string step, bool comes, Verdict verdict)
    {
        Accept();
        _bench.Script.Later = _ => comes ? ScriptedService.Answer(success: true, ("SupplyState", "Enabled")) : null;

        AttemptResult result = await RunAsync($"{Send}\n- {step}");

        result.Verdict.Should().Be(verdict, result.Reason);
    }

    [Fact]
    public async Task What_a_later_answer_says_is_kept_for_the_steps_after_it()
    {
        Accept();
        _bench.Script.Later = _ => ScriptedService.Answer(success: true, ("SupplyState", "Enabled"));

        AttemptResult result = await RunAsync($$"""
            {{Send}}
            - answer: { of: 1 }
              capture: { state: SupplyState }
            - request: { srv: "7.4" }
              expect: { body: { SupplyState: "${state}" } }
            """);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain("expected Enabled");
        _journal.Of<StepFinished>().Select(step => step.ServiceReferenceVariant).Should().OnlyContain(srv => srv == "7.4").And.HaveCount(3);
    }

    [Theory]
    [InlineData("release", QuarantineDecision.Release)]
    [InlineData("drop", QuarantineDecision.Drop)]
    public async Task A_decision_is_about_the_request_of_that_step(string word, QuarantineDecision decision)
    {
        Accept();
        RequestId? decided = null;
        _bench.Script.Decide = (id, made) =>
        {
            decided = id;
            made.Should().Be(decision);
            return made == QuarantineDecision.Release ? ScriptedService.Answer(success: true) : null;
        };

        AttemptResult result = await RunAsync($"{Send}\n- answer: {{ of: 1, decide: {word} }}");

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        _bench.Script.Requests[0].Should().Contain(decided.ToString());
    }

    [Fact]
    public async Task A_step_that_sent_nothing_has_no_answer()
    {
        AttemptResult result = await RunAsync("- inventory: { status: Suspended }\n- answer: { of: 1 }");

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("step 1 sent no request");
    }

    [Theory]
    [InlineData("answer: { of: 2 }", "answer.of CONF-004")]
    [InlineData("answer: { within: 1s }", "answer.of CONF-002")]
    [InlineData("answer: { of: 1, decide: keep }", "answer.decide CONF-004")]
    [InlineData("answer: { of: 1, decide: drop, within: 1s }", "answer.within PACK-011")]
    [InlineData("answer: { of: 1, none: true }\n  expect: { response: I0 }", "expect PACK-009")]
    public void What_cannot_be_is_told_with_its_place(string step, string fault)
    {
        string text = PackText.WithSteps($"- request: {{ srv: \"7.4\" }}\n- {step}");

        Packs.Loader.PackLoader.Check(text, "sample").Faults.Select(found => $"{found.Key} {found.Code}")
            .Should().Equal($"cases[0].steps[1].{fault}");
    }

    private void Accept() => _bench.Script.Then(ScriptedService.Exchange("I99", responseCode: null, outcome: null, body: null));

    private Task<AttemptResult> RunAsync(string steps)
    {
        Packs.Model.TestPack pack = PackText.LoadSteps(steps);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, _journal, new RunOptions { Time = new ManualTimeProvider() }, CancellationToken.None)
            .DefaultTimeout();
    }
}
