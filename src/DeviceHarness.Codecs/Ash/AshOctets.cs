namespace DeviceHarness.Codecs.Ash;

/// <summary>The octets that mean something on the line themselves, and are escaped within a frame.</summary>
/// <remarks>Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up.</remarks>
public static class AshOctets
{
    /// <summary>Ends a frame.</summary>
    public const byte Flag = 0x7E;

    /// <summary>The next octet is sent with bit 5 turned over.</summary>
    public const byte Escape = 0x7D;

    /// <summary>The sender of this takes octets again.</summary>
    public const byte XOn = 0x11;

    /// <summary>The sender of this takes no octets for now.</summary>
    public const byte XOff = 0x13;

    /// <summary>Stands for an octet that the line damaged: the frame around it is void.</summary>
    public const byte Substitute = 0x18;

    /// <summary>What came since the last flag is void.</summary>
    public const byte Cancel = 0x1A;

    /// <summary>Wakes a sleeping adapter; means nothing before a frame.</summary>
    public const byte Wake = 0xFF;

    /// <summary>What an escaped octet is exclusive-ored with.</summary>
    internal const byte EscapeBit = 0x20;

    /// <summary>Whether the octet must be escaped within a frame.</summary>
    internal static bool IsReserved(byte octet) => octet is Flag or Escape or XOn or XOff or Substitute or Cancel;
}
