using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests;

public sealed class DuisTextTests
{
    [Theory]
    [InlineData("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00.00Z", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T13:00:00.25+01:00", "2026-07-01T12:00:00.25Z")]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00.123456789Z", "2026-07-01T12:00:00.1234567Z")]
    [InlineData("2024-02-29T23:59:59-05:00", "2024-03-01T04:59:59Z")]
    public void A_time_is_read_and_written_in_utc(string text, string written)
    {
        DuisText.TryTime(text, out DateTimeOffset time).Should().BeTrue();

        DuisText.Time(time).Should().Be(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-07-01")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-07-01T25:00:00Z")]
    [InlineData("2026-07-01 12:00:00Z")]
    [InlineData("2026-07-01T12:00:00.Z")]
    [InlineData("01/07/2026 12:00:00")]
    [InlineData("0000-07-01T12:00:00Z")]
    [InlineData("2026-07-01T12:00:00+99:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public void Anything_else_is_not_a_time(string text)
    {
        DuisText.TryTime(text, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("true", true, true)]
    [InlineData("1", true, true)]
    [InlineData("false", true, false)]
    [InlineData("0", true, false)]
    [InlineData("True", false, false)]
    [InlineData("", false, false)]
    public void Truth_values_are_the_four_of_the_schema(string text, bool read, bool value)
    {
        DuisText.TryBoolean(text, out bool found).Should().Be(read);

        found.Should().Be(value);
    }
}
