namespace DeviceHarness.Codecs.Explain;

/// <summary>What octets are, when they do not say it themselves.</summary>
public enum ExplainLayer
{
    /// <summary>What their beginning looks like.</summary>
    Automatic = 0,

    /// <summary>HDLC frames, with or without the flags around a single one.</summary>
    Hdlc,

    /// <summary>The header of the TCP wrapper, then an APDU.</summary>
    Wrapper,

    /// <summary>The information field of a frame: an LLC header, then an APDU.</summary>
    Llc,

    /// <summary>An APDU.</summary>
    Apdu,

    /// <summary>One or more encoded values of type Data.</summary>
    Data,

    /// <summary>Messages of IEC 62056-21, and HDLC frames behind them.</summary>
    SignOn,

    /// <summary>ASH frames between a host and a ZigBee adapter.</summary>
    Ash,

    /// <summary>An EZSP frame: what an ASH DATA frame carries.</summary>
    Ezsp,

    /// <summary>An APS frame without the network header, and what it carries.</summary>
    Aps,

    /// <summary>A ZCL frame; which cluster it is of stands beside it, not in it.</summary>
    Zcl,

    /// <summary>A ZDO message; which one stands beside it, as its cluster.</summary>
    Zdo,
}
