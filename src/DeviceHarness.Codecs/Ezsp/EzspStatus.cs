namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What the serial protocol itself says, in one octet: versions 4 to 13, and the reason of invalidCommand always.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.3 sums it up.</remarks>
public enum EzspStatus : byte
{
    /// <summary>Done.</summary>
    Success = 0x00,

    /// <summary>A command came before the version.</summary>
    VersionNotSet = 0x30,

    /// <summary>There is no such command.</summary>
    InvalidFrameId = 0x31,

    /// <summary>A response came where a command was due.</summary>
    WrongDirection = 0x32,

    /// <summary>The frame was cut short.</summary>
    Truncated = 0x33,

    /// <summary>The frame is too long.</summary>
    Overflow = 0x34,

    /// <summary>The memory does not suffice.</summary>
    OutOfMemory = 0x35,

    /// <summary>The value is not allowed.</summary>
    InvalidValue = 0x36,

    /// <summary>There is no such configuration, policy or value.</summary>
    InvalidId = 0x37,

    /// <summary>The call is not allowed now.</summary>
    InvalidCall = 0x38,

    /// <summary>No answer came.</summary>
    NoResponse = 0x39,
}
