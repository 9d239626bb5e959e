using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>The device's answer to a request: who it is and how fast it can speak.</summary>
/// <remarks>
/// Spec: IEC 62056-21, identification message. Spans point into the octets that were decoded.
/// <code>
/// / flag 3 | Z | { \ W } | identification 0-16 | CR LF
/// </code>
/// Departs: an identification of up to 64 characters is accepted, one above 16 never sent.
/// </remarks>
public readonly ref struct IdentificationMessage
{
    /// <summary>The characters of a manufacturer's flag.</summary>
    public const int FlagOctets = 3;

    /// <summary>The longest identification sent, in characters, with its escape sequences.</summary>
    public const int MaximumIdentificationOctets = 16;

    private const int MaximumAcceptedOctets = 64;
    private const byte Escape = (byte)'\\';
    private const byte ModeE = (byte)'2';
    private const string Clause = "IEC 62056-21 identification message";

    /// <summary>Identifies a device.</summary>
    /// <param name="flag">Three letters; the last in lower case promises answers within 20 ms.</param>
    /// <param name="baudCharacter">Z: the fastest rate.</param>
    /// <param name="identification">What the manufacturer likes, at most 16 characters, with escape sequences in front.</param>
    public IdentificationMessage(ReadOnlySpan<byte> flag, byte baudCharacter, ReadOnlySpan<byte> identification)
    {
        Flag = flag;
        Baud = baudCharacter;
        Text = identification;
    }

    /// <summary>The manufacturer's three letters.</summary>
    public ReadOnlySpan<byte> Flag { get; }

    /// <summary>Z: the fastest rate, see <see cref="BaudCharacter"/>; a letter announces mode B, another character mode A.</summary>
    public byte Baud { get; }

    /// <summary>Everything behind Z, with the escape sequences.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The identification without the escape sequences in front of it.</summary>
    public ReadOnlySpan<byte> Identification
    {
        get
        {
            ReadOnlySpan<byte> rest = Text;
            while (rest.Length >= 2 && rest[0] == Escape)
            {
                rest = rest[2..];
            }

            return rest;
        }
    }

    /// <summary>Whether the device answers within 20 ms instead of 200 ms.</summary>
    public bool IsFast => Flag.Length == FlagOctets && Flag[^1] is >= (byte)'a' and <= (byte)'z';

    /// <summary>Whether <c>\2</c> announces mode E; its absence does not show that mode E is missing.</summary>
    public bool AnnouncesModeE
    {
        get
        {
            for (ReadOnlySpan<byte> rest = Text; rest.Length >= 2 && rest[0] == Escape; rest = rest[2..])
            {
                if (rest[1] == ModeE)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Decodes the message that the octets start with.</summary>
    /// <param name="source">Seven-bit characters, without parity.</param>
    /// <param name="message">The message, when done.</param>
    /// <param name="consumedOctets">The message's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out IdentificationMessage message, out int consumedOctets, out CodecFault fault)
    {
        AsciiReader reader = new(source, Clause);
        message = default;
        if (reader.TryExpect((byte)'/')
            && TryReadFlag(ref reader)
            && reader.TryReadPrintable(out byte baud)
            && reader.TryReadUntil(
                ControlCharacter.CarriageReturn, ControlCharacter.CarriageReturn, MaximumAcceptedOctets, mayHaveLines: false,
                out ReadOnlySpan<byte> text, out _)
            && reader.TryExpect(ControlCharacter.LineFeed))
        {
            message = new(source.Slice(1, FlagOctets), baud, text);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Invalid data for a flag that is not three letters, or an identification that is too long or not printable.</returns>
    public static OperationStatus Encode(in IdentificationMessage message, Span<byte> target, out int writtenOctets)
    {
        AsciiWriter writer = new(target);
        if (message.Flag.Length != FlagOctets || !AreLetters(message.Flag))
        {
            writer.Fail();
        }

        writer.Write((byte)'/');
        writer.Write(message.Flag);
        writer.WritePrintable(message.Baud);
        writer.WriteText(message.Text, MaximumIdentificationOctets, "/!"u8);
        writer.Write("\r\n"u8);
        return writer.Complete(out writtenOctets);
    }

    private static bool TryReadFlag(scoped ref AsciiReader reader)
    {
        for (int letter = 0; letter < FlagOctets; letter++)
        {
            int offset = reader.ConsumedOctets;
            if (!reader.TryRead(out byte character))
            {
                return false;
            }

            if (!char.IsAsciiLetter((char)character))
            {
                return reader.Fail(CodecFaultKind.UnexpectedValue, offset, -1);
            }
        }

        return true;
    }

    private static bool AreLetters(ReadOnlySpan<byte> flag)
    {
        bool areLetters = true;
        foreach (byte character in flag)
        {
            areLetters &= char.IsAsciiLetter((char)character);
        }

        return areLetters;
    }
}
