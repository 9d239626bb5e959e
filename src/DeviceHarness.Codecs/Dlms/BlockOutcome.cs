namespace DeviceHarness.Codecs.Dlms;

/// <summary>What became of a block.</summary>
public enum BlockOutcome
{
    /// <summary>Taken; more blocks follow.</summary>
    Continue = 0,

    /// <summary>Taken; the value is complete.</summary>
    Complete,

    /// <summary>Refused: another block number was expected.</summary>
    WrongNumber,

    /// <summary>Refused: the value would be longer than the limit.</summary>
    TooLong,
}
