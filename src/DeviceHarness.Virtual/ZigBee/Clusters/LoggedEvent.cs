namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>An entry of a device's event log, as the Events cluster tells it.</summary>
/// <param name="Log">The log.</param>
/// <param name="Id">The number of the event.</param>
/// <param name="Stamp">When it happened, as the device believed.</param>
/// <param name="IsStampValid">Whether it knew the time then.</param>
internal readonly record struct LoggedEvent(byte Log, ushort Id, DateTimeOffset Stamp, bool IsStampValid);
