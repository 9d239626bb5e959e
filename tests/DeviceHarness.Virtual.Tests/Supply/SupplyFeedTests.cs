using DeviceHarness.Virtual.Supply;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Supply;

public sealed class SupplyFeedTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly SupplyFeed _feed = new();

    [Fact]
    public void An_interruption_lasts_until_the_supply_is_given_back()
    {
        _feed.Interrupt(Noon, until: null);
        bool isAway = _feed.Interruptions[0].Covers(Noon.AddHours(5));
        _feed.Restore(Noon.AddSeconds(40));

        isAway.Should().BeTrue();
        _feed.Interruptions.Should().Equal(new SupplyInterruption(Noon, Noon.AddSeconds(40)));
        _feed.Interruptions[0].DurationAt(Noon.AddHours(5)).Should().Be(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void Giving_back_what_was_not_away_changes_nothing()
    {
        _feed.Interrupt(Noon, Noon.AddSeconds(10));

        _feed.Restore(Noon.AddSeconds(60));

        _feed.Interruptions.Should().Equal(new SupplyInterruption(Noon, Noon.AddSeconds(10)));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(20, 20)]
    [InlineData(null, null)]
    public void A_second_reason_in_the_first_keeps_the_longer_time(int? second, int? expected)
    {
        _feed.Interrupt(Noon, Noon.AddSeconds(10));

        _feed.Interrupt(Noon.AddSeconds(3), second is int seconds ? Noon.AddSeconds(seconds) : null);

        _feed.Interruptions.Should().Equal(new SupplyInterruption(Noon, expected is int end ? Noon.AddSeconds(end) : null));
    }

    [Fact]
    public void The_oldest_interruption_makes_room()
    {
        for (int hour = 0; hour <= SupplyFeed.Capacity; hour++)
        {
            _feed.Interrupt(Noon.AddHours(hour), Noon.AddHours(hour).AddSeconds(1));
        }

        _feed.Interruptions.Should().HaveCount(SupplyFeed.Capacity);
        _feed.Interruptions[0].Since.Should().Be(Noon.AddHours(1));
    }

    [Fact]
    public void An_interruption_covers_its_first_moment_and_not_its_last()
    {
        SupplyInterruption gap = new(Noon, Noon.AddSeconds(1));

        gap.Covers(Noon).Should().BeTrue();
        gap.Covers(Noon.AddSeconds(1)).Should().BeFalse();
        gap.DurationAt(Noon.AddSeconds(-1)).Should().Be(TimeSpan.Zero);
    }
}
