using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class StopRuleTests
{
    [Theory]
    [InlineData("failed=1", Verdict.Failed, 1)]
    [InlineData("inconclusive=30", Verdict.Inconclusive, 30)]
    [InlineData("error=2", Verdict.Error, 2)]
    [InlineData("blocked=4", Verdict.Blocked, 4)]
    public void A_rule_is_read_as_it_writes_itself(string text, Verdict verdict, int cases)
    {
        bool isRule = StopRule.TryParse(text, out StopRule? rule);

        isRule.Should().BeTrue();
        rule.Should().Be(new StopRule(verdict, cases));
        rule!.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("failed")]
    [InlineData("failed=0")]
    [InlineData("failed=-1")]
    [InlineData("passed=1")]
    [InlineData("Failed=1")]
    [InlineData("failed=1=2")]
    public void What_is_no_rule_is_not_read(string text) => StopRule.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void The_first_rule_whose_number_is_reached_is_met()
    {
        StopRule[] rules = [new(Verdict.Failed, 2), new(Verdict.Blocked, 1)];

        StopRule? none = StopRule.Met(rules, verdict => verdict == Verdict.Failed ? 1 : 0);
        StopRule? met = StopRule.Met(rules, verdict => verdict == Verdict.Failed ? 1 : 3);

        none.Should().BeNull();
        met.Should().Be(rules[1]);
        met!.ReasonFor("KEY-02").Should().Be("stop rule blocked=1: Blocked for the 1. time: KEY-02");
    }
}
