using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>Rig files with a device behind a comms hub, and the rules for who takes firmware.</summary>
public sealed class RigHubTests
{
    private const string Good = """
        rig: bench-07
        users: { IS: 90-B3-D5-1F-30-01-00-01 }
        devices:
          ppmid-01: { type: PPMID, eui64: 90-B3-D5-1F-30-00-00-F1, profile: any, cohort: MOC, link: { via: hub, hub: chf-01 } }
          chf-01: { type: CHF, eui64: 90-B3-D5-1F-30-00-00-F0, profile: any, link: { via: virtual, model: hub.yaml } }
          esme-01: { type: ESME, eui64: 90-B3-D5-1F-30-00-00-A0, profile: any, link: { via: virtual, model: esme.yaml } }
        """;

    [Fact]
    public void A_PPMID_behind_a_virtual_hub_is_virtual_and_has_its_port()
    {
        BenchDevice display = Parse(Good).BenchDevices.Single(device => device.DeviceType == "PPMID");

        (display.PortOf, display.Link, display.Provenance.Origin).Should()
            .Be((new DeviceId("chf-01"), "the service port of chf-01", Origin.Virtual));
    }

    [Theory]
    [InlineData("hub: chf-01", "hub: esme-01", "devices.ppmid-01.link.hub")]
    [InlineData("hub: chf-01", "hub: nobody", "devices.ppmid-01.link.hub")]
    [InlineData("type: PPMID", "type: ESME", "devices.ppmid-01.link.hub")]
    [InlineData("via: virtual, model: hub.yaml", "via: han, adapter: zb-01", "devices.ppmid-01.link.hub")]
    [InlineData("hub: chf-01", "hub: chf-01, baud: 9600", "devices.ppmid-01.link.baud")]
    public void Only_a_PPMID_is_behind_a_hub_and_only_behind_a_hub_of_the_file(string good, string bad, string key)
    {
        Action read = () => Parse(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Fact]
    public void Rules_of_its_own_say_which_releases_take_firmware_for_their_PPMIDs_and_where_that_is_written()
    {
        const string Mine = "{ name: mine, source: a paper, ppmid-cohorts: [ IOC, FOC ], ppmid-request-cohorts: [ MOC ], "
            + "additional-types: [ CHF ] }";
        FirmwareUpdateRules rules = Parse($"firmware-update-rules: {Mine}\n{Good}").FirmwareUpdateRules;
        Action taken = () => Parse($"firmware-update-rules: {{ name: moc, source: a paper, ppmid-cohorts: [ IOC ] }}\n{Good}");

        rules.PpmidCohorts.Should().Equal(Smets1Cohort.Ioc, Smets1Cohort.Foc);
        rules.PpmidRequestCohorts.Should().Equal(Smets1Cohort.Moc);
        rules.AdditionalTypes.Should().Equal("CHF");
        (rules.Source, rules.TypesWithoutVersion).Should().Be(("a paper", FirmwareUpdateRules.Moc.TypesWithoutVersion));
        taken.Should().Throw<ConfigurationException>().Which.Key.Should().Be("firmware-update-rules.name");
    }

    private static RigConfiguration Parse(string text) => RigConfigurationReader.Parse(text, "/rigs/bench.yaml");
}
