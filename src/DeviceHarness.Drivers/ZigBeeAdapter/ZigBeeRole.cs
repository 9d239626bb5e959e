namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>What a node is in its network.</summary>
public enum ZigBeeRole
{
    /// <summary>Formed the network, and is its trust centre.</summary>
    Coordinator = 0,

    /// <summary>Relays for others.</summary>
    Router,

    /// <summary>Has a parent, and its receiver is on.</summary>
    EndDevice,
}
