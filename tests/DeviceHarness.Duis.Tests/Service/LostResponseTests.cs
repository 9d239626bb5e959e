using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>MP105: what becomes of a suspended device when the response to its 11.3 is lost.</summary>
public sealed class LostResponseTests
{
    private const string New = "4.3.0";

    private readonly SmartMeteringInventory _inventory =
        new([new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Suspended, "4.2.0", Smets1: true)]);

    private ulong _counter = 1000;

    private InventoryDevice Row => _inventory.Find(DuisFixtures.Meter)!;

    [Fact]
    public void A_lost_response_is_E21_and_teaches_the_inventory_nothing()
    {
        SimulatedDcc service = Service(DeviceStatusRules.Mp105, new LostResponse { Srv = "11.3" });

        string code = Send(service, Activate, Activated);

        code.Should().Be("E21");
        (Row.Status, Row.FirmwareVersion).Should().Be((DeviceStatus.Suspended, "4.2.0"));
    }

    [Fact]
    public void A_response_that_arrives_ends_the_suspension()
    {
        Send(Service(DeviceStatusRules.BeforeMp105), Activate, Activated).Should().Be("I0");

        (Row.Status, Row.FirmwareVersion).Should().Be((DeviceStatus.Commissioned, New));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_activation_with_a_response_ends_the_suspension_under_either_rules(bool isMp105)
    {
        SimulatedDcc service = Service(
            isMp105 ? DeviceStatusRules.Mp105 : DeviceStatusRules.BeforeMp105, new LostResponse { Srv = "11.3", Times = 1 });
        Send(service, Activate, Activated);

        string again = Send(service, Activate, Activated);

        again.Should().Be("I0");
        Row.Status.Should().Be(DeviceStatus.Commissioned);
    }

    [Theory]
    [InlineData(false, "E5", DeviceStatus.Suspended)]
    [InlineData(true, "I0", DeviceStatus.Commissioned)]
    public void A_reading_of_11_2_ends_it_since_mp105_only(bool isMp105, string code, DeviceStatus status)
    {
        SimulatedDcc service = Service(
            isMp105 ? DeviceStatusRules.Mp105 : DeviceStatusRules.BeforeMp105, new LostResponse { Srv = "11.3" });
        Send(service, Activate, Activated);

        string read = Send(service, new ReadFirmwareVersion(), new ReadFirmwareVersionRsp { FirmwareVersion = New });

        read.Should().Be(code);
        Row.Status.Should().Be(status);
    }

    [Fact]
    public void One_request_whose_response_is_to_be_lost_loses_it_and_no_other_does()
    {
        SimulatedDcc service = Service(DeviceStatusRules.Mp105);
        service.LoseResponseTo(DuisFixtures.Id(_counter + 1));

        string first = Send(service, Activate, Activated);
        string second = Send(service, Activate, Activated);

        (first, second).Should().Be(("E21", "I0"));
    }

    [Fact]
    public void A_late_response_holds_back_what_it_hits_and_no_other()
    {
        SimulatedDcc service = Service(
            DeviceStatusRules.Mp105, new LateResponse { Srv = "11.3", Delay = TimeSpan.FromSeconds(9), Times = 1 });
        RequestId first = Accept(service, Activate);
        RequestId second = Accept(service, Activate);

        (service.HoldOf(first), service.HoldOf(second)).Should().Be((TimeSpan.FromSeconds(9), TimeSpan.Zero));
        service.HoldOf(DuisFixtures.Id(1)).Should().Be(TimeSpan.Zero);
    }

    private static ActivateFirmware Activate => new(DuisFixtures.Image.Hash);

    private static ActivateFirmwareRsp Activated => new()
    {
        ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(ActivateImageResponse.Success),
        FirmwareVersion = New,
    };

    private RequestId Accept(SimulatedDcc service, SrvRequestBody body)
    {
        DuisRequest request = DuisFixtures.Request(body, body is ActivateFirmware ? 4 : 1, ++_counter);
        service.Receive(request, path: null, DuisFixtures.Now).Command.Should().NotBeNull();
        return request.Id;
    }

    private string Send(SimulatedDcc service, SrvRequestBody body, SrvResponseBody answer)
    {
        DuisRequest request = DuisFixtures.Request(body, body is ActivateFirmware ? 4 : 1, ++_counter);
        ServiceDecision decision = service.Receive(request, path: null, DuisFixtures.Now);
        return decision.Command is null
            ? decision.Acknowledgement!.ResponseCode
            : service.Complete(
                request.Id, new DeviceOutcome(DeviceOutcomeKind.Done, answer, string.Empty, null, null), DuisFixtures.Now).ResponseCode;
    }

    private SimulatedDcc Service(DeviceStatusRules rules, params RequestFault[] faults) => new(
        new ServiceOptions
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
            ProductsList = new CertifiedProductsList([new CertifiedProduct("ESME", string.Empty, New)]),
            DeviceStatus = rules,
            Faults = faults,
        },
        _inventory);
}
