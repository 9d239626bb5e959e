using DeviceHarness.Agent.Rig;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>The worked benches under <c>rigs/</c>, each beside its virtual twin.</summary>
public sealed class WorkedRigsTests
{
    [Theory]
    [InlineData("electricity", 1, 0)]
    [InlineData("dual-fuel", 5, 1)]
    public void A_worked_bench_has_the_devices_feeds_and_inputs_of_its_twin(string name, int devices, int boards)
    {
        RigConfiguration bench = Read(name, "rig.yaml");
        RigConfiguration twin = Read(name, "twin.yaml");

        bench.Devices.Should().HaveCount(devices);
        bench.Power.Boards.Should().HaveCount(boards);
        ShapeOf(bench).Should().Equal(ShapeOf(twin));
    }

    [Theory]
    [InlineData("electricity")]
    [InlineData("dual-fuel")]
    public void Nothing_of_a_worked_bench_is_virtual_and_nothing_of_its_twin_is_real(string name)
    {
        RigConfiguration bench = Read(name, "rig.yaml");
        RigConfiguration twin = Read(name, "twin.yaml");

        LinesOf(bench).Should().NotContainNulls();
        bench.Power.Feeds.Should().NotContain(feed => feed.Switch is VirtualSwitch);
        bench.Devices.Should().NotContain(device => device.Link.Via == LinkVia.Virtual);
        HandsOf(bench).Should().NotContain(hand => hand is VirtualHand);
        HandsOf(twin).Should().NotContain(hand => hand is GpioHand);
        LinesOf(twin).Should().OnlyContain(line => line.Gpio == null);
        twin.Devices.Should().NotContain(device => device.Link.Via == LinkVia.Serial);
    }

    [Theory]
    [InlineData("electricity")]
    [InlineData("dual-fuel")]
    public void A_contact_of_a_worked_bench_feeds_while_nobody_drives_its_coil(string name)
    {
        IEnumerable<FeedSwitch> contacts = Read(name, "rig.yaml").Power.Feeds.Select(feed => feed.Switch);

        contacts.Should().ContainSingle().Which.Should().BeAssignableTo<CoilSwitch>().Which.IsNormallyClosed.Should().BeTrue();
    }

    [Fact]
    public void The_electricity_bench_sees_each_of_its_hands()
    {
        RigConfiguration bench = Read("electricity", "rig.yaml");

        HandsOf(bench).Should().HaveCount(2).And.AllBeOfType<GpioHand>().And.NotContain(hand => ((GpioHand)hand).SeenBy == null);
    }

    private static IEnumerable<RigContact> HandsOf(RigConfiguration rig) =>
        rig.Tampers.Select(tamper => tamper.By).Concat(rig.Buttons.Select(button => button.By));

    private static RigConfiguration Read(string folder, string file) =>
        RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", folder, file));

    private static IEnumerable<RigLine> LinesOf(RigConfiguration rig) =>
        rig.Power.Inputs.Select(input => input.Line).Append(rig.Power.Isolation!).Append(rig.Power.Acknowledge!);

    /// <summary>All that the two state alike, one line each.</summary>
    private static IEnumerable<string> ShapeOf(RigConfiguration rig) =>
    [
        $"inrush {rig.Power.InrushSpacing}",
        .. rig.Devices.Select(device => $"{device.Id} {device.DeviceType} {device.Eui64} {device.Profile} {device.Link.IsSignedOn}"),
        .. rig.Power.Feeds.Select(feed => $"{feed.Feed.Name} {string.Join(' ', feed.Own)} {feed.LoadAmperes} {feed.DailyLimit}"),
        .. rig.Power.Feeds.Select(feed => $"{feed.Feed.Name} {feed.Feed.MinimumOff} {feed.Feed.MinimumOn}"),
        .. rig.Power.Inputs.Select(input => $"{input.Point}"),
        .. rig.Tampers.Select(tamper => $"{tamper.Device} {tamper.Cover}"),
        .. rig.Buttons.Select(button => $"{button.Device} {button.Button}"),
    ];
}
