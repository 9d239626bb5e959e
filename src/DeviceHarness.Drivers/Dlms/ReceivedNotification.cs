namespace DeviceHarness.Drivers.Dlms;

/// <summary>An APDU that a device sent unasked, opened where it was protected.</summary>
/// <param name="Wire">The APDU as it came.</param>
/// <param name="Clear">The APDU in clear; empty when it is protected and could not be opened.</param>
/// <param name="Problem">Why it could not be opened; empty when it could.</param>
public readonly record struct ReceivedNotification(ReadOnlyMemory<byte> Wire, ReadOnlyMemory<byte> Clear, string Problem);
