using DeviceHarness.Duis.Inventory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Inventory;

public sealed class SmartMeteringInventoryTests
{
    private static readonly InventoryDevice Esme = new(new Eui64(2), "ESME", DeviceStatus.Commissioned, "1", Smets1: true);

    [Fact]
    public void Devices_come_in_the_order_of_their_identifiers()
    {
        SmartMeteringInventory inventory = new([Esme, Esme with { DeviceId = new Eui64(1) }]);
        inventory.Put(Esme with { DeviceId = new Eui64(3) });

        inventory.Devices.Select(device => device.DeviceId.Value).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void A_change_of_an_unknown_device_does_nothing()
    {
        SmartMeteringInventory inventory = new([]);

        inventory.Update(new Eui64(9), device => device with { FirmwareVersion = "2" });

        inventory.Devices.Should().BeEmpty();
    }

    [Fact]
    public void Changes_from_many_threads_are_all_kept()
    {
        SmartMeteringInventory inventory = new([Esme with { FirmwareVersion = "" }]);

        Parallel.For(0, 1_000, _ => inventory.Update(
            Esme.DeviceId, device => device with { FirmwareVersion = device.FirmwareVersion + "x" }));

        inventory.Find(Esme.DeviceId)!.FirmwareVersion.Should().HaveLength(1_000);
    }
}
