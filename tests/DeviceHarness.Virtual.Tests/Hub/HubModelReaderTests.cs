using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Hub;

public sealed class HubModelReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "hub.yaml"));

    [Fact]
    public void The_hub_of_the_repository_is_read_whole()
    {
        HubModel model = Read(Text);

        model.Identifier.Should().Be(0x90B3D51F300000A2);
        model.FirmwareVersion.Should().Be("2.1.0");
        model.OutageAlertAfter.Should().Be(TimeSpan.FromMinutes(3));
        model.WanSignalDecibelMilliwatts.Should().Be(-85);
        model.Defects.Should().Be(EsmeDefects.None);
        model.Devices.Should().Equal(
            new HanDevice(0x90B3D51F300000A0, Now.AddSeconds(-10), null),
            new HanDevice(0x90B3D51F300000A1, Now.AddMinutes(-25), -61),
            new HanDevice(0x90B3D51F300000A4, null, null));
    }

    [Theory]
    [InlineData("kind: hub", "kind: esme", "kind")]
    [InlineData("eui64: 90-B3-D5-1F-30-00-00-A2", "eui64: 90-B3", "identity.eui64")]
    [InlineData("defects: []", "defects: [wrong-scaler]", "defects[0]")]
    [InlineData("defects: []", "quirks: []", "quirks")]
    [InlineData("signal-dbm: -85", "signal-dbm: 85", "wan.signal-dbm")]
    [InlineData("operator: TESTNET", "operators: TESTNET", "wan.operators")]
    [InlineData("outage-alert-after: 180s", "outage-alert-after: 2h", "supply.outage-alert-after")]
    [InlineData("link-quality: -61", "link-quality: -161", "devices[1].link-quality")]
    [InlineData("90-B3-D5-1F-30-00-00-A4", "90-B3-D5-1F-30-00-00-A0", "devices[2].eui64")]
    [InlineData("think-time: 0ms", "sign-on: { flag: DHV, identification: HUB, offered-baud: 9600 }", "link.sign-on")]
    public void A_wrong_value_names_its_place(string good, string bad, string key)
    {
        Text.Should().Contain(good);
        Action read = () => Read(Text.Replace(good, bad, StringComparison.Ordinal));

        read.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Theory]
    [InlineData("channel: 1, firmware: 1.0.0", "channel: 17, firmware: 1.0.0", "devices[2].channel")]
    [InlineData("channel: 1, firmware: 1.0.0", "channel: 1", "devices[2].firmware")]
    [InlineData("image-type: 2", "power-cut-after-blocks: 1", "devices[2].firmware-update")]
    [InlineData("A1, seen-before: 25m", "A1, channel: 1, firmware: 1.0.0, seen-before: 25m", "devices[2].channel")]
    [InlineData("channel: 1, firmware: 1.0.0", "firmware: 1.0.0", "devices[2].firmware")]
    public void A_device_that_takes_firmware_has_a_channel_of_its_own_and_says_what_it_runs(string good, string bad, string key)
    {
        string text = Text.Replace(
            "00-A4 }", "00-A4, channel: 1, firmware: 1.0.0, firmware-update: { image-type: 2 } }", StringComparison.Ordinal);
        HubModel sound = Read(text);
        Action read = () => Read(text.Replace(good, bad, StringComparison.Ordinal));

        HanFirmware firmware = sound.Firmware.Should().ContainSingle().Subject;
        (firmware.Identifier, firmware.Channel, firmware.Version, firmware.Update.ImageType).Should()
            .Be((0x90B3D51F300000A4, (byte)1, "1.0.0", 2));
        read.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    private static HubModel Read(string text) => HubModelReader.Read(ConfigurationNode.Parse(text, "hub.yaml"), Now);
}
