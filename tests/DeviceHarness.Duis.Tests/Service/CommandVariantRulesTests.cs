using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class CommandVariantRulesTests
{
    [Theory]
    [InlineData("4.1.1", "1")]
    [InlineData("2.2", "1,2")]
    [InlineData("7.1", "4,5,9")]
    [InlineData("8.2", "8")]
    public void The_assumed_smets1_table(string srv, string variants)
    {
        string.Join(',', CommandVariantRules.Smets1Assumed.VariantsOf(Entry(srv))).Should().Be(variants);
        CommandVariantRules.Smets1Assumed.Name.Should().Be("smets1-cv-assumed");
    }

    [Theory]
    [InlineData("4.1.1", "1,2,3")]
    [InlineData("7.1", "4,5,6,7")]
    [InlineData("8.2", "8")]
    public void The_matrix_is_the_catalogues(string srv, string variants)
    {
        string.Join(',', CommandVariantRules.Matrix.VariantsOf(Entry(srv))).Should().Be(variants);
    }

    [Theory]
    [InlineData(1, ServicePath.SendCommand)]
    [InlineData(2, ServicePath.NonDevice)]
    [InlineData(3, ServicePath.SendCommand)]
    [InlineData(4, ServicePath.Transform)]
    [InlineData(5, ServicePath.SendCommand)]
    [InlineData(6, ServicePath.NonDevice)]
    [InlineData(7, ServicePath.SendCommand)]
    [InlineData(8, ServicePath.NonDevice)]
    public void Each_variant_of_the_matrix_is_taken_at_one_service(int variant, ServicePath path)
    {
        Enum.GetValues<ServicePath>().Where(candidate => CommandVariantRules.Matrix.Takes(candidate, variant)).Should().Equal(path);
        CommandVariantRules.Matrix.PathFor(variant).Should().Be(path);
    }

    [Fact]
    public void A_variant_without_a_row_is_left_to_its_own_check()
    {
        CommandVariantRules.Matrix.Takes(ServicePath.NonDevice, 9).Should().BeTrue();
        CommandVariantRules.Matrix.VariantsOf(Entry("7.1")).Should().NotContain(9);
    }

    private static SrvEntry Entry(string srv) => SrvCatalogue.Entries.Single(entry => entry.Srv == srv);
}
