using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class PassRateTests
{
    [Fact]
    public void The_denominator_is_always_printed()
    {
        ExecutionHistory[] executions =
            [.. Enumerable.Range(1, 11).Select(ordinal => Ended(ordinal, Verdict.Passed)), Ended(12, Verdict.Failed)];

        string text = PassRate.Of(executions).ToString();

        text.Should().Be("11 of 12 in-scope cases passed (92 %), executed 12 of 12 (100 %)");
    }

    [Fact]
    public void Only_skipped_and_descoped_cases_leave_the_denominator()
    {
        PassRate rate = PassRate.Of(
        [
            Ended(1, Verdict.Passed), Ended(2, Verdict.Failed), Ended(3, Verdict.Inconclusive), Ended(4, Verdict.Error),
            Ended(5, Verdict.Blocked), Execution(6), Ended(7, Verdict.Skipped, "no load switch"), Descoped(8, "agreed"),
        ]);

        rate.Should().Be(new PassRate(
            Passed: 1, Failed: 1, Inconclusive: 1, Error: 1, Blocked: 1, NotRun: 1, Skipped: 1, Descoped: 1));
        rate.InScope.Should().Be(6);
        rate.Executed.Should().Be(2);
        rate.ToString().Should().Be("1 of 6 in-scope cases passed (17 %), executed 2 of 6 (33 %)");
    }

    [Theory]
    [InlineData(1, 2, 50)]
    [InlineData(1, 3, 33)]
    [InlineData(2, 3, 67)]
    [InlineData(1, 8, 13)]
    [InlineData(3, 8, 38)]
    [InlineData(124, 1000, 12)]
    [InlineData(125, 1000, 13)]
    [InlineData(0, 7, 0)]
    [InlineData(7, 7, 100)]
    [InlineData(20_000_000, 20_000_001, 100)]
    public void Percentages_are_whole_and_rounded_half_up(int passed, int inScope, int percent)
    {
        PassRate rate = new(passed, inScope - passed, 0, 0, 0, 0, 0, 0);

        rate.PassedPercent.Should().Be(percent);
    }

    [Fact]
    public void Nothing_in_scope_has_no_rate()
    {
        PassRate rate = PassRate.Of([Ended(1, Verdict.Skipped)]);

        rate.PassedPercent.Should().BeNull();
        rate.ToString().Should().Be("0 of 0 in-scope cases passed (no rate), executed 0 of 0 (no rate)");
    }
}
