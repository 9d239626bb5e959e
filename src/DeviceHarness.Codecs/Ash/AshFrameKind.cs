namespace DeviceHarness.Codecs.Ash;

/// <summary>The kinds of frame between host and adapter.</summary>
public enum AshFrameKind
{
    /// <summary>A control octet that means nothing: C3 to FF.</summary>
    Unknown = 0,

    /// <summary>DATA: an EZSP frame, numbered; acknowledges as well.</summary>
    Data,

    /// <summary>ACK: every frame before its number has come.</summary>
    Ack,

    /// <summary>NAK: a frame was damaged or out of sequence; send again from its number.</summary>
    Nak,

    /// <summary>RST: the host resets the adapter.</summary>
    Reset,

    /// <summary>RSTACK: the adapter has been reset, and why.</summary>
    ResetAck,

    /// <summary>ERROR: the adapter has stopped, and why; only RST helps.</summary>
    Error,
}
