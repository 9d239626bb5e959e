using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>The client's choice of protocol, rate and mode; in mode E the device repeats it, with the rate that it will use.</summary>
/// <remarks>
/// Spec: IEC 62056-21, acknowledgement/option select message. Mode E needs V = 2 and Y = 2 both.
/// <code>
/// ACK | V protocol control | Z rate | Y mode control | CR LF
/// </code>
/// </remarks>
/// <param name="ProtocolControl">V: <c>0</c> normal, <c>1</c> secondary, <c>2</c> HDLC.</param>
/// <param name="Baud">Z: the rate, see <see cref="BaudCharacter"/>.</param>
/// <param name="ModeControl">Y: <c>0</c> data read-out, <c>1</c> programming mode, <c>2</c> binary mode, 6 to 9 the maker's.</param>
public readonly record struct OptionSelectMessage(byte ProtocolControl, byte Baud, byte ModeControl)
{
    /// <summary>How many octets the message takes.</summary>
    public const int OctetCount = 6;

    private const byte Normal = (byte)'0';
    private const byte Hdlc = (byte)'2';
    private const byte ReadOutMode = (byte)'0';
    private const byte ProgrammingMode = (byte)'1';
    private const byte BinaryMode = (byte)'2';
    private const string Clause = "IEC 62056-21 acknowledgement/option select message";

    /// <summary>Whether it chooses HDLC in the binary mode.</summary>
    public bool IsModeE => ProtocolControl == Hdlc && ModeControl == BinaryMode;

    /// <summary>Whether it chooses the data read-out of mode C.</summary>
    public bool IsReadOut => ProtocolControl == Normal && ModeControl == ReadOutMode;

    /// <summary>Whether it chooses the programming mode of mode C.</summary>
    public bool IsProgramming => ProtocolControl == Normal && ModeControl == ProgrammingMode;

    /// <summary>Chooses mode E.</summary>
    /// <param name="baud">Z.</param>
    public static OptionSelectMessage ModeE(byte baud) => new(Hdlc, baud, BinaryMode);

    /// <summary>Chooses the data read-out of mode C.</summary>
    /// <param name="baud">Z.</param>
    public static OptionSelectMessage ReadOut(byte baud) => new(Normal, baud, ReadOutMode);

    /// <summary>Chooses the programming mode of mode C.</summary>
    /// <param name="baud">Z.</param>
    public static OptionSelectMessage Programming(byte baud) => new(Normal, baud, ProgrammingMode);

    /// <summary>Decodes the message that the octets start with.</summary>
    /// <param name="source">Seven-bit characters, without parity.</param>
    /// <param name="message">The message, when done.</param>
    /// <param name="consumedOctets">6 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out OptionSelectMessage message, out int consumedOctets, out CodecFault fault)
    {
        AsciiReader reader = new(source, Clause);
        message = default;
        if (reader.TryExpect(ControlCharacter.Acknowledge)
            && reader.TryReadPrintable(out byte protocol)
            && reader.TryReadPrintable(out byte baud)
            && reader.TryReadPrintable(out byte mode)
            && reader.TryReadLineEnd())
        {
            message = new(protocol, baud, mode);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">6 when done, otherwise 0.</param>
    /// <returns>Invalid data for a character that is not printable.</returns>
    public static OperationStatus Encode(in OptionSelectMessage message, Span<byte> target, out int writtenOctets)
    {
        AsciiWriter writer = new(target);
        writer.Write(ControlCharacter.Acknowledge);
        writer.WritePrintable(message.ProtocolControl);
        writer.WritePrintable(message.Baud);
        writer.WritePrintable(message.ModeControl);
        writer.Write("\r\n"u8);
        return writer.Complete(out writtenOctets);
    }
}
