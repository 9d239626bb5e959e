using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Orchestrator.Rigs;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class BaselineRuleTests
{
    private static readonly DeviceBaseline Meter = Device("esme-01", 0xA0);

    [Fact]
    public void The_same_devices_in_any_order_are_the_same_baseline()
    {
        DeviceBaseline other = Device("esme-02", 0xA1);

        string? difference = BaselineRule.Difference([Meter, other], [Device("esme-02", 0xA1), Device("esme-01", 0xA0)]);

        difference.Should().BeNull();
    }

    [Fact]
    public void The_inventory_status_is_no_part_of_the_baseline()
    {
        DeviceBaseline suspended = Meter with { Inventory = Meter.Inventory with { Status = DeviceStatus.Suspended } };

        BaselineRule.Difference([Meter], [suspended]).Should().BeNull();
    }

    [Fact]
    public void Added_removed_exchanged_and_updated_devices_are_differences()
    {
        DeviceBaseline updated = Meter with { Inventory = Meter.Inventory with { FirmwareVersion = "4.3.0" } };

        BaselineRule.Difference([], [Meter]).Should().Contain("esme-01 was added");
        BaselineRule.Difference([Meter], []).Should().Contain("esme-01 was taken off");
        BaselineRule.Difference([Meter], [Device("esme-01", 0xB0)]).Should().Contain("esme-01 is another");
        BaselineRule.Difference([Meter], [updated]).Should().Contain("from 4.2.0 to 4.3.0");
    }

    private static DeviceBaseline Device(string id, ulong eui64) => new(
        new BenchDevice(new DeviceId(id), "ESME", new Eui64(eui64), "generic", new Provenance(Route.LocalSerial, Origin.Virtual)),
        new InventoryDevice(new Eui64(eui64), "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true));
}
