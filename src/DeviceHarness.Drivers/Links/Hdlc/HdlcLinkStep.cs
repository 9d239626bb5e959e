namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>What happened on the link.</summary>
public enum HdlcLinkEvent
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>The link is up.</summary>
    Connected,

    /// <summary>A whole APDU came: <see cref="HdlcClientLink.ReceivedApdu"/>.</summary>
    ApduReceived,

    /// <summary>The server has the whole of an APDU that asked for no answer.</summary>
    ApduTaken,

    /// <summary>The server answers polls, and has had all its time to send another APDU.</summary>
    NothingCame,

    /// <summary>The link is down because we asked for it.</summary>
    Disconnected,

    /// <summary>The order failed: <see cref="HdlcLinkStep.Failure"/>; the link is down.</summary>
    Failed,
}

/// <summary>Why an order failed.</summary>
public enum HdlcLinkFailure
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>Nothing came, or nothing usable, in all attempts: the device or the line is silent or unsound.</summary>
    Silence,

    /// <summary>The server has the request and answered every poll since, but no APDU comes.</summary>
    NoApdu,

    /// <summary>DM or FRMR to SNRM.</summary>
    Refused,

    /// <summary>DM: the server has lost the link; it has not taken the APDU.</summary>
    Lost,

    /// <summary>FRMR: the server rejects a frame.</summary>
    Rejected,

    /// <summary>A frame with a right checksum breaks the protocol.</summary>
    Violation,
}

/// <summary>What the link wants after a call: octets to transmit, an event, and when to be ticked next.</summary>
/// <param name="Transmit">Octets for the line; empty when there are none. Valid until the next call.</param>
/// <param name="Event">What happened.</param>
/// <param name="Failure">Why it failed, when it did.</param>
/// <param name="NextTick">When <see cref="HdlcClientLink.Tick"/> is due; null when nothing is awaited.</param>
public readonly record struct HdlcLinkStep(ReadOnlyMemory<byte> Transmit, HdlcLinkEvent Event, HdlcLinkFailure Failure, TimeSpan? NextTick);
