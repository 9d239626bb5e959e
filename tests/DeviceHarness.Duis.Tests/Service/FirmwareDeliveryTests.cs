using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>11.1 and 11.3 in the simulated service.</summary>
public sealed class FirmwareDeliveryTests
{
    private static readonly Eui64 Broker = Eui64.Parse("90-B3-D5-1F-30-00-00-02");
    private static readonly Eui64 Hub = Eui64.Parse("90-B3-D5-1F-30-00-00-A2");
    private static readonly Eui64 Pending = Eui64.Parse("90-B3-D5-1F-30-00-00-A3");
    private static readonly Eui64 Display = Eui64.Parse("90-B3-D5-1F-30-00-00-A4");
    private static readonly Eui64 Unknown = Eui64.Parse("90-B3-D5-1F-30-00-00-AF");

    private readonly SmartMeteringInventory _inventory = new(
    [
        new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true),
        new InventoryDevice(Hub, "CHF", DeviceStatus.Commissioned, "1.0", Smets1: true),
        new InventoryDevice(Pending, "ESME", DeviceStatus.Pending, "4.2.0", Smets1: true),
    ]);

    private ulong _counter = 1000;

    [Fact]
    public void A_delivery_is_acknowledged_with_I0_and_commands_the_device()
    {
        UpdateFirmware update = Update(DuisFixtures.Meter);

        ServiceDecision decision = Receive(Service(), update);

        decision.Acknowledgement!.ResponseCode.Should().Be("I0");
        DuisResponseReader.Read(decision.Acknowledgement.Xml).Message.Content.Should().Be(new ResponseMessage("11.1"));
        decision.Command!.Device.DeviceId.Should().Be(DuisFixtures.Meter);
        decision.Command.Body.Should().Be(update);
    }

    [Fact]
    public void Devices_that_get_nothing_are_listed_with_the_reason_and_the_rest_is_delivered_to()
    {
        ServiceDecision decision = Receive(Service(), Update(Unknown, Hub, Pending, DuisFixtures.Meter));

        using AssertionScope scope = new();
        decision.Acknowledgement!.ResponseCode.Should().Be("W110101");
        decision.Command!.Device.DeviceId.Should().Be(DuisFixtures.Meter);
        WarningOf(decision).Should().Be(new UpdateFirmwareWarning
        {
            InvalidDevices = [Unknown],
            NotApplicableFirmwareDevices = [Hub],
            NotCommissionedDevices = [Pending],
        });
    }

    [Fact]
    public void A_delivery_to_nobody_commands_nothing()
    {
        ServiceDecision decision = Receive(Service(), Update(Unknown));

        decision.Acknowledgement!.ResponseCode.Should().Be("W110101");
        decision.Command.Should().BeNull();
    }

    [Fact]
    public void A_second_delivery_waits_for_the_first_to_end()
    {
        SimulatedDcc service = Service();
        ServiceDecision first = Receive(service, Update(DuisFixtures.Meter));

        ServiceDecision second = Receive(service, Update(DuisFixtures.Meter));
        service.Complete(first.RequestId, Outcome(DeviceOutcomeKind.Unreachable, null), DuisFixtures.Now);
        ServiceDecision third = Receive(service, Update(DuisFixtures.Meter));

        WarningOf(second).OtherRequestInProgressDevices.Should().Equal(DuisFixtures.Meter);
        third.Acknowledgement!.ResponseCode.Should().Be("I0");
    }

    [Fact]
    public void Two_devices_at_once_are_not_served_and_said_so()
    {
        _inventory.Put(new InventoryDevice(Hub, "GSME", DeviceStatus.Suspended, "1.0", Smets1: true));

        ServiceDecision decision = Receive(Service(), Update(DuisFixtures.Meter, Hub));

        decision.Acknowledgement.Should().BeNull();
        decision.NotServed.Should().Contain("2 devices");
    }

    [Theory]
    [InlineData(true, "8F72", DeviceOutcomeKind.Done)]
    [InlineData(false, "8F1C", DeviceOutcomeKind.Refused)]
    public void The_devices_verification_comes_as_a_device_alert(bool isVerified, string code, DeviceOutcomeKind kind)
    {
        SimulatedDcc service = Service();
        RequestId id = Receive(service, Update(DuisFixtures.Meter)).RequestId;
        FirmwareVerificationAlert alert = new(isVerified, DuisFixtures.Now, DuisFixtures.Image.Hash);

        ServiceAnswer answer = service.Complete(id, Outcome(kind, alert), DuisFixtures.Now);

        DuisResponse response = DuisResponseReader.Read(answer.Xml).Message;
        using AssertionScope scope = new();
        answer.Body!.MessageSuccess.Should().Be(isVerified);
        answer.Body.Values["GBCSHexAlertCode"].Should().Be(code);
        response.RequestId.Should().BeNull("an alert names no request");
        response.Content.Should().BeOfType<Smets1ResponseMessage>().Which.DeviceAlertXml.Should()
            .Contain($"<ra:GBCSHexAlertCode>{code}</ra:GBCSHexAlertCode>")
            .And.Contain(Convert.ToHexString(DuisFixtures.Image.Hash.Span));
    }

    [Theory]
    [InlineData(DeviceOutcomeKind.Unreachable)]
    [InlineData(DeviceOutcomeKind.NoAnswer)]
    [InlineData(DeviceOutcomeKind.ProtocolError)]
    [InlineData(DeviceOutcomeKind.Refused)]
    public void A_delivery_that_did_not_reach_verification_is_a_dcc_alert(DeviceOutcomeKind kind)
    {
        SimulatedDcc service = Service();
        RequestId id = Receive(service, Update(DuisFixtures.Meter)).RequestId;

        ServiceAnswer answer = service.Complete(id, Outcome(kind, null), DuisFixtures.Now);

        using AssertionScope scope = new();
        answer.Body!.MessageSuccess.Should().BeFalse("a step that expects a delivery must not pass");
        answer.Body.Values["MeterIDs"].Should().Be(DuisFixtures.Meter.ToString());
        DuisResponseReader.Read(answer.Xml).Message.Content.Should().BeOfType<UnmodelledMessage>()
            .Which.Xml.Should().Contain($"<sr:UpdateFirmwareRequestID>{id}</sr:UpdateFirmwareRequestID>");
    }

    [Fact]
    public void The_displays_that_an_11_4_leaves_out_are_listed_with_the_reason_and_the_rest_is_delivered_to()
    {
        Eui64 other = Eui64.Parse("90-B3-D5-1F-30-00-00-A5");
        _inventory.Put(new InventoryDevice(Display, "PPMID", DeviceStatus.Commissioned, "1.4.2", Smets1: true));
        _inventory.Put(new InventoryDevice(other, "PPMID", DeviceStatus.Pending, "1.4.2", Smets1: true));
        SimulatedDcc service = Later();

        ServiceDecision first = Receive(service, ForDisplays(Unknown, Hub, other, Display));
        ServiceDecision second = Receive(service, ForDisplays(Display));

        using AssertionScope scope = new();
        first.Acknowledgement!.ResponseCode.Should().Be("W110401");
        first.Acknowledgement.Xml.Should().Contain("<sr:DSPUpdatePPMIDFirmwareWarning>");
        first.Command!.Device.DeviceId.Should().Be(Display);
        WarningOf(first, "11.4").Should().Be(new UpdateFirmwareWarning
        {
            InvalidDevices = [Unknown],
            NotApplicableFirmwareDevices = [Hub],
            NotCommissionedDevices = [other],
        });
        WarningOf(second, "11.4").OtherRequestInProgressDevices.Should().Equal([Display], "the first is on its way");
        second.Command.Should().BeNull();
    }

    [Theory]
    [InlineData(true, "1.5.0", "8F8A", "ActivationSuccess", "1.5.0")]
    [InlineData(false, "1.4.9", "8F89", "ActivationFailure", "1.4.2")]
    public void What_a_display_made_of_its_firmware_comes_as_a_dcc_alert_and_the_inventory_learns_what_it_took(
        bool isActivated, string runs, string code, string result, string inventory)
    {
        _inventory.Put(new InventoryDevice(Display, "PPMID", DeviceStatus.Commissioned, "1.4.2", Smets1: true));
        SimulatedDcc service = Later();
        RequestId id = Receive(service, ForDisplays(Display)).RequestId;
        PpmidAlert alert = new(Display, isActivated, runs, DuisFixtures.Now);

        ServiceAnswer answer = service.Complete(
            id, Outcome(isActivated ? DeviceOutcomeKind.Done : DeviceOutcomeKind.Refused, alert), DuisFixtures.Now);

        DuisResponse response = DuisResponseReader.Read(answer.Xml).Message;
        using AssertionScope scope = new();
        response.RequestId.Should().BeNull("an alert names no request");
        answer.Body!.MessageSuccess.Should().Be(isActivated);
        answer.Body.Values["DeviceAlertCode"].Should().Be(code);
        answer.Body.Values["PPMIDFirmwareUpgradeAlert.ActivateImageResultCode"].Should().Be(result);
        answer.Body.Values["PPMIDFirmwareUpgradeAlert.FirmwareVersion"].Should().Be(runs);
        response.Content.Should().BeOfType<UnmodelledMessage>().Which.Xml.Should()
            .Contain($"<sr:DeviceID>{Display}</sr:DeviceID>").And.Contain($"<sr:DeviceAlertCode>{code}</sr:DeviceAlertCode>")
            .And.Contain($"<sr:ActivateImageResultCode>{result}</sr:ActivateImageResultCode>");
        _inventory.Find(Display)!.FirmwareVersion.Should().Be(inventory);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123456789")]
    public void A_version_that_the_schema_has_no_place_for_is_left_out_with_the_result(string runs)
    {
        PpmidAlert alert = new(Display, isActivated: true, runs, DuisFixtures.Now);

        alert.Values.Keys.Should().Equal("DeviceAlertCode", "DeviceID", "MessageSuccess", "Timestamp");
    }

    [Fact]
    public void An_11_4_that_did_not_reach_verification_is_the_dcc_alert_of_an_11_1()
    {
        _inventory.Put(new InventoryDevice(Display, "PPMID", DeviceStatus.Commissioned, "1.4.2", Smets1: true));
        SimulatedDcc service = Later();
        RequestId id = Receive(service, ForDisplays(Display)).RequestId;

        ServiceAnswer answer = service.Complete(id, Outcome(DeviceOutcomeKind.NoAnswer, null), DuisFixtures.Now);

        answer.Body.Should().BeOfType<FirmwareDistributionFailure>().Which.Meters.Should().Equal(Display);
    }

    [Fact]
    public void A_successful_activation_updates_the_inventory_and_ends_a_suspension_by_an_approved_version()
    {
        _inventory.Update(DuisFixtures.Meter, device => device with { Status = DeviceStatus.Suspended });
        CertifiedProductsList list = new([new("ESME", string.Empty, "4.3.0")]);
        SimulatedDcc service = Service(options => options with { ProductsList = list });

        Activate(service, DeviceOutcomeKind.Done, ActivateImageResponse.Success, "4.3.0");

        InventoryDevice device = _inventory.Find(DuisFixtures.Meter)!;
        (device.FirmwareVersion, device.Status).Should().Be(("4.3.0", DeviceStatus.Commissioned));
    }

    [Theory]
    [InlineData(true, "4.3.0")]
    [InlineData(false, "4.2.0")]
    public void An_activation_that_finds_no_image_tells_the_version_since_MP105(bool isMp105, string inventoryVersion)
    {
        SimulatedDcc service = Service(options => options with
        {
            DeviceStatus = isMp105 ? DeviceStatusRules.Mp105 : DeviceStatusRules.BeforeMp105,
        });

        ServiceAnswer answer = Activate(service, DeviceOutcomeKind.Refused, ActivateImageResponse.NoImageHeld, "4.3.0");

        using AssertionScope scope = new();
        answer.Body!.MessageSuccess.Should().BeFalse();
        answer.Body.Values["ActivateImageResponseCode"].Should().Be("noImageHeld");
        answer.Body.Values["ActivateImageResponseCode.ResponseCode"].Should().Be("1");
        _inventory.Find(DuisFixtures.Meter)!.FirmwareVersion.Should().Be(inventoryVersion);
    }

    private static UpdateFirmware Update(params Eui64[] devices) => new(DuisFixtures.Image, "4.3.0", devices);

    private static UpdatePpmidFirmware ForDisplays(params Eui64[] devices) => new(DuisFixtures.Image, "1.5.0", devices);

    private static DeviceOutcome Outcome(DeviceOutcomeKind kind, SrvResponseBody? body) => new(kind, body, "what happened", null, null);

    private static UpdateFirmwareWarning WarningOf(ServiceDecision decision, string srv = "11.1")
    {
        DuisResponse message = DuisResponseReader.Read(decision.Acknowledgement!.Xml).Message;
        return UpdateFirmwareWarning.Parse(((ResponseMessage)message.Content).DataXml!, srv);
    }

    private static ServiceAnswer Activate(SimulatedDcc service, DeviceOutcomeKind kind, ActivateImageResponse response, string version)
    {
        DuisRequest request = DuisFixtures.Request(new ActivateFirmware(DuisFixtures.Image.Hash), commandVariant: 5);
        RequestId id = service.Receive(request, null, DuisFixtures.Now).RequestId;
        ActivateFirmwareRsp body = new()
        {
            ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(response),
            FirmwareVersion = version,
        };
        return service.Complete(id, Outcome(kind, body), DuisFixtures.Now);
    }

    private ServiceDecision Receive(SimulatedDcc service, FirmwareUpdate update)
    {
        string xml = DuisRequestWriter.Write(new DuisRequest(new RequestId(DuisFixtures.ImportSupplier, Broker, _counter++), 8, update));
        return service.Receive(xml, null, DuisFixtures.Now);
    }

    private SimulatedDcc Later() => Service(options => options with { FirmwareUpdates = FirmwareUpdateRules.Secmp0007 });

    private SimulatedDcc Service(Func<ServiceOptions, ServiceOptions>? change = null)
    {
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
        };
        return new SimulatedDcc(change is null ? options : change(options), _inventory);
    }
}
