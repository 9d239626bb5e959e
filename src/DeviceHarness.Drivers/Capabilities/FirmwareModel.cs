namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Which firmware images are for a device model.</summary>
/// <param name="ManufacturerCode">The manufacturer code of its upgrade files.</param>
/// <param name="ImageType">The image type of its upgrade files.</param>
/// <param name="HardwareVersion">Its hardware version.</param>
public readonly record struct FirmwareModel(ushort ManufacturerCode, ushort ImageType, ushort HardwareVersion);
