namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>Where the adapter's side of the ASH link stands.</summary>
public enum AshNcpState
{
    /// <summary>Switched on; nothing but a reset is listened to.</summary>
    Idle,

    /// <summary>A host reset the link, and frames are exchanged.</summary>
    Connected,

    /// <summary>Given up: everything but a reset is answered with an error.</summary>
    Failed,
}
