using DeviceHarness.Drivers.Security;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Security;

public sealed class AttemptBudgetTests
{
    private const string Keys = "keys";

    [Fact]
    public void An_unknown_limit_is_one_attempt()
    {
        AttemptRecord begun = AttemptBudget.Begin(AttemptRecord.None, Keys, AttemptBudget.UnknownLimit)!;

        AttemptRecord failed = AttemptBudget.Settle(begun, Keys, AttemptEnd.Failed);

        AttemptBudget.Begin(failed, Keys, AttemptBudget.UnknownLimit).Should().BeNull();
        AttemptBudget.Begin(failed, "other keys", AttemptBudget.UnknownLimit).Should().BeNull("a device counts them together");
        AttemptBudget.Begin(failed, Keys, 2).Should().NotBeNull();
    }

    [Fact]
    public void The_end_of_a_lock_gives_the_whole_budget_back_and_nothing_before_does()
    {
        DateTimeOffset until = new(2026, 7, 1, 12, 10, 0, TimeSpan.Zero);
        AttemptRecord locked = new(3, IsPending: true, Keys) { LockedUntil = until };

        AttemptBudget.Unlock(locked, until - TimeSpan.FromSeconds(1)).Should().Be(locked);
        AttemptBudget.Unlock(locked, until).Should().Be(new AttemptRecord(0, IsPending: false, Keys));
        AttemptBudget.Unlock(locked with { LockedUntil = null }, until).Failures
            .Should().Be(3, "a lock of unknown length never ends by itself");
    }

    [Fact]
    public void Success_gives_the_whole_budget_back()
    {
        AttemptRecord begun = AttemptBudget.Begin(new AttemptRecord(2, IsPending: false, string.Empty), Keys, 3)!;

        AttemptRecord kept = AttemptBudget.Settle(begun, Keys, AttemptEnd.Proven);

        kept.Should().Be(new AttemptRecord(0, IsPending: false, Keys));
    }

    [Theory]
    [InlineData("keys", 0)]
    [InlineData("", 1)]
    [InlineData("other keys", 1)]
    public void An_attempt_whose_end_is_not_known_counts_unless_the_device_took_the_same_credentials_last(string proven, int spent)
    {
        AttemptRecord begun = AttemptBudget.Begin(new AttemptRecord(0, IsPending: false, proven), Keys, 1)!;

        AttemptBudget.Spent(begun, Keys).Should().Be(spent);
        AttemptBudget.Settle(begun, Keys, AttemptEnd.Unclear).Failures.Should().Be(spent);
        AttemptBudget.Settle(begun, Keys, AttemptEnd.Undecided).Failures.Should().Be(0);
    }
}
