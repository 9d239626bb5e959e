using DeviceHarness.Duis.Inventory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Inventory;

public sealed class CertifiedProductsListTests
{
    private static readonly CertifiedProduct Old = new("ESME", "model-a", "1.0");
    private static readonly CertifiedProduct New = new("ESME", "model-a", "2.0");

    [Fact]
    public void Taking_an_entry_off_suspends_exactly_the_devices_that_it_was_for()
    {
        SmartMeteringInventory inventory = new(
        [
            Device(1), Device(2) with { Status = DeviceStatus.InstalledNotCommissioned }, Device(3) with { Model = "model-b" },
            Device(4) with { FirmwareVersion = "2.0" }, Device(5) with { DeviceType = "GSME" },
        ]);
        CertifiedProductsList list = new([Old, New]);

        IReadOnlyList<InventoryDevice> changed = list.Remove(Old, inventory, DuisFixtures.Now);

        changed.Select(device => device.DeviceId.Value).Should().Equal(1, 2);
        inventory.Devices.Where(device => device.Status == DeviceStatus.Suspended).Should().Equal(changed);
        list.Entries.Should().Equal(New);
    }

    [Fact]
    public void Putting_it_back_restores_each_to_its_former_status()
    {
        SmartMeteringInventory inventory = new([Device(1), Device(2) with { Status = DeviceStatus.InstalledNotCommissioned }]);
        CertifiedProductsList list = new([Old]);
        list.Remove(Old, inventory, DuisFixtures.Now);

        list.Add(Old, inventory, DuisFixtures.Now).Should().HaveCount(2);

        inventory.Devices.Select(device => device.Status).Should().Equal(DeviceStatus.Commissioned, DeviceStatus.InstalledNotCommissioned);
    }

    [Fact]
    public void A_device_that_another_entry_is_for_too_is_left_alone()
    {
        SmartMeteringInventory inventory = new([Device(1)]);
        CertifiedProductsList list = new([Old, Old with { Model = string.Empty }]);

        list.Remove(Old, inventory, DuisFixtures.Now).Should().BeEmpty();
        list.Remove(Old with { Model = string.Empty }, inventory, DuisFixtures.Now).Should().ContainSingle();
    }

    [Fact]
    public void What_was_put_on_and_taken_off_is_kept_and_tells_the_list_of_any_time()
    {
        DateTimeOffset start = DuisFixtures.Now;
        SmartMeteringInventory inventory = new([Device(1)]);
        CertifiedProductsList list = new([]);
        list.Add(Old, inventory, start);
        list.Add(New, inventory, start.AddDays(1));
        list.Remove(Old, inventory, start.AddDays(2));

        list.Events.Select(change => (change.Entry, change.IsAdded)).Should().Equal((Old, true), (New, true), (Old, false));
        CertifiedProductsList.AsOf(list.Events.Reverse(), start.AddDays(1)).Entries.Should().Equal(Old, New);
        CertifiedProductsList.AsOf(list.Events, start.AddDays(2)).Entries.Should().Equal(New);
        CertifiedProductsList.AsOf(list.Events, start.AddDays(-1)).Entries.Should().BeEmpty();
    }

    [Fact]
    public void The_oldest_events_go_when_too_many_are_kept()
    {
        SmartMeteringInventory inventory = new([]);
        CertifiedProductsList list = new([]);

        for (int day = 0; day <= CertifiedProductsList.MaximumEvents; day++)
        {
            list.Add(Old, inventory, DuisFixtures.Now.AddDays(day));
        }

        list.Events.Should().HaveCount(CertifiedProductsList.MaximumEvents);
        list.Events[0].At.Should().Be(DuisFixtures.Now.AddDays(1));
    }

    [Theory]
    [InlineData("IHD", false)]
    [InlineData("CAD", false)]
    [InlineData("PPMID", true)]
    [InlineData("HCALCS", true)]
    [InlineData("GSME", true)]
    public void Only_types_that_are_on_the_list_can_be_suspended(string type, bool canBe)
    {
        CertifiedProduct entry = new(type, string.Empty, "1.0");
        SmartMeteringInventory inventory = new([Device(1) with { DeviceType = type }]);

        new CertifiedProductsList([entry]).Remove(entry, inventory, DuisFixtures.Now).Should().HaveCount(canBe ? 1 : 0);
        CertifiedProductsList.Governs(type).Should().Be(canBe);
    }

    [Theory]
    [InlineData(DeviceStatus.Pending)]
    [InlineData(DeviceStatus.Whitelisted)]
    [InlineData(DeviceStatus.Decommissioned)]
    [InlineData(DeviceStatus.Withdrawn)]
    [InlineData(DeviceStatus.Recovery)]
    [InlineData(DeviceStatus.Recovered)]
    public void A_device_that_is_not_in_use_keeps_its_status(DeviceStatus status)
    {
        new CertifiedProductsList([]).Judge(Device(1) with { Status = status }).Status.Should().Be(status);
    }

    [Fact]
    public void A_device_of_an_unknown_firmware_stays_as_it_is()
    {
        new CertifiedProductsList([]).Judge(Device(1) with { FirmwareVersion = string.Empty }).Status
            .Should().Be(DeviceStatus.Commissioned);
    }

    private static InventoryDevice Device(ulong id) =>
        new(new Eui64(id), "ESME", DeviceStatus.Commissioned, "1.0", Smets1: true) { Model = "model-a" };
}
