using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
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
    public void A_mistake_is_refused_with_its_place(string right, string wrong, string key)
    {
        Text.Should().Contain(right);

        Action read = () => EsmeFixture.ModelOf(Text.Replace(right, wrong, StringComparison.Ordinal));

        ConfigurationException error = read.Should().Throw<ConfigurationException>().Which;
        error.Key.Should().Be(key);
        error.Line.Should().BePositive();
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
