namespace DeviceHarness.Codecs.Dlms;

/// <summary>What a party of general block transfer has to do next.</summary>
public enum GeneralBlockEvent
{
    /// <summary>Wait for the peer's next block.</summary>
    Wait = 0,

    /// <summary>Transmit what is due.</summary>
    Transmit,

    /// <summary>Take the APDU that has come.</summary>
    ApduReceived,

    /// <summary>Give up: the octets are no block, name a block that was never sent, or make up an APDU beyond the limit.</summary>
    Failed,
}
