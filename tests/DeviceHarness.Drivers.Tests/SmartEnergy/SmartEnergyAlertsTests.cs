using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.SmartEnergy;

/// <summary>What a gas meter tells unasked, by the octets of ZigBee guide 8.3 and 8.8, under the profile of the repository.</summary>
public sealed class SmartEnergyAlertsTests
{
    [Theory]
    [InlineData(0x0709, "09 01 00 01 0000 80510100 02 00", "8F74", true)]
    [InlineData(0x0709, "09 01 00 06 5481 80510100 02 00", "8154", true)]
    [InlineData(0x0709, "09 01 00 03 1F00 FFFFFFFF 02 00", "8F52", false)]
    [InlineData(0x0709, "09 01 00 03 5000 80510100 02 00", "", true)]
    [InlineData(0x0009, "09 01 00 02 0207", "8F3F", null)]
    [InlineData(0x0009, "09 01 00 02 0507", "", null)]
    [InlineData(0x0009, "09 01 00 7D 0207", "", null)]
    public async Task An_event_or_alarm_has_the_code_that_the_profile_gives_it(ushort cluster, string frame, string code, bool? isDated)
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench);

        bench.Receive(cluster, Octets(frame));
        await bench.PumpedAsync();

        driver.TryTakeNotification(out DeviceNotification? told).Should().BeTrue();
        (told!.Code, told.ClockStatus).Should().Be((code, isDated == false ? "invalid" : string.Empty));
        told.OccurredAt.Should().Be(isDated == true ? new DateTimeOffset(2000, 1, 2, 0, 0, 0, TimeSpan.Zero) : null);
    }

    [Theory]
    [InlineData("09 01 01 00", "an answer about alarms")]
    [InlineData("01 01 02", "what a client asks")]
    public async Task What_is_no_alarm_is_not_told(string frame, string why)
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench);

        bench.Receive(0x0009, Octets(frame));
        await bench.PumpedAsync();

        driver.TryTakeNotification(out _).Should().BeFalse(why);
    }

    [Fact]
    public async Task An_event_that_is_cut_short_is_told_as_one_without_a_code()
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench);

        bench.Receive(0x0709, Octets("09 01 00 01 0000"));
        await bench.PumpedAsync();

        driver.TryTakeNotification(out DeviceNotification? told).Should().BeTrue();
        told!.Code.Should().BeEmpty();
        told.Detail.Should().Contain("malformed");
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static GsmeDriver Driver(HanBench bench) => new(new SmartEnergyOptions
    {
        Id = new DeviceId("gsme-01"),
        Eui64 = HanBench.Meter,
        Profile = SmartEnergyProfile.LoadFile(
            Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gsme.yaml")),
        Network = bench.Network,
        TimeProvider = bench.Clock,
    });
}
