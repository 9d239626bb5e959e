using DeviceHarness.Packs.Variables;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Variables;

public sealed class VariableReferenceTests
{
    private static readonly DateTimeOffset Midday = new(2026, 11, 23, 13, 59, 30, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("now", "2026-11-23T11:59:30.00Z")]
    [InlineData("now-1h", "2026-11-23T10:59:30.00Z")]
    [InlineData("now.time", "11:59:30Z")]
    [InlineData("now.time+60s", "12:00:30Z")]
    [InlineData("now.time+13h", "00:59:30Z")]
    [InlineData("first", null)]
    public void The_present_time_is_told_whole_or_as_the_time_of_the_day(string text, string? value)
    {
        VariableReference.TryParse(text, out VariableReference? reference).Should().BeTrue();

        reference!.TimeAt(Midday).Should().Be(value);
    }

    [Theory]
    [InlineData("device.firmware+1h")]
    [InlineData("now.date+1h")]
    [InlineData("now+later")]
    public void Only_the_present_time_and_a_capture_take_an_offset(string text) =>
        VariableReference.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("first", "any", "any")]
    [InlineData("first-1s", "2026-01-05T00:00:00Z", "2026-01-04T23:59:59.00Z")]
    [InlineData("first+30m", "2026-01-05T00:00:00Z", "2026-01-05T00:30:00.00Z")]
    [InlineData("first+30m", "1234.567", null)]
    [InlineData("first+30m", null, null)]
    public void A_captured_time_is_told_with_what_is_added_to_it(string text, string? captured, string? value)
    {
        VariableReference.TryParse(text, out VariableReference? reference).Should().BeTrue();

        (reference!.Name, reference.Of(captured)).Should().Be(("first", value));
    }
}
