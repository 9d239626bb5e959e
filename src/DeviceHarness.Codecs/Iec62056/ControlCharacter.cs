namespace DeviceHarness.Codecs.Iec62056;

/// <summary>The control characters of the ASCII protocol.</summary>
/// <remarks>Spec: IEC 62056-21, messages of modes A to E, as this harness's DLMS guide sums them up.</remarks>
public static class ControlCharacter
{
    /// <summary>SOH: starts a command.</summary>
    public const byte StartOfHeader = 0x01;

    /// <summary>STX: starts data.</summary>
    public const byte StartOfText = 0x02;

    /// <summary>ETX: ends a message; the block check character follows.</summary>
    public const byte EndOfText = 0x03;

    /// <summary>EOT: ends a part of a long message; the block check character follows.</summary>
    public const byte EndOfTransmission = 0x04;

    /// <summary>ACK: alone it takes a message, in front of three characters it selects an option.</summary>
    public const byte Acknowledge = 0x06;

    /// <summary>LF.</summary>
    public const byte LineFeed = 0x0A;

    /// <summary>CR.</summary>
    public const byte CarriageReturn = 0x0D;

    /// <summary>NAK: alone it asks for the message again.</summary>
    public const byte NegativeAcknowledge = 0x15;
}
