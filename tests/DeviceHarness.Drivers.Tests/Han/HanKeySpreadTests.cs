using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>A new network key, and a meter that sleeps.</summary>
public sealed class HanKeySpreadTests
{
    private static readonly string ToMeter = $"next key to {HanBench.MeterNode:X4} {HanBench.Meter:X16}";

    [Fact]
    public async Task A_meter_that_sleeps_is_sent_the_key_at_its_wake_before_all_switch()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);

        // What the meter announced itself with is over.
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        Task<byte> rotating = bench.Network.RotateNetworkKeyAsync(default);
        bench.Clock.Advance(TimeSpan.FromSeconds(15));
        await bench.PumpedAsync();
        string[] asleep = Orders(bench);
        bench.Poll();
        byte sequence = await rotating.DefaultTimeout();

        asleep.Should().Equal("next key");
        Orders(bench).Should().Equal("next key", ToMeter, "switch");
        sequence.Should().Be(1);
        byte[][] keys = [.. bench.Adapter.NetworkKeys.Select(key => key.Reveal().ToArray())];
        keys.Should().HaveCount(2);
        keys[1].Should().Equal(keys[0], "it is the same key");
        keys[0].Should().HaveCount(16).And.Contain(octet => octet != 0);
    }

    [Fact]
    public async Task A_meter_that_does_not_wake_is_told_of_and_holds_nobody_up_any_longer()
    {
        await using HanBench bench = await HanBench.StartAsync(isSleepy: true);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Task<byte> rotating = bench.Network.RotateNetworkKeyAsync(default);
        await NcpClock.PassAsync(bench.Clock, rotating);

        Orders(bench).Should().Equal("next key", "switch");
        (await bench.EventAsync<HanFault>()).Reason.Message.Should().Contain("the next network key to")
            .And.Contain("gave no sign of waking");
    }

    private static string[] Orders(HanBench bench)
    {
        lock (bench.Adapter.Orders)
        {
            return [.. bench.Adapter.Orders];
        }
    }
}
