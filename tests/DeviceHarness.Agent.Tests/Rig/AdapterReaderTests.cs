using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

public sealed class AdapterReaderTests
{
    private const string File = "/bench/rig.yaml";

    private static readonly string Text = System.IO.File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "han", "rig.yaml"))
        .Replace("firmware-register: ../firmware.yaml\n", string.Empty, StringComparison.Ordinal);

    [Fact]
    public void A_device_takes_from_its_adapter_whether_it_is_virtual_and_its_route_is_the_network()
    {
        RigConfiguration virtualRig = RigConfigurationReader.Parse(Text, File);
        RigConfiguration realRig = RigConfigurationReader.Parse(
            Text.Replace("via: virtual\n", "via: serial\n", StringComparison.Ordinal)
                .Replace("model: adapter.yaml", "port: /dev/serial/by-id/zb", StringComparison.Ordinal)
                .Replace("    test-authority: 1\n", string.Empty, StringComparison.Ordinal),
            File);

        virtualRig.BenchDevices[0].Provenance.Should().Be(new Provenance(Route.LocalHan, Origin.Virtual));
        realRig.BenchDevices[0].Provenance.Should().Be(new Provenance(Route.LocalHan, Origin.Real));
        RigAdapter adapter = virtualRig.Adapters.Should().ContainSingle().Subject;
        (adapter.Name, adapter.IsVirtual, adapter.IsTrustCentre, adapter.Channels, adapter.Baud).Should().Be(
            ("zb-01", true, true, 1u << 15, 115_200));
        (realRig.Adapters[0].Port, realRig.Adapters[0].TestAuthority).Should().Be(("/dev/serial/by-id/zb", (int?)null));
    }

    [Fact]
    public void Devices_behind_one_adapter_are_never_driven_at_once_and_their_octets_are_the_adapters()
    {
        RigConfiguration rig = RigConfigurationReader.Parse(
            $"{Text}  gsme-02: {{ type: GSME, eui64: 90-B3-D5-1F-30-00-00-B2, profile: any, link: {{ via: han, adapter: zb-01 }} }}\n",
            File);

        ExclusiveParts.Of(rig, [rig.Devices[0].Id]).Overlaps(ExclusiveParts.Of(rig, [rig.Devices[1].Id])).Should().BeTrue();
        rig.BenchDevices.Should().HaveCount(4).And.OnlyContain(device => device.PortOf == new DeviceId("zb-01"));
    }

    [Theory]
    [InlineData("kind: ezsp", "kind: znp", "adapters.zb-01.kind", "ezsp")]
    [InlineData("model: adapter.yaml", "baud: 115200", "adapters.zb-01.model", "model")]
    [InlineData("channels: [ 15 ]", "channels: [ 10 ]", "adapters.zb-01.channels", "11")]
    [InlineData("role: trust-centre", "extended-pan-id: \"0000000000000000\"", "adapters.zb-01.extended-pan-id", "16 hexadecimal digits")]
    [InlineData("test-authority: 1", "key-establishment: stick", "adapters.zb-01.key-establishment", "host, adapter")]
    [InlineData("test-authority: 1", "test-authority: 1\n    key-establishment: adapter", "adapters.zb-01.key-establishment", "host")]
    [InlineData("adapter: zb-01", "adapter: zb-09", "devices.gsme-01.link.adapter", "zb-01")]
    [InlineData("type: GSME", "type: HCALCS", "devices.gsme-01.type", "CHF")]
    [InlineData("via: han, ", "via: han, baud: 9600, ", "devices.gsme-01.link", "adapter")]
    public void What_is_wrong_is_told_with_its_key_and_what_is_allowed(string from, string to, string key, string allowed)
    {
        Text.Should().Contain(from);

        Func<RigConfiguration> read = () => RigConfigurationReader.Parse(Text.Replace(from, to, StringComparison.Ordinal), File);

        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;
        fault.Key.Should().Contain(key);
        fault.Allowed.Should().Contain(allowed);
        fault.Line.Should().BePositive();
    }
}
