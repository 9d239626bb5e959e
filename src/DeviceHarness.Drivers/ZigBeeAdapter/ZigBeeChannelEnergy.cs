namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>How much energy is on a channel.</summary>
/// <param name="Channel">The channel, 11 to 26.</param>
/// <param name="MaximumRssiDbm">The most that was measured, in dBm.</param>
public readonly record struct ZigBeeChannelEnergy(byte Channel, sbyte MaximumRssiDbm);
