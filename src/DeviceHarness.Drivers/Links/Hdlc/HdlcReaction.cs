namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>What the link does with a frame from the server.</summary>
internal enum HdlcReaction
{
    /// <summary>Nothing: it is late, doubled or not meant for this state.</summary>
    Ignore,

    /// <summary>UA to SNRM: takes the parameters, the link is up.</summary>
    Accept,

    /// <summary>DM or FRMR to SNRM: the server will not connect.</summary>
    Refuse,

    /// <summary>An information frame: a segment or the whole of the answer.</summary>
    TakeInformation,

    /// <summary>UI: the device tells something unasked.</summary>
    TakeNotification,

    /// <summary>RR: an acknowledgement, or no answer yet.</summary>
    TakeReady,

    /// <summary>RNR: an acknowledgement from a server that is busy.</summary>
    TakeBusy,

    /// <summary>DM in an open link: the server has lost it.</summary>
    Lose,

    /// <summary>FRMR: the server rejects a frame; only SNRM helps.</summary>
    Reject,

    /// <summary>UA or DM to DISC: the link is down.</summary>
    Close,
}
