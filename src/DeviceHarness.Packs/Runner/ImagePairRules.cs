using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps a case from a device that runs another version than the case begins at: it would fail, and prove nothing.</summary>
internal static class ImagePairRules
{
    /// <summary>Why a case may not run; null when it may, or when the inventory does not know what the device runs.</summary>
    public static string? WhyNot(TestCase testCase, DeviceBindings devices, SmartMeteringInventory inventory) =>
        testCase.Firmware is { } pair && devices.Find(testCase.Device) is { } device
            ? pair.WhyNot(device.Id.Value, inventory.Find(device.Eui64)?.FirmwareVersion ?? string.Empty)
            : null;
}
