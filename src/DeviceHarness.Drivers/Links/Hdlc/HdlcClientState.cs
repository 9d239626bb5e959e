namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>Where the client's end of an HDLC link stands.</summary>
public enum HdlcClientState
{
    /// <summary>No link: only <c>Connect</c> is legal.</summary>
    Disconnected,

    /// <summary>SNRM was sent; UA is awaited.</summary>
    Connecting,

    /// <summary>The link is up and idle: <c>Send</c> and <c>Disconnect</c> are legal.</summary>
    Connected,

    /// <summary>An APDU is being sent, or its answer is awaited.</summary>
    Exchanging,

    /// <summary>DISC was sent; UA or DM is awaited.</summary>
    Disconnecting,
}
