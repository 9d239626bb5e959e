namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>The network that an adapter is in.</summary>
/// <param name="Role">What the adapter is in it.</param>
/// <param name="NodeId">The adapter's short address.</param>
/// <param name="ExtendedPanId">The network's identifier.</param>
/// <param name="PanId">Its short identifier.</param>
/// <param name="Channel">Its channel, 11 to 26.</param>
/// <param name="TxPowerDbm">The adapter's transmit power, in dBm.</param>
public sealed record ZigBeeNetwork(
    ZigBeeRole Role, ushort NodeId, ulong ExtendedPanId, ushort PanId, byte Channel, sbyte TxPowerDbm);
