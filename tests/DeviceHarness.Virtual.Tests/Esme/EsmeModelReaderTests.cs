using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Links.Optical;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class EsmeModelReaderTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));

    [Fact]
    public void The_default_bench_has_a_healthy_meter_and_a_mute_one()
    {
        EsmeModel healthy = EsmeFixture.DefaultModel();
        EsmeModel mute = EsmeFixture.DefaultModel("esme-mute.yaml");

        healthy.Defects.Should().Be(EsmeDefects.None);
        healthy.FirmwareVersion.Should().Be("4.2.0");
        healthy.Link.Address.OctetCount.Should().Be(1);
        healthy.Clients.Should().HaveCount(2);
        mute.Defects.Should().Be(EsmeDefects.NoAnswer);
        mute.SerialNumber.Should().NotBe(healthy.SerialNumber);
    }

    [Fact]
    public void The_meter_behind_an_optical_head_is_signed_on_to()
    {
        EsmeModel optical = EsmeFixture.DefaultModel("esme-optical.yaml");

        optical.Link.SignOn.Should().Be(new OpticalPortOptions());
        EsmeFixture.DefaultModel().Link.SignOn.Should().BeNull();
    }

    [Theory]
    [InlineData("kind: esme", "kind: gsme", "kind")]
    [InlineData("seed: 4711", "sead: 4711", "seed")]
    [InlineData("pdu-octets: 1024", "pdu-octets: 10", "pdu-octets")]
    [InlineData("octets: 1, upper: 1", "octets: 2, upper: 1", "link.address")]
    [InlineData("octets: 1, upper: 1", "octets: 3, upper: 1, lower: 2", "link.address")]
    [InlineData("think-time: 0ms", "thinking: 0ms", "link.thinking")]
    [InlineData("address: 1, access", "address: 16, access", "clients[1].address")]
    [InlineData("DHV0000000000001", "DHV1", "identity.logical-device-name")]
    [InlineData("version: 4.2.0", "version: 4.2.256", "identity.firmware.version")]
    [InlineData("base-watts: 300", "base-watts: -1", "load.base-watts")]
    [InlineData("state: connected", "state: half", "supply.state")]
    [InlineData("defects: []", "defects: [no-anwser]", "defects[0]")]
    [InlineData("defects: []", "quirks: []", "quirks")]
    [InlineData("off-time: 2s", "off-time: 2", "power.off-time")]
    [InlineData("clock-kept: true", "clock-lost: true", "power.clock-lost")]
    [InlineData("manufacturer-code: 0xFFF1", "manufacturer-code: 0x1FFF1", "firmware-update.manufacturer-code")]
    [InlineData("block-octets: 512", "block-octets: 985", "firmware-update.block-octets")]
    [InlineData("block-octets: 512", "blocks: 512", "firmware-update.blocks")]
    [InlineData("think-time: 0ms", "transmit-window: 8", "link.transmit-window")]
    [InlineData("think-time: 0ms", "receive-window: 0", "link.receive-window")]
    [InlineData("think-time: 0ms", "over: udp", "link.over")]
    [InlineData("think-time: 0ms", "wrapper-port: 0", "link.wrapper-port")]
    [InlineData("think-time: 0ms", "sign-on: { flag: DH1 }", "link.sign-on.flag")]
    [InlineData("think-time: 0ms", "sign-on: { offered-baud: 9601 }", "link.sign-on.offered-baud")]
    [InlineData("think-time: 0ms", "sign-on: { identification: 'A/B' }", "link.sign-on.identification")]
    [InlineData("think-time: 0ms", "sign-on: { faults: [loud] }", "link.sign-on.faults[0]")]
    [InlineData("think-time: 0ms", "sign-on: { rate: 9600 }", "link.sign-on.rate")]
    [InlineData("{ from: 4.2.1, to: 4.4.0 }", "{ from: four, to: 4.4.0 }", "firmware-update.only-from[0].from")]
    [InlineData("{ from: 4.2.1, to: 4.4.0 }", "{ from: 4.2.1 }", "firmware-update.only-from[0].to")]
    [InlineData("think-time: 0ms", "sign-on: { flag: DHV }\n  over: tcp", "link.sign-on")]
    public void A_mistake_is_refused_with_its_place(string right, string wrong, string key)
    {
        Text.Should().Contain(right);

        Action read = () => EsmeFixture.ModelOf(Text.Replace(right, wrong, StringComparison.Ordinal));

        ConfigurationException error = read.Should().Throw<ConfigurationException>().Which;
        error.Key.Should().Be(key);
        error.Line.Should().BePositive();
    }

    [Fact]
    public void The_other_models_of_the_bench_ask_more_of_a_link()
    {
        EsmeModel wide = EsmeFixture.DefaultModel("esme-wide.yaml");
        EsmeModel tcp = EsmeFixture.DefaultModel("esme-tcp.yaml");

        wide.Link.Address.OctetCount.Should().Be(4);
        (wide.Link.TransmitWindowFrames, wide.Link.ReceiveWindowFrames).Should().Be((7, 7));
        (wide.Link.IsBusyWhileThinking, wide.Link.IsEchoed, wide.Link.IsOverTcp).Should().Be((true, true, false));
        tcp.Link.IsOverTcp.Should().BeTrue();
        tcp.FirmwareUpdate.Should().Be(EsmeFixture.DefaultModel().FirmwareUpdate with { Path = UpgradePath.Free });
    }

    [Fact]
    public void A_model_that_says_nothing_of_power_and_images_gets_the_usual()
    {
        int power = Text.IndexOf("power:", StringComparison.Ordinal);
        int defects = Text.IndexOf("defects:", StringComparison.Ordinal);

        EsmeModel model = EsmeFixture.ModelOf(Text[..power] + Text[defects..]);

        model.Power.Should().Be(EsmeFixture.DefaultModel().Power);
        model.FirmwareUpdate.Should().Be(EsmeFixture.DefaultModel().FirmwareUpdate with { Path = UpgradePath.Free });
    }

    [Fact]
    public void Versions_that_are_reached_from_certain_others_only_are_read()
    {
        UpgradePath path = EsmeFixture.DefaultModel().FirmwareUpdate.Path;

        path.Should().Be(new UpgradePath([new UpgradeStep("4.2.1", "4.4.0")]));
        path.Allows("4.2.0", "4.4.0").Should().BeFalse();
        path.Allows("4.2.1", "4.4.0").Should().BeTrue();
        path.Allows("4.2.0", "4.3.0").Should().BeTrue("nothing is said of that version");
    }

    [Fact]
    public void A_two_octet_address_has_an_upper_and_a_lower_part()
    {
        EsmeModel model = EsmeFixture.ModelOf(
            Text.Replace("octets: 1, upper: 1", "octets: 2, upper: 1, lower: 17", StringComparison.Ordinal));

        model.Link.Address.ToString().Should().Be("1/17");
    }

    [Fact]
    public void A_client_never_shows_its_password()
    {
        EsmeFixture.DefaultModel().Clients.Select(client => client.ToString()).Should().NotContainMatch("*12345678*");
    }
}
