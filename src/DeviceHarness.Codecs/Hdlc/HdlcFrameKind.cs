namespace DeviceHarness.Codecs.Hdlc;

/// <summary>What a control octet says the frame is.</summary>
/// <remarks>Spec: IEC 62056-46, control field.</remarks>
public enum HdlcFrameKind
{
    /// <summary>A control octet outside the profile; a server answers it with <see cref="Frmr"/>.</summary>
    Unknown = 0,

    /// <summary>Information: carries a segment, N(S) and N(R).</summary>
    Information,

    /// <summary>RR: ready to receive, with N(R).</summary>
    ReceiveReady,

    /// <summary>RNR: busy, with N(R).</summary>
    ReceiveNotReady,

    /// <summary>SNRM: the client sets normal response mode and resets both counters.</summary>
    Snrm,

    /// <summary>DISC: the client ends the link.</summary>
    Disc,

    /// <summary>UA: the server acknowledges SNRM or DISC.</summary>
    Ua,

    /// <summary>DM: the server is not connected.</summary>
    Dm,

    /// <summary>FRMR: the server rejects a frame; only SNRM may follow.</summary>
    Frmr,

    /// <summary>UI: information outside the sequence, such as a push.</summary>
    UnnumberedInformation,
}
