namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>Where the host's end of the link to an adapter stands.</summary>
public enum AshHostState
{
    /// <summary>Nothing was begun, or the adapter has rebooted or was lost: only a reset helps.</summary>
    Down = 0,

    /// <summary>RST was sent; nothing but RSTACK counts.</summary>
    Connecting,

    /// <summary>Frames go both ways.</summary>
    Connected,
}
