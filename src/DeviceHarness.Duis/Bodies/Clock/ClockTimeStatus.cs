namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>How far a device trusts its own clock.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ElecClockTimeStatus and GasClockTimeStatus; written in lower case.</remarks>
public enum ClockTimeStatus
{
    /// <summary>The clock can be relied upon.</summary>
    Reliable,

    /// <summary>The clock has no valid time.</summary>
    Invalid,

    /// <summary>The clock has a time that may be wrong.</summary>
    Unreliable,
}
