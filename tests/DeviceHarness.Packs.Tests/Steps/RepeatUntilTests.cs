using DeviceHarness.Packs.Steps;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class RepeatUntilTests
{
    [Theory]
    [InlineData(5, 3, null, 3, 10)]
    [InlineData(5, null, 10, 3, 10)]
    [InlineData(5, null, 12, 4, 12)]
    [InlineData(5, null, 2, 2, 2)]
    [InlineData(5, 3, 60, 3, 10)]
    [InlineData(5, 100, 10, 3, 10)]
    public void Number_and_time_bound_the_rounds(int every, int? atMost, int? within, int rounds, int longest)
    {
        RepeatUntil repeat = Of(every, atMost, within);

        repeat.Rounds.Should().Be(rounds);
        repeat.Longest.Should().Be(TimeSpan.FromSeconds(longest));
        BeginningsOf(repeat, TimeSpan.Zero).Should().HaveCount(rounds).And.EndWith(longest);
    }

    [Fact]
    public void The_last_look_is_at_the_end_of_the_time()
    {
        BeginningsOf(Of(5, atMost: null, within: 12), TimeSpan.Zero).Should().Equal(0, 5, 10, 12);
    }

    [Fact]
    public void A_round_that_takes_longer_is_followed_at_once_and_none_begins_after_the_time()
    {
        BeginningsOf(Of(5, atMost: null, within: 20), TimeSpan.FromSeconds(8)).Should().Equal(0, 8, 16);
    }

    [Fact]
    public void It_says_what_it_does()
    {
        Of(5, atMost: 10, within: 120).ToString().Should().Be("until met, every 5 s, at most 10 rounds, within 120 s");
    }

    private static RepeatUntil Of(int every, int? atMost, int? within) =>
        new(TimeSpan.FromSeconds(every), atMost, within is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    private static List<double> BeginningsOf(RepeatUntil repeat, TimeSpan roundTime)
    {
        List<double> beginnings = [];
        for (TimeSpan? next = TimeSpan.Zero; next is { } planned;)
        {
            beginnings.Add(planned.TotalSeconds);
            next = repeat.NextAfter(beginnings.Count, planned, planned + roundTime);
        }

        return beginnings;
    }
}
