using DeviceHarness.Codecs.Cosem;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Cosem;

public sealed class CosemDateTimeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-210)]
    public void A_moment_survives_the_twelve_octets_with_the_deviation_against_the_offset(int offsetMinutes)
    {
        DateTimeOffset moment = new(2026, 6, 14, 23, 59, 58, 120, TimeSpan.FromMinutes(offsetMinutes));

        CosemDateTime value = CosemDateTime.From(moment);

        value.DeviationMinutes.Should().Be((short)-offsetMinutes);
        value.DayOfWeek.Should().Be(7, "14 June 2026 is a Sunday");
        value.TryToDateTimeOffset(out DateTimeOffset back).Should().BeTrue();
        back.Should().Be(moment);
        back.Offset.Should().Be(moment.Offset);
    }

    [Fact]
    public void Utc_in_octets_is_what_a_meter_is_sent() =>
        CosemDateTime.From(new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero)).ToOctets().ShouldBeHex("07EA 01 05 01 0C 00 00 00 0000 00");

    [Theory]
    [InlineData("FFFF 01 05 01 0C 00 00 00 0000 00")]
    [InlineData("07EA 02 1E FF 0C 00 00 00 0000 00")]
    [InlineData("07EA FE 05 01 0C 00 00 00 0000 00")]
    [InlineData("07EA 01 05 01 FF 00 00 00 0000 00")]
    [InlineData("07EA 01 05 01 18 00 00 00 0000 00")]
    [InlineData("07EA 01 05 01 0C 00 00 00 8000 00")]
    [InlineData("07EA 01 05 01 0C 00 00 00 7FFF 00")]
    [InlineData("0001 01 01 FF 00 00 00 00 FFC4 00")]
    [InlineData("270F 0C 1F FF 17 3B 3B 63 0348 00")]
    [InlineData("000000000000000000000000")]
    public void What_is_no_moment_says_so(string hex)
    {
        CosemDateTime.Decode(hex.Octets(), out CosemDateTime value, out _, out _);

        value.TryToDateTimeOffset(out _).Should().BeFalse();
        value.ToString().Should().NotBeEmpty();
        value.ToOctets().ShouldBeHex(hex);
    }

    [Fact]
    public void Unspecified_seconds_count_as_zero_and_daylight_saving_is_not_added_twice()
    {
        CosemDateTime.Decode("07E8 06 0F 06 14 17 FF FF FF88 80".Octets(), out CosemDateTime value, out _, out _);

        value.TryToDateTimeOffset(out DateTimeOffset moment).Should().BeTrue();

        moment.UtcDateTime.Should().Be(new DateTime(2024, 6, 15, 18, 23, 0, DateTimeKind.Utc));
        value.IsDaylightSaving.Should().BeTrue();
        (value with { ClockStatus = CosemDateTime.Unspecified }).IsDaylightSaving.Should().BeFalse();
    }
}
