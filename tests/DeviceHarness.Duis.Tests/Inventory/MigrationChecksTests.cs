using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Inventory;

public sealed class MigrationChecksTests
{
    private static readonly DateTimeOffset Now = DuisFixtures.Now;
    private static readonly Eui64 Right = new(0x51);
    private static readonly Eui64 Wrong = new(0x52);
    private static readonly CertifiedProductsList List = new([new("ESME", "model-a", "2.0")]);

    private static readonly InventoryDevice Ready =
        new(new Eui64(1), "ESME", DeviceStatus.Commissioned, "2.0", Smets1: true) { Model = "model-a" };

    [Fact]
    public void A_device_on_a_listed_version_with_the_registered_operators_certificate_may_be_migrated()
    {
        Check(Ready with { Ownership = Owned(Right), Activity = new(InstallationActivity.Active, InstallationActivity.Active) })
            .Should().BeEmpty();
        Check(Ready with { Activity = new(InstallationActivity.Active, InstallationActivity.Unknown) }).Should().BeEmpty();
        Check(Ready with { DeviceType = "IHD", FirmwareVersion = "0" }).Should().BeEmpty();
    }

    [Fact]
    public void Firmware_that_is_not_listed_is_refused_with_the_way_out()
    {
        FirmwareRegister register = new() { Upgrades = [new("ESME", "model-a", "1.0", "2.0")] };

        MigrationFinding finding = MigrationChecks.Of(Ready with { FirmwareVersion = "1.0" }, List, register, Now).Single();

        finding.Check.Should().Be("firmware");
        finding.Text.Should().Contain("1.0 is not on the products list").And.Contain("by 2.0").And.Contain("no image");
    }

    [Theory]
    [InlineData(InstallationActivity.Active, InstallationActivity.Dormant)]
    [InlineData(InstallationActivity.Dormant, InstallationActivity.Active)]
    public void Operator_and_supplier_that_disagree_on_its_use_are_told(InstallationActivity smso, InstallationActivity supplier)
    {
        MigrationFinding finding = Check(Ready with { Activity = new(smso, supplier) }).Single();

        finding.Check.Should().Be("activity");
        finding.Text.Should().Contain($"the SMSO calls the installation {smso}, its supplier {supplier}");
    }

    [Fact]
    public void A_network_operator_certificate_that_is_not_the_registered_operators_is_caught()
    {
        Check(Ready with { Ownership = Owned(Wrong) }).Single().Check.Should().Be("operator-certificate");
        Check(Ready with { Ownership = Owned(Wrong) with { Registrations = [new("ED", Right, Now.AddYears(-2), Now.AddDays(-1))] } })
            .Should().BeEmpty("nobody is registered any more, so nobody can say that it is wrong");
    }

    [Fact]
    public void Proxies_that_hold_different_certificates_are_told()
    {
        DeviceOwnership split = Owned(Wrong).WithNetworkOperator(Right, reachesServiceProvider: false);

        MigrationFinding finding = Check(Ready with { Ownership = split }).Single();

        finding.Check.Should().Be("proxies");
        finding.Text.Should().Contain($"of {Right} at the DSP and of {Wrong} at the S1SP");
        Check(Ready with { Ownership = split.WithNetworkOperator(Right) }).Should().BeEmpty("both hold it now");
    }

    private static DeviceOwnership Owned(Eui64 certificate) => new()
    {
        NetworkOperatorCertificate = certificate,
        Registrations = [new("ED", Right, Now.AddYears(-1)), new("IS", Wrong, Now.AddYears(-1))],
    };

    private static IReadOnlyList<MigrationFinding> Check(InventoryDevice device) =>
        MigrationChecks.Of(device, List, FirmwareRegister.Empty, Now);
}
