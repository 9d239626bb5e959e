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

    [Fact]
    public void A_lease_behind_others_begins_when_their_budgets_are_over_and_one_behind_overdue_ones_begins_now()
    {
        DateTimeOffset first = LeaseRule.EndOf(Noon, TimeSpan.FromMinutes(2));

        LeaseRule.EndOf(Noon.AddMinutes(1), TimeSpan.FromMinutes(3), first).Should().Be(Noon.AddMinutes(2 + 3 + 5));
        LeaseRule.EndOf(Noon.AddMinutes(4), TimeSpan.FromMinutes(3), first).Should().Be(Noon.AddMinutes(4 + 3 + 5));
    }

    [Theory]
    [InlineData(Verdict.Inconclusive, true)]
    [InlineData(Verdict.NotRun, false)]
    [InlineData(Verdict.Passed, false)]
    [InlineData(Verdict.Failed, false)]
    [InlineData(Verdict.Error, false)]
    [InlineData(Verdict.Blocked, false)]
    [InlineData(Verdict.Skipped, false)]
    public void Only_an_inconclusive_execution_goes_back_to_the_queue_and_only_when_it_is_safe(Verdict soFar, bool expected)
    {
        LeaseRule.GoesBackToQueue(LeasePolicy.Default, RepeatSafety.Safe, soFar, 1).Should().Be(expected);
        LeaseRule.GoesBackToQueue(LeasePolicy.Default, RepeatSafety.Unsafe, soFar, 1).Should().BeFalse();
    }

    [Theory]
    [InlineData(2, 2, true)]
    [InlineData(2, 3, false)]
    [InlineData(0, 1, false)]
    public void An_execution_goes_back_as_often_as_the_policy_says_and_then_a_person_decides(int retries, int attempts, bool expected)
    {
        LeasePolicy policy = new() { InconclusiveRetries = retries };

        LeaseRule.GoesBackToQueue(policy, RepeatSafety.Safe, Verdict.Inconclusive, attempts).Should().Be(expected);
        LeaseRule.ReasonOfExpiry(policy, RepeatSafety.Safe, attempts).Contains("a person decides", StringComparison.Ordinal)
            .Should().Be(!expected);
        LeaseRule.ReasonOfExpiry(policy, RepeatSafety.Unsafe, attempts).Should().Contain("unsafe to repeat: a person decides");
    }

    [Fact]
    public void A_policy_without_a_lease_or_with_fewer_than_no_retries_is_refused()
    {
        Func<LeasePolicy> none = () => new LeasePolicy { Depth = 0 };
        Func<LeasePolicy> negative = () => new LeasePolicy { InconclusiveRetries = -1 };

        none.Should().Throw<ArgumentOutOfRangeException>();
        negative.Should().Throw<ArgumentOutOfRangeException>();
    }
}
