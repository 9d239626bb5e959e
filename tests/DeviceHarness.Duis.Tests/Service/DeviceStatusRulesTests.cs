using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class DeviceStatusRulesTests
{
    [Fact]
    public void A_suspended_device_takes_every_critical_request_under_either_rules()
    {
        IEnumerable<SrvEntry> critical = SrvCatalogue.Entries.Where(entry => entry.Criticality == SrvCriticality.Critical);

        critical.Should().HaveCount(37).And.OnlyContain(entry =>
            Accepts(DeviceStatusRules.BeforeMp105, entry, DeviceStatus.Suspended, true, 4)
            && Accepts(DeviceStatusRules.Mp105, entry, DeviceStatus.Suspended, true, 4));
    }

    [Fact]
    public void Before_mp105_a_suspended_device_takes_only_6_23_of_the_non_critical_requests_with_variant_1()
    {
        NonCritical(DeviceStatusRules.BeforeMp105).Should().Equal("6.23");
    }

    [Fact]
    public void Since_mp105_it_takes_11_2_too()
    {
        NonCritical(DeviceStatusRules.Mp105).Should().Equal("6.23", "11.2");
    }

    [Fact]
    public void Non_device_requests_pass_whatever_the_status()
    {
        SrvCatalogue.Entries.Where(entry => entry.Criticality == SrvCriticality.NonDevice)
            .Should().OnlyContain(entry => Accepts(DeviceStatusRules.BeforeMp105, entry, DeviceStatus.Withdrawn, true, 8));
    }

    [Theory]
    [InlineData(true, 2, true)]
    [InlineData(true, 1, false)]
    [InlineData(false, 2, false)]
    public void A_suspended_device_takes_a_top_up_only_with_variant_2_and_as_smets1(bool smets1, int commandVariant, bool accepted)
    {
        Accepts(DeviceStatusRules.BeforeMp105, Entry("2.2"), DeviceStatus.Suspended, smets1, commandVariant).Should().Be(accepted);
    }

    [Theory]
    [InlineData(DeviceStatus.Pending, false)]
    [InlineData(DeviceStatus.Whitelisted, true)]
    [InlineData(DeviceStatus.InstalledNotCommissioned, true)]
    [InlineData(DeviceStatus.Commissioned, true)]
    [InlineData(DeviceStatus.Decommissioned, false)]
    [InlineData(DeviceStatus.Withdrawn, false)]
    [InlineData(DeviceStatus.Suspended, false)]
    [InlineData(DeviceStatus.Recovery, true)]
    [InlineData(DeviceStatus.Recovered, true)]
    public void A_read_passes_by_status(DeviceStatus status, bool accepted)
    {
        Accepts(DeviceStatusRules.Mp105, Entry("4.1.1"), status, smets1: true, commandVariant: 1).Should().Be(accepted);
    }

    [Fact]
    public void Rules_have_the_names_that_reports_print()
    {
        DeviceStatusRules.BeforeMp105.Name.Should().Be("before-mp105");
        DeviceStatusRules.Mp105.Name.Should().Be("mp105");
        new ServiceOptions { Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>>()) }.DeviceStatus
            .Should().Be(DeviceStatusRules.Mp105);
    }

    private static IEnumerable<string> NonCritical(DeviceStatusRules rules) => SrvCatalogue.Entries
        .Where(entry => entry.Criticality == SrvCriticality.NonCritical && Accepts(rules, entry, DeviceStatus.Suspended, true, 1))
        .Select(entry => entry.Srv);

    private static bool Accepts(DeviceStatusRules rules, SrvEntry entry, DeviceStatus status, bool smets1, int commandVariant) =>
        rules.Accepts(
        new InventoryDevice(DuisFixtures.Meter, "ESME", status, "1", smets1),
        DuisFixtures.Request(new UnmodelledRequestBody(entry.Srv, entry.RequestElement, "<a/>"), commandVariant),
        entry);

    private static SrvEntry Entry(string srv) => SrvCatalogue.Entries.Single(entry => entry.Srv == srv);
}
