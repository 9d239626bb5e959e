namespace DeviceHarness.Drivers.Han;

/// <summary>A device that belongs to the network of a trust centre.</summary>
/// <param name="Eui64">Its EUI-64, as a number.</param>
/// <param name="LastHeardAt">When it was heard last; null when it was not since this network was started.</param>
public sealed record HanNetworkMember(ulong Eui64, DateTimeOffset? LastHeardAt);
