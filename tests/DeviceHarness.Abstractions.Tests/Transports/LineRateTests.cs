using DeviceHarness.Abstractions.Transports;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Abstractions.Tests.Transports;

public sealed class LineRateTests
{
    [Theory]
    [InlineData(9600, 10, 64, 666_666)]
    [InlineData(300, 10, 1, 333_333)]
    [InlineData(115_200, 11, 1024, 977_777)]
    public void Line_time_is_octets_by_bits_over_baud(int baud, int bitsPerOctet, int octets, long ticks) =>
        new LineRate(baud, bitsPerOctet).TimeOf(octets).Ticks.Should().Be(ticks);

    [Fact]
    public void A_line_without_a_rate_costs_no_time() => LineRate.None.TimeOf(1_000_000).Should().Be(TimeSpan.Zero);
}
