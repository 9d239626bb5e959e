using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class WilsonIntervalTests
{
    // Bounds by the published formula: 96 of 100 lies between 90.16 % and 98.43 %, 99 of 100 between 94.55 % and 99.82 %.
    [Theory]
    [InlineData(96, 100, 90, 99)]
    [InlineData(99, 100, 94, 100)]
    [InlineData(0, 10, 0, 28)]
    [InlineData(10, 10, 72, 100)]
    public void The_range_is_rounded_outwards(int part, int whole, int lower, int upper)
    {
        WilsonInterval interval = new(part, whole);

        (interval.LowerPercent, interval.UpperPercent).Should().Be((lower, upper));
    }

    [Fact]
    public void It_names_its_method_z_and_denominator() =>
        new WilsonInterval(96, 100).ToString().Should().Be("90 to 99 % (Wilson, 95 %, z = 1.96, 96 of 100)");
}
