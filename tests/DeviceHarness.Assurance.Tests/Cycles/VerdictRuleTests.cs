using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class VerdictRuleTests
{
    [Theory]
    [InlineData(new[] { Verdict.Failed, Verdict.Passed }, Verdict.Failed, true)]
    [InlineData(new[] { Verdict.Passed, Verdict.Failed }, Verdict.Passed, true)]
    [InlineData(new[] { Verdict.Passed, Verdict.Inconclusive, Verdict.Passed }, Verdict.Passed, false)]
    [InlineData(new[] { Verdict.Failed, Verdict.Failed }, Verdict.Failed, false)]
    [InlineData(new[] { Verdict.Failed, Verdict.Inconclusive, Verdict.Passed }, Verdict.Failed, true)]
    [InlineData(new[] { Verdict.Inconclusive, Verdict.Passed }, Verdict.Passed, false)]
    [InlineData(new[] { Verdict.Inconclusive, Verdict.Error }, Verdict.Error, false)]
    [InlineData(new[] { Verdict.Blocked, Verdict.Inconclusive }, Verdict.Inconclusive, false)]
    [InlineData(new[] { Verdict.Skipped }, Verdict.Skipped, false)]
    [InlineData(new Verdict[0], Verdict.NotRun, false)]
    public void The_first_conclusive_attempt_decides_and_both_verdicts_are_flaky(Verdict[] verdicts, Verdict expected, bool isFlaky)
    {
        ExecutionHistory execution = Execution(1, [.. verdicts.Select((verdict, index) => Attempt(index + 1, verdict))]);

        execution.Verdict.Should().Be(expected);
        execution.IsFlaky.Should().Be(isFlaky);
    }

    [Fact]
    public void The_order_is_that_of_the_attempt_numbers()
    {
        ExecutionHistory execution = Execution(1, Attempt(2, Verdict.Passed), Attempt(1, Verdict.Failed));

        execution.Deciding!.Key.Number.Should().Be(1);
    }

    [Fact]
    public void A_superseded_attempt_never_counts()
    {
        ExecutionHistory execution = Execution(1, Attempt(1, Verdict.Failed, isSuperseded: true), Attempt(2, Verdict.Passed));

        execution.Verdict.Should().Be(Verdict.Passed);
        execution.IsFlaky.Should().BeFalse();
    }

    [Fact]
    public void An_attempt_that_runs_does_not_decide()
    {
        Attempt running = Attempt(2, Verdict.NotRun) with { State = AttemptState.Running };

        Execution(1, running).Deciding.Should().BeNull();
        Execution(1, Attempt(1, Verdict.Inconclusive), running).Verdict.Should().Be(Verdict.Inconclusive);
    }
}
