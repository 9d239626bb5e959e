using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class BenchRuleTests
{
    [Theory]
    [InlineData(Verdict.Inconclusive, 3)]
    [InlineData(Verdict.Passed, 0)]
    [InlineData(Verdict.Failed, 0)]
    [InlineData(Verdict.Error, 2)]
    [InlineData(Verdict.Blocked, 2)]
    [InlineData(Verdict.Skipped, 2)]
    [InlineData(Verdict.NotRun, 2)]
    public void Only_a_verdict_about_a_device_ends_a_row(Verdict verdict, int expected) =>
        BenchRule.RowAfter(2, verdict).Should().Be(expected);

    [Theory]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(1, 1, true)]
    [InlineData(0, 9, false)]
    public void A_bench_is_sick_when_its_row_is_as_long_as_the_policy_says(int limit, int row, bool expected) =>
        BenchRule.IsSick(new LeasePolicy { InconclusiveInARow = limit }, row).Should().Be(expected);

    [Fact]
    public void A_negative_limit_is_refused()
    {
        Func<LeasePolicy> negative = () => new LeasePolicy { InconclusiveInARow = -1 };

        negative.Should().Throw<ArgumentOutOfRangeException>();
    }
}
