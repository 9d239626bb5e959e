namespace DeviceHarness.Virtual.Logs;

/// <summary>The codes that a virtual meter enters into its logs.</summary>
/// <remarks>Spec: the GB event and alert codes, as the domain guide's table gives them; a SMETS1 meter's own numbers would be the
/// manufacturer's.</remarks>
public enum EventCode
{
    /// <summary>Nothing was entered yet.</summary>
    None = 0,

    /// <summary>The clock was adjusted.</summary>
    ClockAdjusted = 0x8145,

    /// <summary>A command was carried out.</summary>
    CommandDone = 0x8154,

    /// <summary>A command was not carried out.</summary>
    CommandNotDone = 0x8155,

    /// <summary>The clock was not adjusted.</summary>
    ClockNotAdjusted = 0x81C6,

    /// <summary>The image was found bad at power-on.</summary>
    FirmwareBadAtPowerOn = 0x8F1B,

    /// <summary>The image that was distributed is not sound.</summary>
    FirmwareVerificationFailed = 0x8F1C,

    /// <summary>The source of a command has no authority for it.</summary>
    NoAuthority = 0x8F30,

    /// <summary>The supply was armed.</summary>
    SupplyArmed = 0x8F32,

    /// <summary>The power was restored.</summary>
    PowerRestored = 0x8F35,

    /// <summary>The power was restored after three minutes or more.</summary>
    PowerRestoredAfterLong = 0x8F36,

    /// <summary>Somebody could not prove who he is.</summary>
    AuthenticationFailed = 0x8F3D,

    /// <summary>The meter runs another firmware version.</summary>
    FirmwareChanged = 0x8F43,

    /// <summary>The event log was cleared.</summary>
    LogCleared = 0x8F52,

    /// <summary>The power was interrupted.</summary>
    PowerInterrupted = 0x8F57,

    /// <summary>The image that was distributed is sound.</summary>
    FirmwareVerified = 0x8F72,

    /// <summary>All blocks of an image came.</summary>
    FirmwareTransferred = 0x8F8A,
}
