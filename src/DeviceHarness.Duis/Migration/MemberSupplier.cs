namespace DeviceHarness.Duis.Migration;

/// <summary>A device of an installation, with who is responsible for it.</summary>
/// <param name="Device">The device.</param>
/// <param name="DeviceType">Its DUIS device type.</param>
/// <param name="IsDormant">Whether no supplier operates it.</param>
/// <param name="Supplier">The User that is its supplier; null when none can be told.</param>
public sealed record MemberSupplier(Eui64 Device, string DeviceType, bool IsDormant, Eui64? Supplier);
