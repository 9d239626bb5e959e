namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>What a frame of an exchange asks the client to do.</summary>
internal enum HdlcExchangeMove
{
    /// <summary>Nothing: the frame is late, doubled or of another time.</summary>
    Ignore,

    /// <summary>Nothing yet: the frame was taken, and the server goes on by itself.</summary>
    Wait,

    /// <summary>Send the segments that were not acknowledged or not sent yet.</summary>
    Transmit,

    /// <summary>Acknowledge what came, which asks for the rest.</summary>
    Poll,

    /// <summary>Acknowledge what came before a gap, which asks for the rest again.</summary>
    PollForGap,

    /// <summary>Let the server alone for a while: it is busy, or has no answer yet.</summary>
    PollLater,

    /// <summary>The answer is whole.</summary>
    Complete,

    /// <summary>The frame breaks the protocol.</summary>
    Violate,
}
