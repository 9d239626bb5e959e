using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class LeaseRuleTests
{
    [Fact]
    public void A_lease_ends_five_minutes_after_the_time_budget()
    {
        LeaseRule.EndOf(Noon, TimeSpan.FromMinutes(2)).Should().Be(Noon.AddMinutes(7));
    }

    [Theory]
    [InlineData(RepeatSafety.Safe, Verdict.Inconclusive, true)]
    [InlineData(RepeatSafety.Safe, Verdict.NotRun, true)]
    [InlineData(RepeatSafety.Safe, Verdict.Failed, false)]
    [InlineData(RepeatSafety.Safe, Verdict.Passed, false)]
    [InlineData(RepeatSafety.Unsafe, Verdict.Inconclusive, false)]
    public void Only_what_is_safe_and_has_no_verdict_goes_back_to_the_queue(RepeatSafety safety, Verdict soFar, bool expected)
    {
        LeaseRule.GoesBackToQueue(safety, soFar).Should().Be(expected);
    }
}
