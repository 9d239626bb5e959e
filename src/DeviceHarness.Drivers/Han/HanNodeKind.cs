namespace DeviceHarness.Drivers.Han;

/// <summary>What a node is in the home area network.</summary>
public enum HanNodeKind
{
    /// <summary>Nobody told yet.</summary>
    Unknown = 0,

    /// <summary>Formed the network.</summary>
    Coordinator,

    /// <summary>Relays for others; its receiver is on.</summary>
    Router,

    /// <summary>Has a parent; its receiver is on.</summary>
    EndDevice,

    /// <summary>Has a parent, and sleeps between wakes: what is for it waits in the outbox.</summary>
    SleepyEndDevice,
}
