namespace DeviceHarness.Codecs.Ash;

/// <summary>Why an adapter was reset or has stopped. Codes of 80 and above are the chip's own: faults and crashes.</summary>
/// <remarks>Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up.</remarks>
public enum AshResetCode : byte
{
    /// <summary>The adapter does not know.</summary>
    Unknown = 0x00,

    /// <summary>The reset pin.</summary>
    External = 0x01,

    /// <summary>Power came on.</summary>
    PowerOn = 0x02,

    /// <summary>The watchdog.</summary>
    Watchdog = 0x03,

    /// <summary>An assertion in the adapter's firmware failed.</summary>
    Assert = 0x06,

    /// <summary>The bootloader handed over.</summary>
    Bootloader = 0x09,

    /// <summary>Software: the answer to RST.</summary>
    Software = 0x0B,

    /// <summary>The host left too many frames without acknowledgement.</summary>
    TooManyAckTimeouts = 0x51,
}
