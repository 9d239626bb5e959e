using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>The DCC itself upgrades meters that are dormant, and does nothing else.</summary>
public sealed class DormantUpgradeTests
{
    private static readonly Eui64 Dcc = Eui64.Parse("90-B3-D5-1F-30-00-00-03");
    private static readonly Eui64 Broker = Eui64.Parse("90-B3-D5-1F-30-00-00-02");

    private ulong _counter = 1000;

    [Fact]
    public void To_a_dormant_meter_an_image_of_a_listed_version_is_delivered_and_activated()
    {
        SimulatedDcc service = Service(InstallationActivity.Dormant, InstallationActivity.Dormant);

        ServiceDecision delivery = Deliver(service, "4.2.1");
        ServiceDecision activation = Send(service, new ActivateFirmware(DuisFixtures.Image.Hash), 4);
        ServiceDecision read = Send(service, new ReadFirmwareVersion(), 1);

        delivery.Command.Should().NotBeNull();
        activation.Acknowledgement!.ResponseCode.Should().Be("I99");
        read.Acknowledgement!.ResponseCode.Should().Be("I99");
    }

    [Theory]
    [InlineData(InstallationActivity.Active, InstallationActivity.Dormant)]
    [InlineData(InstallationActivity.Dormant, InstallationActivity.Active)]
    [InlineData(InstallationActivity.Dormant, InstallationActivity.Unknown)]
    [InlineData(InstallationActivity.Active, InstallationActivity.Active)]
    public void A_meter_that_either_side_does_not_call_dormant_is_refused_to_the_DCC_whatever_the_request(
        InstallationActivity smso, InstallationActivity supplier)
    {
        SimulatedDcc service = Service(smso, supplier);

        ServiceDecision[] decisions =
        [
            Deliver(service, "4.2.1"),
            Send(service, new ActivateFirmware(DuisFixtures.Image.Hash), 4),
            Send(service, new ReadFirmwareVersion(), 1),
        ];

        decisions.Select(decision => decision.Failure?.Check.Name).Should().Equal(Enumerable.Repeat("dormant-upgrade", 3));
        decisions[0].Failure!.Detail.Should().Contain($"the SMSO says {smso}, its supplier {supplier}");
    }

    [Fact]
    public void A_version_that_is_not_on_the_list_is_refused_before_a_block_is_sent()
    {
        ServiceDecision decision = Deliver(Service(InstallationActivity.Dormant, InstallationActivity.Dormant), "9.9.9");

        decision.Acknowledgement!.ResponseCode.Should().Be("E4");
        decision.Failure!.Detail.Should().Contain("ESME generic 9.9.9 is not on the products list");
        decision.Command.Should().BeNull();
    }

    [Fact]
    public void The_DCC_sends_nothing_but_the_upgrade()
    {
        SimulatedDcc service = Service(InstallationActivity.Dormant, InstallationActivity.Dormant);

        Send(service, new ReadInstantaneousImportRegisters(), 1).Acknowledgement!.ResponseCode.Should().Be("E2");
        Send(service, new DisableSupply(), 4).Acknowledgement!.ResponseCode.Should().Be("E2");
    }

    [Fact]
    public void With_the_defect_the_DCC_upgrades_a_meter_that_its_supplier_operates()
    {
        SimulatedDcc service = Service(InstallationActivity.Active, InstallationActivity.Active, asksNoDormancy: true);

        Deliver(service, "4.2.1").Command.Should().NotBeNull();
    }

    private static SimulatedDcc Service(InstallationActivity smso, InstallationActivity supplier, bool asksNoDormancy = false) => new(
        new ServiceOptions
        {
            Users = ServiceUsers.ByKeys(new Dictionary<string, Eui64> { [ServiceUsers.Dcc] = Dcc, ["IS"] = DuisFixtures.ImportSupplier }),
            ProductsList = new CertifiedProductsList([new CertifiedProduct("ESME", "generic", "4.2.1")]),
            AsksNoDormancy = asksNoDormancy,
        },
        new SmartMeteringInventory(
        [
            new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)
            {
                Model = "generic",
                Activity = new ActivityViews(smso, supplier),
                Ownership = new DeviceOwnership
                {
                    SupplierCertificate = DuisFixtures.ImportSupplier,
                    Registrations = [new Registration("IS", DuisFixtures.ImportSupplier, DateTimeOffset.UnixEpoch)],
                },
            },
        ]));

    private ServiceDecision Deliver(SimulatedDcc service, string version) => service.Receive(
        new DuisRequest(
            new RequestId(Dcc, Broker, _counter++), 8, new UpdateFirmware(DuisFixtures.Image, version, [DuisFixtures.Meter])),
        path: null, DuisFixtures.Now);

    private ServiceDecision Send(SimulatedDcc service, SrvRequestBody body, int variant) => service.Receive(
        new DuisRequest(new RequestId(Dcc, DuisFixtures.Meter, _counter++), variant, body), path: null, DuisFixtures.Now);
}
