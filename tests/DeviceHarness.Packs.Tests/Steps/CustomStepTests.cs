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
    public void Whether_it_reaches_the_device_and_what_it_does_to_it_the_pack_says()
    {
        TestPack silent = PackText.LoadSteps("- custom: { kind: read-display }");
        TestPack touching = PackText.LoadSteps("- custom: { kind: press-button, reaches-device: true }\n  change: irreversible");

        silent.Cases[0].TouchesDevice.Should().BeFalse();
        silent.Cases[0].Steps[0].IsUnsafe.Should().BeFalse();
        touching.Cases[0].TouchesDevice.Should().BeTrue();
        touching.Cases[0].Steps[0].IsUnsafe.Should().BeTrue();
    }

    private Task<AttemptResult> RunAsync(string custom)
    {
        TestPack pack = PackText.LoadSteps($"- custom: {custom}");
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
