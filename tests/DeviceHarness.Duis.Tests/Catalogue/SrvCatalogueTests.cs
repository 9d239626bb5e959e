using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Catalogue;

public sealed class SrvCatalogueTests
{
    [Fact]
    public void The_catalogue_is_the_golden_list()
    {
        IEnumerable<string> lines = SrvCatalogue.Entries.Select(entry => string.Join(
            '|',
            entry.Srv,
            entry.Name,
            entry.Criticality,
            string.Join(' ', entry.DeviceTypes),
            string.Join(' ', entry.UserRoles),
            string.Join(' ', entry.CommandVariants),
            entry.RequestElement,
            entry.ResponseElement,
            entry.Typed ? "typed" : ""));

        string text = string.Join('\n', lines) + "\n";

        text.Should().Be(DuisFixtures.Read("srv-golden.txt"));
    }

    [Fact]
    public void There_are_129_variants_and_each_number_and_request_element_is_unique()
    {
        SrvCatalogue.Entries.Should().HaveCount(129);
        SrvCatalogue.Entries.Select(entry => entry.Srv).Should().OnlyHaveUniqueItems();
        SrvCatalogue.Entries.Select(entry => entry.RequestElement).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void The_typed_variants_are_these()
    {
        SrvCatalogue.Entries.Where(entry => entry.Typed).Select(entry => entry.Srv)
            .Should().Equal(
                "1.1.1", "1.2.1", "1.5", "1.6", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3",
                "4.1.1", "4.2", "4.3", "4.6.1", "4.6.2", "4.8.1", "4.8.2", "4.8.3", "4.10", "4.11.1", "4.13", "4.14", "4.15", "4.16",
                "4.17", "4.18", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.7", "6.2.9", "6.4.1", "6.4.2", "6.5", "6.8", "6.11",
                "6.13", "6.27", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11", "8.1.1", "8.9", "8.11",
                "11.1", "11.2", "11.3", "11.4");
    }

    [Fact]
    public void What_no_smets1_device_carries_out_is_said_with_who_answers()
    {
        SrvCatalogue.Entries.Where(entry => entry.NotOnDevice.Length > 0).Select(entry => entry.Srv)
            .Should().Equal("6.15.1", "6.15.2", "6.21", "6.23", "6.24.1", "6.24.2");
        SrvCatalogue.Entries.Should().OnlyContain(
            entry => !entry.Typed || entry.NotOnDevice.Length == 0, "what is said to reach no device has no bodies for one");
    }

    [Fact]
    public void Roles_device_types_and_variants_are_known_words()
    {
        SrvCatalogue.Entries.SelectMany(entry => entry.UserRoles).Distinct().Should().BeSubsetOf(ServiceUsers.Roles);
        SrvCatalogue.Entries.SelectMany(entry => entry.DeviceTypes).Distinct()
            .Should().BeSubsetOf(["ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID", "SAPC"]);
        SrvCatalogue.Entries.SelectMany(entry => entry.CommandVariants).Distinct()
            .Should().BeSubsetOf(Enumerable.Range(1, DuisRequest.MaxCommandVariant - 1));
    }

    [Fact]
    public void Only_non_device_variants_have_no_device_type()
    {
        SrvCatalogue.Entries.Should().OnlyContain(entry => entry.DeviceTypes.Count == 0 == (entry.Criticality == SrvCriticality.NonDevice));
    }

    [Theory]
    [InlineData("6.13", "PPMID")]
    [InlineData("8.9", "GPF")]
    public void Overrides_add_device_types_and_say_why(string srv, string deviceType)
    {
        SrvCatalogue.TryFind(srv, out SrvEntry? entry).Should().BeTrue();

        entry!.DeviceTypes.Should().Contain(deviceType);
        SrvCatalogue.Overrides.Should().ContainSingle(row => row.Srv == srv && row.Added == deviceType)
            .Which.Reason.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("4.1.9")]
    [InlineData("")]
    [InlineData("4.1")]
    public void A_number_that_is_not_in_the_catalogue_is_not_found(string srv)
    {
        SrvCatalogue.TryFind(srv, out _).Should().BeFalse();
    }
}
