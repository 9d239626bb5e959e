namespace DeviceHarness.Abstractions.Transports;

/// <summary>Data bits, parity and stop bits of a line. Either costs ten bits an octet.</summary>
public enum SerialFormat
{
    /// <summary>Eight data bits, no parity, one stop bit: HDLC and everything modern.</summary>
    EightNone1,

    /// <summary>Seven data bits, even parity, one stop bit: the IEC 62056-21 sign-on. A pseudo-terminal carries it as plain
    /// octets.</summary>
    SevenEven1,
}
