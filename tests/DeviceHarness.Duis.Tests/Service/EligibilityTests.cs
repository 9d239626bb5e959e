using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>DP107: certificate ownership and registration, and the time at which registration counts.</summary>
public sealed class EligibilityTests
{
    private static readonly DateTimeOffset Now = DuisFixtures.Now;
    private static readonly DateTimeOffset Change = Now.AddDays(-1);
    private static readonly Eui64 Right = DuisFixtures.ImportSupplier;
    private static readonly Eui64 Wrong = Eui64.Parse("90-B3-D5-1F-30-01-00-09");

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(true, false, "user-authorised")]
    [InlineData(false, true, "certificate-owner")]
    [InlineData(false, false, "user-authorised")]
    public void A_critical_request_to_a_smets1_device_needs_certificate_and_registration(
        bool hasCertificate, bool isRegistered, string? row)
    {
        DeviceOwnership ownership = new()
        {
            SupplierCertificate = hasCertificate ? Right : Wrong,
            Registrations = [new Registration("IS", isRegistered ? Right : Wrong, Now.AddYears(-1))],
        };

        CheckFailure? failure = Send(Right, "IS", new ActivateFirmware(DuisFixtures.Image.Hash), ownership);

        failure?.Check.Name.Should().Be(row);
        (failure is null).Should().Be(row is null);
        (failure?.Check.ResponseCode ?? "E4").Should().Be("E4");
    }

    [Fact]
    public void A_request_that_is_not_critical_needs_registration_alone()
    {
        DeviceOwnership ownership = new()
        {
            SupplierCertificate = Wrong,
            Registrations = [new Registration("IS", Right, Now.AddYears(-1))],
        };

        Send(Right, "IS", new ReadInstantaneousImportRegisters(), ownership).Should().BeNull();
        Send(Wrong, "IS", new ReadInstantaneousImportRegisters(), ownership)!.Check.Name.Should().Be("user-authorised");
    }

    [Fact]
    public void After_a_wrong_network_operator_certificate_neither_operator_can_put_a_smets1_device_right()
    {
        DeviceOwnership ownership = WrongCertificate();

        Send(Right, "ED", Credentials(), ownership)!.Check.Name.Should().Be("certificate-owner");
        Send(Wrong, "ED", Credentials(), ownership)!.Check.Name.Should().Be("user-authorised");
    }

    [Fact]
    public void On_a_later_device_the_holder_of_the_certificate_can()
    {
        DeviceOwnership ownership = WrongCertificate();

        Send(Wrong, "ED", Credentials(), ownership, smets1: false).Should().BeNull();
        Send(Right, "ED", Credentials(), ownership, smets1: false)!.Check.Name.Should().Be("certificate-owner");

        DeviceOwnership corrected = ownership.WithNetworkOperator(Right);

        Send(Right, "ED", Credentials(), corrected, smets1: false).Should().BeNull("the device holds its certificate again");
        Send(Wrong, "ED", Credentials(), corrected, smets1: false)!.Check.Name.Should().Be("certificate-owner");
    }

    [Theory]
    [InlineData(-3, -2, true, false)]
    [InlineData(-3, 0, false, false)]
    [InlineData(-1, 0, false, true)]
    public void A_date_range_needs_registration_for_the_whole_of_it(int fromDays, int toDays, bool former, bool present)
    {
        RetrieveImportDailyReadLog body = new(new ReadLogPeriod(Now.AddDays(fromDays), Now.AddDays(toDays)));

        (Send(Wrong, "IS", body, Changed()) is null).Should().Be(former);
        (Send(Right, "IS", body, Changed()) is null).Should().Be(present);
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(2, false)]
    public void Without_a_range_it_is_the_execution_and_without_that_it_is_now(int changeDays, bool isPresentEligible)
    {
        DeviceOwnership ownership = Changed(Now.AddDays(changeDays));

        (Send(Right, "IS", new ReadFirmwareVersion(), ownership) is null).Should().Be(isPresentEligible);
        (Send(Wrong, "IS", new ReadFirmwareVersion(), ownership) is null).Should().Be(!isPresentEligible);
        Send(Right, "IS", new ReadFirmwareVersion(Now.AddDays(3)), ownership).Should().BeNull("it is executed after the change");
        Send(Wrong, "IS", new ReadFirmwareVersion(Now.AddDays(3)), ownership).Should().NotBeNull();
    }

    [Fact]
    public void Registrations_that_follow_each_other_count_as_one_and_a_gap_does_not()
    {
        DeviceOwnership whole = new() { Registrations = [new("IS", Right, Now.AddDays(-9), Change), new("IS", Right, Change)] };
        DeviceOwnership gap = new() { Registrations = [new("IS", Right, Now.AddDays(-9), Change), new("IS", Right, Change.AddSeconds(1))] };

        whole.IsRegistered("IS", Right, Now.AddDays(-5), Now).Should().BeTrue();
        gap.IsRegistered("IS", Right, Now.AddDays(-5), Now).Should().BeFalse();
        whole.IsRegistered("GS", Right, Now.AddDays(-5), Now).Should().BeFalse();
    }

    [Fact]
    public void Who_no_registration_can_be_for_and_what_nothing_is_known_of_is_not_refused()
    {
        Send(Wrong, "OU", new ReadFirmwareVersion(), ownership: null).Should().BeNull();
        Send(Wrong, "OU", Tariff(), Changed()).Should().BeNull("other users read what suppliers do, and are registered for nothing");
        Send(Wrong, "IS", new ActivateFirmware(DuisFixtures.Image.Hash), new DeviceOwnership()).Should().BeNull();
    }

    private static DeviceOwnership WrongCertificate() => new()
    {
        NetworkOperatorCertificate = Wrong,
        Registrations = [new Registration("ED", Right, Now.AddYears(-1))],
    };

    private static DeviceOwnership Changed(DateTimeOffset? at = null) => new()
    {
        Registrations = [new("IS", Wrong, Now.AddYears(-1), at ?? Change), new("IS", Right, at ?? Change)],
    };

    private static UnmodelledRequestBody Credentials() => new("6.15.1", "UpdateSecurityCredentialsKRP", "<a/>");

    private static UnmodelledRequestBody Tariff() => new("6.2.4", "ReadDeviceConfigurationIdentityExcMPxN", "<a/>");

    private static CheckFailure? Send(Eui64 user, string role, SrvRequestBody body, DeviceOwnership? ownership, bool smets1 = true)
    {
        InventoryDevice device = new(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", smets1) { Ownership = ownership };
        SimulatedDcc service = new(
            new ServiceOptions { Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { [role] = [user] }) },
            new SmartMeteringInventory([device]));
        bool isCritical = body is ActivateFirmware or UnmodelledRequestBody { ServiceReferenceVariant: "6.15.1" };
        DuisRequest request = new(
            new RequestId(user, DuisFixtures.Meter, 1000), isCritical ? 4 : 1, body);
        return service.Receive(request, path: null, Now).Failure;
    }
}
