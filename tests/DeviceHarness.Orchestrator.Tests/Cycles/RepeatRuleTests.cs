using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Cycles;

public sealed class RepeatRuleTests
{
    private const int Retries = 2;

    [Theory]
    [InlineData("I", true)]
    [InlineData("II", true)]
    [InlineData("III", false)]
    [InlineData("P", false)]
    [InlineData("F", false)]
    [InlineData("E", false)]
    [InlineData("B", false)]
    [InlineData("S", false)]
    [InlineData("IF", false)]
    public void Only_inconclusive_attempts_are_repeated_and_at_most_twice(string verdicts, bool expected)
    {
        ExecutionHistory history = History(verdicts, RepeatSafety.Safe);

        RepeatRule.IsRepeated(Sample, history, history.Attempts[^1].Key, Retries).Should().Be(expected);
    }

    [Fact]
    public void A_case_that_is_unsafe_to_repeat_is_left_to_a_person()
    {
        ExecutionHistory history = History("I", RepeatSafety.Unsafe);

        RepeatRule.IsRepeated(Sample, history, history.Attempts[0].Key, Retries).Should().BeFalse();
    }

    [Fact]
    public void A_cancelled_cycle_repeats_nothing()
    {
        ExecutionHistory history = History("I", RepeatSafety.Safe);

        RepeatRule.IsRepeated(Sample with { StateReason = "cancelled" }, history, history.Attempts[0].Key, Retries).Should().BeFalse();
    }

    [Fact]
    public void An_older_attempt_that_comes_again_repeats_nothing()
    {
        ExecutionHistory history = History("II", RepeatSafety.Safe);

        RepeatRule.IsRepeated(Sample, history, history.Attempts[0].Key, Retries).Should().BeFalse();
    }

    private static Cycle Sample { get; } = new()
    {
        Id = "c",
        PackName = "sample",
        PackHash = new string('a', 64),
        PackText = "pack: sample",
        Rig = "bench-01",
        HarnessVersion = "1.0",
        Devices = [],
        Seed = 1,
        Created = DateTimeOffset.UnixEpoch,
        State = CycleState.Running,
    };

    private static ExecutionHistory History(string verdicts, RepeatSafety safety) => new(
        new Execution
        {
            Id = "c.0001",
            CycleId = "c",
            CaseId = "ONE",
            Title = "The case",
            Ordinal = 1,
            RepeatSafety = safety,
            TimeBudget = TimeSpan.FromMinutes(1),
        },
        ExecutionState.Finished,
        [.. verdicts.Select((letter, index) => new Attempt
        {
            Key = new AttemptKey("c.0001", index + 1, index + 1),
            State = AttemptState.Finished,
            Verdict = VerdictOf(letter),
        })]);

    private static Verdict VerdictOf(char letter) => letter switch
    {
        'P' => Verdict.Passed,
        'F' => Verdict.Failed,
        'I' => Verdict.Inconclusive,
        'E' => Verdict.Error,
        'B' => Verdict.Blocked,
        _ => Verdict.Skipped,
    };
}
