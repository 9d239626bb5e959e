namespace DeviceHarness.Codecs.Dlms;

/// <summary>What became of a block, or of an acknowledgement, of general block transfer.</summary>
public enum GeneralBlockOutcome
{
    /// <summary>Taken; more blocks belong to the APDU.</summary>
    Taken = 0,

    /// <summary>Taken; the APDU is whole. Of an acknowledgement: all blocks are there.</summary>
    Complete,

    /// <summary>Passed over: it was there before, or only acknowledges.</summary>
    Repeated,

    /// <summary>Passed over: a block before it is missing. Acknowledging the last good one makes the sender go back.</summary>
    Gap,

    /// <summary>Refused: the APDU would be longer than the limit.</summary>
    TooLong,

    /// <summary>Refused: an acknowledgement of a block that was never sent.</summary>
    NeverSent,
}
