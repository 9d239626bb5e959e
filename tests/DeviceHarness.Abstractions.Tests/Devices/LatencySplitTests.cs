using DeviceHarness.Abstractions.Devices;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Abstractions.Tests.Devices;

public sealed class LatencySplitTests
{
    [Fact]
    public void The_total_is_the_four_parts_and_not_the_connecting()
    {
        LatencySplit split = new(
            TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(4000),
            Connect: TimeSpan.FromSeconds(50), Exchanges: 1, AssociationOpen: false, AdapterBound: TimeSpan.FromMilliseconds(16));

        split.Total.Should().Be(TimeSpan.FromMilliseconds(4321));
        LatencySplit.None.Total.Should().Be(TimeSpan.Zero);
    }
}
