namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>A network that was heard.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="PanId">Its short identifier.</param>
/// <param name="ExtendedPanId">Its identifier.</param>
/// <param name="IsAllowingJoin">Whether the node that was heard lets devices join.</param>
/// <param name="Lqi">The link quality, 0 to 255.</param>
/// <param name="RssiDbm">The signal strength, in dBm.</param>
public readonly record struct ZigBeeFoundNetwork(
    byte Channel, ushort PanId, ulong ExtendedPanId, bool IsAllowingJoin, byte Lqi, sbyte RssiDbm);
