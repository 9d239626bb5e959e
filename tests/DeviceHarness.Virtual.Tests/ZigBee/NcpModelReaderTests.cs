using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Ncp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

public sealed class NcpModelReaderTests
{
    private const string Text =
        """
        kind: zigbee-adapter
        ezsp: 14
        eui64: 90-B3-D5-1F-30-00-0A-00
        ignored-resets: 2
        flow-octets: true
        line-faults:
          - { kind: corrupt, every: 9 }
          - { kind: drop, frame: 3, to-adapter: true }
        radio: { air-time: 2ms, ack-delay: 1s, loss: 0.5 }
        devices:
          - { name: a, eui64: 0000000000000001, type: sleepy, parent: 0000000000000002, polls: { interval: 2s } }
        """;

    [Fact]
    public void The_file_in_the_rigs_folder_is_an_adapter_with_a_display_and_a_gas_meter()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "zigbee-adapter.yaml"));

        model.Adapter.ProtocolVersion.Should().Be(13);
        model.Devices.Select(device => device.NodeType).Should().Equal(EmberNodeType.Router, EmberNodeType.SleepyEndDevice);
        model.Devices[0].LinkKey.Should().Be(HanDeviceModel.WellKnownLinkKey);
        model.Devices[1].HasInstallCode.Should().BeTrue();
        model.Devices[1].Place.Polls.WakeEvery.Should().Be(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void Everything_that_a_file_says_is_in_the_model()
    {
        NcpModel model = Read(Text);

        model.Adapter.ProtocolVersion.Should().Be(14);
        model.Adapter.Link.IgnoredResets.Should().Be(2);
        model.Adapter.Link.SendsFlowOctets.Should().BeTrue();
        model.Adapter.Link.Faults.Should().Equal(
            new AshFrameFault(AshFaultKind.Corrupt, 9) { IsRepeating = true }, new AshFrameFault(AshFaultKind.Drop, 3, true));
        model.Radio.Loss.Should().Be(0.5);
        model.Devices[0].Place.Parent.Should().Be(2);
        model.Devices[0].Place.Polls.Interval.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("kind: zigbee-adapter", "kind: hub", "kind")]
    [InlineData("ezsp: 14", "ezsp: 15", "ezsp")]
    [InlineData("eui64: 90-B3-D5-1F-30-00-0A-00", "eui64: 90-B3", "eui64")]
    [InlineData("type: sleepy", "type: drowsy", "devices[0].type")]
    [InlineData("type: sleepy", "test-link-key: 00", "devices[0].test-link-key")]
    [InlineData("loss: 0.5", "lost: 0.5", "radio.lost")]
    [InlineData("name: a", "name: ''", "devices[0].name")]
    public void What_is_wrong_is_told_with_its_key(string right, string wrong, string key)
    {
        Action reading = () => Read(Text.Replace(right, wrong, StringComparison.Ordinal));

        reading.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    private static NcpModel Read(string text) => NcpModelReader.Read(ConfigurationNode.Parse(text, "adapter.yaml"));
}
