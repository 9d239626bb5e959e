namespace DeviceHarness.Virtual.ZigBee.Upgrades;

/// <summary>What a virtual device keeps in flash about its image and the one that it fetches.</summary>
/// <param name="Running">The file version that it runs.</param>
/// <param name="Firmware">The firmware version that the image which it runs names; null with what it left the factory with.</param>
/// <param name="Fetched">The file version that it fetches or holds.</param>
/// <param name="Size">The size of that image, in octets; 0 without one.</param>
/// <param name="Offset">How much of it is there, from its beginning.</param>
internal sealed record UpgradeRecord(uint Running, string? Firmware, uint Fetched, int Size, int Offset);
