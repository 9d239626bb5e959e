using DeviceHarness.Duis;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Who a device has to be before a critical request is sent to it.</summary>
/// <param name="DeviceId">Its EUI-64, for a device that tells its own.</param>
/// <param name="SerialNumber">What is on its plate, for a device that tells that; null when the rig file does not say: then what the device
/// tells is held against nothing.</param>
public sealed record ExpectedIdentity(Eui64 DeviceId, string? SerialNumber);
