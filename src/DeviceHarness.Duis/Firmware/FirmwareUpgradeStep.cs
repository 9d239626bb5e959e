namespace DeviceHarness.Duis.Firmware;

/// <summary>One upgrade that the maker of a device model allows; a longer way is made of several.</summary>
/// <param name="DeviceType">The DUIS device type.</param>
/// <param name="Model">The device model.</param>
/// <param name="From">The version that has to run before.</param>
/// <param name="To">The version that runs then.</param>
public sealed record FirmwareUpgradeStep(string DeviceType, string Model, string From, string To);
