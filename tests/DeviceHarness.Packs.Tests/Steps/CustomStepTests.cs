using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class CustomStepTests
{
    private readonly ScriptedBench _bench = new();

    [Theory]
    [InlineData(true, "", Verdict.Passed, "")]
    [InlineData(false, "", Verdict.Failed, "display: expected 12, found 11")]
    [InlineData(true, "the camera is dark", Verdict.Inconclusive, "the camera is dark")]
    public async Task What_a_kind_finds_is_judged_as_what_other_steps_find(bool isMet, string why, Verdict verdict, string reason)
    {
        ScriptedKind kind = new(new StepOutcome([new StepFinding("display", "12", isMet ? "12" : "11", isMet)])
        {
            Inconclusive = why.Length == 0 ? null : why,
        });
        _bench.StepKind = kind;

        AttemptResult result = await RunAsync("{ kind: read-display, with: { digits: \"${seed}\" } }");

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().EndWith(reason);
        kind.Calls.Should().ContainSingle().Which.Values.Should().Contain("digits", "0");
        kind.Calls[0].Device.Id.Value.Should().Be("esme-01");
    }

    [Theory]
    [InlineData("{ kind: other, with: { digits: 1 } }", Verdict.Blocked, "no assembly under 'step-kinds'")]
    [InlineData("{ kind: read-display }", Verdict.Error, "the value 'digits', which read-display needs")]
    [InlineData("{ kind: read-display, with: { digits: 1, digit: 2 } }", Verdict.Error, "the value 'digit'")]
    public async Task A_kind_that_the_rig_lacks_or_that_is_given_other_values_is_told(string custom, Verdict verdict, string reason)
    {
        _bench.StepKind = new ScriptedKind(new StepOutcome([]));

        AttemptResult result = await RunAsync(custom);

        result.Verdict.Should().Be(verdict);
        result.Reason.Should().Contain(reason);
    }

    [Fact]
    public async Task What_it_tells_besides_a_later_step_can_use()
    {
        ScriptedKind kind = new(new StepOutcome([]) { Values = new Dictionary<string, string> { ["shown"] = "0012" } });
        _bench.StepKind = kind;

        AttemptResult result = await RunStepsAsync(
            """
            - custom: { kind: read-display, with: { digits: "4" } }
              capture: { before: shown }
            - custom: { kind: read-display, with: { digits: "${before}" } }
            """);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        kind.Calls.Select(call => call.Values["digits"]).Should().Equal("4", "0012");
    }

    [Fact]
    public async Task A_value_that_it_does_not_tell_is_missed()
    {
        _bench.StepKind = new ScriptedKind(new StepOutcome([]) { Values = new Dictionary<string, string> { ["shown"] = "0012" } });

        AttemptResult result = await RunStepsAsync(
            """
            - custom: { kind: read-display, with: { digits: "4" } }
              capture: { before: hidden }
            """);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain("capture before: expected the value 'hidden', found nothing");
    }

    [Theory]
    [InlineData("capture: { now: shown }", "'now'")]
    [InlineData("capture: { a-b: shown }", "'a-b'")]
    public void A_name_that_no_later_step_could_write_is_told_when_the_pack_is_read(string capture, string found)
    {
        Action reading = () => PackText.LoadSteps($"- custom: {{ kind: read-display }}\n  {capture}");

        reading.Should().Throw<ConfigurationException>().WithMessage($"*{found}*");
    }

    [Fact]
    public void Whether_it_reaches_the_device_and_what_it_does_to_it_the_pack_says()
    {
        TestPack silent = PackText.LoadSteps("- custom: { kind: read-display }");
        TestPack touching = PackText.LoadSteps("- custom: { kind: press-button, reaches-device: true }\n  change: irreversible");

        silent.Cases[0].TouchesDevice.Should().BeFalse();
        silent.Cases[0].Steps[0].IsUnsafe.Should().BeFalse();
        touching.Cases[0].TouchesDevice.Should().BeTrue();
        touching.Cases[0].Steps[0].IsUnsafe.Should().BeTrue();
    }

    private Task<AttemptResult> RunAsync(string custom) => RunStepsAsync($"- custom: {custom}");

    private Task<AttemptResult> RunStepsAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = new ManualTimeProvider() },
            CancellationToken.None).DefaultTimeout();
    }

    private sealed class ScriptedKind(StepOutcome outcome) : IStepKind
    {
        public List<StepCall> Calls { get; } = [];

        public string Name => "read-display";

        public IReadOnlyList<string> Required => ["digits"];

        public IReadOnlyList<string> Optional => [];

        public ValueTask<StepOutcome> ExecuteAsync(StepCall call, CancellationToken cancellationToken)
        {
            Calls.Add(call);
            return ValueTask.FromResult(outcome);
        }
    }
}
