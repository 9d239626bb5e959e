using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class CycleRuleTests
{
    [Theory]
    [InlineData(new[] { Verdict.Passed, Verdict.Failed }, CycleState.Complete)]
    [InlineData(new[] { Verdict.Passed, Verdict.Skipped }, CycleState.Complete)]
    [InlineData(new[] { Verdict.Passed, Verdict.Inconclusive }, CycleState.Incomplete)]
    [InlineData(new[] { Verdict.Passed, Verdict.Error }, CycleState.Incomplete)]
    [InlineData(new[] { Verdict.Passed, Verdict.Blocked }, CycleState.Incomplete)]
    [InlineData(new[] { Verdict.Passed, Verdict.NotRun }, CycleState.Incomplete)]
    [InlineData(new[] { Verdict.Skipped }, CycleState.Incomplete)]
    [InlineData(new Verdict[0], CycleState.Incomplete)]
    public void Complete_means_that_every_in_scope_case_has_a_conclusive_attempt(Verdict[] verdicts, CycleState expected)
    {
        CycleRule.StateWhenEnded(RateOf(verdicts)).Should().Be(expected);
    }

    [Theory]
    [InlineData(new[] { Verdict.Passed }, 0)]
    [InlineData(new[] { Verdict.Passed, Verdict.Skipped }, 0)]
    [InlineData(new[] { Verdict.Failed }, 1)]
    [InlineData(new[] { Verdict.Failed, Verdict.Inconclusive }, 1)]
    [InlineData(new[] { Verdict.Passed, Verdict.Inconclusive }, 3)]
    [InlineData(new[] { Verdict.Passed, Verdict.Error }, 3)]
    [InlineData(new[] { Verdict.Passed, Verdict.Blocked }, 3)]
    [InlineData(new[] { Verdict.Passed, Verdict.NotRun }, 3)]
    [InlineData(new[] { Verdict.Skipped }, 3)]
    public void The_exit_code_tells_failures_from_infrastructure(Verdict[] verdicts, int expected)
    {
        CycleRule.ExitCode([RateOf(verdicts)]).Should().Be(expected);
    }

    [Fact]
    public void The_worst_cycle_gives_the_exit_code()
    {
        PassRate passed = RateOf([Verdict.Passed]);
        PassRate failed = RateOf([Verdict.Failed]);
        PassRate inconclusive = RateOf([Verdict.Inconclusive]);

        CycleRule.ExitCode([passed, passed]).Should().Be(0);
        CycleRule.ExitCode([inconclusive, passed]).Should().Be(3);
        CycleRule.ExitCode([passed, inconclusive]).Should().Be(3);
        CycleRule.ExitCode([inconclusive, failed]).Should().Be(1);
        CycleRule.ExitCode([]).Should().Be(3, "a run without a cycle proves nothing");
    }

    private static PassRate RateOf(IEnumerable<Verdict> verdicts) =>
        PassRate.Of(verdicts.Select((verdict, index) => verdict == Verdict.NotRun ? Execution(index) : Ended(index, verdict)));
}
