using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>What follows the change of a comms hub's log by 8.11: a DCC alert, and another status of the device.</summary>
public sealed class DeviceLogResultTests
{
    private static readonly Eui64 Hub = Eui64.Parse("90-B3-D5-1F-30-00-00-A5");
    private static readonly RequestId Id = new(DuisFixtures.ImportSupplier, Hub, 1000);
    private static readonly ServiceOptions Known =
        new() { Users = ServiceUsers.ByKeys(new Dictionary<string, Eui64> { ["IS"] = DuisFixtures.ImportSupplier }) };

    private static readonly HanDeviceJoin Join = new(600, "83FED3407A939723A5C639B26916D505");

    private readonly SmartMeteringInventory _inventory = new(
    [
        new InventoryDevice(Hub, "CHF", DeviceStatus.Commissioned, "1.4.2", Smets1: true),
        new InventoryDevice(DuisFixtures.Meter, "GSME", DeviceStatus.Pending, "4.2.0", Smets1: true),
    ]);

    [Theory]
    [InlineData(HanLogChange.Add)]
    [InlineData(HanLogChange.Remove)]
    public void The_User_is_told_when_the_hub_took_the_change(HanLogChange change)
    {
        ServiceAnswer answer = Send(change, DeviceOutcomeKind.Done);

        answer.DccAlert!.Body.Should().Be(new UpdateHANDeviceLogResult(Id));
        answer.DccAlert.Body!.Values.Should().ContainKey("UpdateHANDeviceLogServiceRequestID").WhoseValue.Should().Be(Id.ToString());
        answer.DccAlert.Xml.Should().Contain("<sr:DCCAlertCode>N24</sr:DCCAlertCode>").And.Contain("<sr:UpdateHANDeviceLogResult>")
            .And.Contain($"<sr:UpdateHANDeviceLogServiceRequestID>{Id}</sr:UpdateHANDeviceLogServiceRequestID>");
    }

    [Theory]
    [InlineData(DeviceOutcomeKind.Refused)]
    [InlineData(DeviceOutcomeKind.NoAnswer)]
    [InlineData(DeviceOutcomeKind.Unreachable)]
    public void The_User_is_not_told_when_it_did_not(DeviceOutcomeKind outcome)
    {
        Send(HanLogChange.Add, outcome).DccAlert.Should().BeNull();
        StatusOfMeter().Should().Be(DeviceStatus.Pending);
    }

    [Fact]
    public void A_device_that_may_join_is_whitelisted()
    {
        Send(HanLogChange.Add, DeviceOutcomeKind.Done);

        StatusOfMeter().Should().Be(DeviceStatus.Whitelisted);
    }

    [Fact]
    public void A_device_that_is_removed_keeps_its_status()
    {
        Send(HanLogChange.Remove, DeviceOutcomeKind.Done);

        StatusOfMeter().Should().Be(DeviceStatus.Pending);
    }

    [Fact]
    public void A_device_that_is_further_keeps_its_status()
    {
        _inventory.Update(DuisFixtures.Meter, row => row with { Status = DeviceStatus.InstalledNotCommissioned });

        Send(HanLogChange.Add, DeviceOutcomeKind.Done);

        StatusOfMeter().Should().Be(DeviceStatus.InstalledNotCommissioned);
    }

    [Fact]
    public void The_defect_keeps_it_untold()
    {
        ServiceDefects.TryParse("log-result-untold", out ServiceDefect? defect, out _).Should().BeTrue();

        Send(HanLogChange.Add, DeviceOutcomeKind.Done, defect!.Plant(Known, Hub))
            .DccAlert.Should().BeNull();
    }

    private DeviceStatus StatusOfMeter() => _inventory.Find(DuisFixtures.Meter)!.Status;

    private ServiceAnswer Send(HanLogChange change, DeviceOutcomeKind outcome, ServiceOptions? options = null)
    {
        SimulatedDcc service = new(options ?? Known, _inventory);
        HanDeviceJoin? join = change == HanLogChange.Add ? Join : null;
        service.Receive(new DuisRequest(Id, 1, new UpdateHANDeviceLog(DuisFixtures.Meter, change, join)), null, DuisFixtures.Now)
            .Command.Should().NotBeNull();
        SrvResponseBody? body = outcome == DeviceOutcomeKind.Done ? new UpdateHANDeviceLogRsp() : null;
        return service.Complete(Id, new DeviceOutcome(outcome, body, "", null, null), DuisFixtures.Now);
    }
}
