using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>Data of a read-out or an answer in the programming mode, with its block check character.</summary>
/// <remarks>
/// Spec: IEC 62056-21, data message. Spans point into the octets that were decoded.
/// <code>
/// STX | data | ETX, or EOT when a part follows | BCC
/// </code>
/// </remarks>
public readonly ref struct DataMessage
{
    /// <summary>The longest data that is taken or sent, in characters.</summary>
    public const int MaximumDataOctets = 65_536;

    private const string Clause = "IEC 62056-21 data message";

    /// <summary>Makes a message.</summary>
    /// <param name="data">The data: printable characters, CR and LF.</param>
    /// <param name="isPartial">True when a further part follows.</param>
    public DataMessage(ReadOnlySpan<byte> data, bool isPartial = false)
    {
        Data = data;
        IsPartial = isPartial;
    }

    /// <summary>The data, to be read with a <see cref="DataSetReader"/>.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>True when a further part follows, after it was acknowledged.</summary>
    public bool IsPartial { get; }

    /// <summary>Decodes the message that the octets start with.</summary>
    /// <param name="source">Seven-bit characters, without parity.</param>
    /// <param name="message">The message, when done.</param>
    /// <param name="consumedOctets">The message's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out DataMessage message, out int consumedOctets, out CodecFault fault)
    {
        AsciiReader reader = new(source, Clause);
        message = default;
        if (reader.TryExpect(ControlCharacter.StartOfText)
            && reader.TryReadUntil(
                ControlCharacter.EndOfText, ControlCharacter.EndOfTransmission, MaximumDataOctets, mayHaveLines: true,
                out ReadOnlySpan<byte> data, out byte end)
            && reader.TryReadBlockCheck(startOffset: 1))
        {
            message = new(data, end == ControlCharacter.EndOfTransmission);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Invalid data for data that is too long or not printable.</returns>
    public static OperationStatus Encode(in DataMessage message, Span<byte> target, out int writtenOctets)
    {
        AsciiWriter writer = new(target);
        writer.Write(ControlCharacter.StartOfText);
        writer.WriteText(message.Data, MaximumDataOctets, default, mayHaveLines: true);
        writer.Write(message.IsPartial ? ControlCharacter.EndOfTransmission : ControlCharacter.EndOfText);
        writer.WriteBlockCheck(startOffset: 1);
        return writer.Complete(out writtenOctets);
    }
}
