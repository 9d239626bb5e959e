namespace DeviceHarness.Virtual.Hub;

/// <summary>An alert that waits in a hub for being sent.</summary>
/// <param name="Stamp">When it arose by the hub's clock, UTC.</param>
/// <param name="Code">What it tells: a device alert code, or <see cref="PowerOutage"/>.</param>
/// <param name="About">The EUI-64 of the device that it is about; the hub's own for the hub itself.</param>
public readonly record struct HubAlert(DateTimeOffset Stamp, ushort Code, ulong About)
{
    /// <summary>The hub has been without supply for so long that its last breath tells of an outage; the service makes the DCC Alert AD1
    /// of it. The number is an assumption: no hub's own was found.</summary>
    public const ushort PowerOutage = 0x0AD1;
}
