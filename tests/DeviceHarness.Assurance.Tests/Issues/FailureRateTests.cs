using DeviceHarness.Assurance.Issues;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Issues;

public sealed class FailureRateTests
{
    // Wilson's interval, worked out by hand from its formula: 0 of 20 gives 0 to 16.11 %, 5 of 10 gives 23.66 to 76.34 %.
    [Theory]
    [InlineData(0, 20, 0, 0, 17)]
    [InlineData(5, 10, 50, 23, 77)]
    [InlineData(20, 20, 100, 83, 100)]
    [InlineData(1, 1, 100, 20, 100)]
    [InlineData(1, 200, 1, 0, 3)]
    public void The_range_is_wilson_s_and_rounded_outwards(int seen, int attempts, int percent, int lower, int upper)
    {
        FailureRate rate = new("ESME", seen, attempts);

        (rate.Percent, rate.LowerPercent, rate.UpperPercent).Should().Be((percent, lower, upper));
        rate.IsAffected.Should().Be(seen > 0);
    }

    [Fact]
    public void Attempts_count_for_the_devices_that_they_reached_and_a_step_speaks_for_its_own_device()
    {
        JudgedAttempt[] attempts =
        [
            new(["B", "A"], IsSeen: true, "B"),
            new(["A"], IsSeen: false, null),
            new(["B"], IsSeen: false, null),
            new(["B"], IsSeen: true, null),
            new([], IsSeen: true, null),
        ];

        IReadOnlyList<FailureRate> rates = FailureRate.Of(attempts);

        rates.Should().Equal(new FailureRate("B", 2, 3), new FailureRate("A", 0, 2));
        rates[0].ToString().Should().Be("2 of 3 attempts, 67 % (95 % confidence: 20 to 94 %)");
    }
}
