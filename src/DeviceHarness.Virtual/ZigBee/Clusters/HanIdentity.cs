namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>What a device says of itself.</summary>
/// <param name="Manufacturer">Its manufacturer, at most 32 characters.</param>
/// <param name="ModelName">Its model, at most 32 characters.</param>
/// <param name="HardwareVersion">Its hardware version, 0 to 255.</param>
/// <param name="FirmwareVersion">The firmware that runs, at most 16 characters.</param>
/// <param name="IsOnMains">Whether it is on mains; else it lives on a battery.</param>
internal sealed record HanIdentity(
    string Manufacturer, string ModelName, int HardwareVersion, Func<string> FirmwareVersion, bool IsOnMains);
