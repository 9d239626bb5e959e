namespace DeviceHarness.Duis.Firmware;

/// <summary>Where a firmware image came from, and what it is for: the images of dormant meters come from the supplier that installed
/// them.</summary>
/// <param name="Sha256">The SHA-256 of the whole file, lower-case hexadecimal: what SRV 11.3 names the image by.</param>
/// <param name="DeviceType">The DUIS device type that it is for.</param>
/// <param name="Model">The device model that it is for, by the name of the device profile.</param>
/// <param name="Version">The firmware version that a device then runs.</param>
/// <param name="Provider">Who gave it.</param>
/// <param name="Received">The day on which it came.</param>
public sealed record FirmwareImageRecord(
    string Sha256, string DeviceType, string Model, string Version, string Provider, DateOnly Received)
{
    /// <summary>Whether the image is for a device.</summary>
    public bool IsFor(Inventory.InventoryDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return DeviceType == device.DeviceType && Model == device.Model;
    }
}
