using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Runner;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

public sealed class SupplyObservationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 0, 199, 201)]
    [InlineData(10, 60, 199, 201)]
    [InlineData(310, 380, 199, 201)]
    [InlineData(310, 900, 199, 590)]
    [InlineData(150, 160, 139, 201)]
    [InlineData(-500, -1, 199, 201)]
    public void Of_200_s_without_supply_a_gap_cuts_what_it_falls_into_and_hides_its_own_length(int from, int to, int certain, int possible)
    {
        SupplyReading now = new("first", 1000 * Second, IsPresent: true, [Edge(1, isPresent: false, 100), Edge(2, isPresent: true, 300)])
        {
            Blind = Second,
            Gaps = from == to ? null : [new SupplyGap(from * Second, to * Second)],
        };
        SupplyPoint hub = new(new DeviceId("esme-01"), SupplyTerminal.Hub);

        SupplyObservation seen = new(hub, TimeSpan.Zero, WasPresent: true, now, now.Edges);

        (seen.LongestCertain, seen.LongestPossible).Should().Be((certain * Second, possible * Second));
    }

    private static SupplyEdge Edge(int sequence, bool isPresent, int at) => new(sequence, isPresent, at * Second) { Uncertainty = Second };
}
