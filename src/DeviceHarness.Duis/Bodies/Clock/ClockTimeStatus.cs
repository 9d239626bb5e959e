namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>How far a device trusts its own clock.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ElecTimeStatusType; written in lower case. The attribute TimeStatusCode is written as the member's
/// number here:
/// an inference from the order in the schema, and from the bits invalid (1) and doubtful (2) of a DLMS clock status.</remarks>
public enum ClockTimeStatus
{
    /// <summary>The clock can be relied upon.</summary>
    Reliable = 0,

    /// <summary>The clock has no valid time.</summary>
    Invalid = 1,

    /// <summary>The clock has a time that may be wrong.</summary>
    Unreliable,
}
