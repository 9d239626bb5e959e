namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>What an adapter is.</summary>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="Protocol">What it speaks with its host, such as <c>EZSP 13</c>.</param>
/// <param name="Firmware">The version of its firmware.</param>
/// <param name="Notes">What it did not take when it was set up, and does without.</param>
public sealed record ZigBeeAdapterIdentity(ulong Eui64, string Protocol, string Firmware, IReadOnlyList<string> Notes);
