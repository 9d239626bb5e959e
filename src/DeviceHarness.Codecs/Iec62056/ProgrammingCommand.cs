using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>A command of the programming mode, with its block check character: P0, P1, R1, W1, B0 and their like.</summary>
/// <remarks>
/// Spec: IEC 62056-21, programming command message. Spans point into the octets that were decoded. The data of P1 and P2 is a password.
/// <code>
/// SOH | P, R, W, E or B | type 0-9 | { STX data } | ETX, or EOT when a part follows | BCC
/// </code>
/// </remarks>
public readonly ref struct ProgrammingCommand
{
    /// <summary>The longest data that is taken or sent, in characters.</summary>
    public const int MaximumDataOctets = 4096;

    /// <summary>P: password; 0 asks for it, 1 and 2 give it.</summary>
    public const byte Password = (byte)'P';

    /// <summary>R: read.</summary>
    public const byte Read = (byte)'R';

    /// <summary>W: write.</summary>
    public const byte Write = (byte)'W';

    /// <summary>E: execute.</summary>
    public const byte Execute = (byte)'E';

    /// <summary>B: exit; 0 ends the session.</summary>
    public const byte Exit = (byte)'B';

    private const string Clause = "IEC 62056-21 programming command message";

    /// <summary>Makes a command with data.</summary>
    /// <param name="command">P, R, W, E or B.</param>
    /// <param name="type">The digit behind it, as a character.</param>
    /// <param name="data">The data, such as <c>1.8.0()</c>.</param>
    /// <param name="isPartial">True when a further part follows.</param>
    public ProgrammingCommand(byte command, byte type, ReadOnlySpan<byte> data, bool isPartial = false)
        : this(command, type)
    {
        HasData = true;
        Data = data;
        IsPartial = isPartial;
    }

    /// <summary>Makes a command without data, such as <see cref="Break"/>.</summary>
    /// <param name="command">P, R, W, E or B.</param>
    /// <param name="type">The digit behind it, as a character.</param>
    public ProgrammingCommand(byte command, byte type)
    {
        Command = command;
        Type = type;
    }

    /// <summary>B0: ends the session.</summary>
    public static ProgrammingCommand Break => new(Exit, (byte)'0');

    /// <summary>P, R, W, E or B.</summary>
    public byte Command { get; }

    /// <summary>The digit behind it, as a character.</summary>
    public byte Type { get; }

    /// <summary>Whether an STX and data follow.</summary>
    public bool HasData { get; }

    /// <summary>The data; empty when there is none.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>True when a further part follows.</summary>
    public bool IsPartial { get; }

    /// <summary>Whether the data is a secret that belongs into no text.</summary>
    public bool HoldsSecret => Command == Password && Type != (byte)'0';

    /// <summary>Decodes the message that the octets start with.</summary>
    /// <param name="source">Seven-bit characters, without parity.</param>
    /// <param name="message">The command, when done.</param>
    /// <param name="consumedOctets">The message's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out ProgrammingCommand message, out int consumedOctets, out CodecFault fault)
    {
        AsciiReader reader = new(source, Clause);
        message = default;
        if (TryReadHead(ref reader, out byte command, out byte type)
            && TryReadData(ref reader, out bool hasData, out ReadOnlySpan<byte> data, out bool isPartial)
            && reader.TryReadBlockCheck(startOffset: 1))
        {
            message = hasData ? new(command, type, data, isPartial) : new(command, type);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the message.</summary>
    /// <param name="message">The command.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Invalid data for another command or type, or for data that is too long or not printable.</returns>
    public static OperationStatus Encode(in ProgrammingCommand message, Span<byte> target, out int writtenOctets)
    {
        AsciiWriter writer = new(target);
        if (!IsCommand(message.Command) || !char.IsAsciiDigit((char)message.Type))
        {
            writer.Fail();
        }

        writer.Write([ControlCharacter.StartOfHeader, message.Command, message.Type]);
        if (message.HasData)
        {
            writer.Write(ControlCharacter.StartOfText);
            writer.WriteText(message.Data, MaximumDataOctets, default, mayHaveLines: true);
        }

        writer.Write(message.IsPartial ? ControlCharacter.EndOfTransmission : ControlCharacter.EndOfText);
        writer.WriteBlockCheck(startOffset: 1);
        return writer.Complete(out writtenOctets);
    }

    private static bool IsCommand(byte command) => command is Password or Read or Write or Execute or Exit;

    private static bool TryReadHead(scoped ref AsciiReader reader, out byte command, out byte type)
    {
        type = 0;
        command = 0;
        if (!reader.TryExpect(ControlCharacter.StartOfHeader) || !reader.TryRead(out command))
        {
            return false;
        }

        if (!IsCommand(command))
        {
            return reader.Fail(CodecFaultKind.UnknownTag, reader.ConsumedOctets - 1, -1);
        }

        return reader.TryRead(out type)
            && (char.IsAsciiDigit((char)type) || reader.Fail(CodecFaultKind.UnexpectedValue, reader.ConsumedOctets - 1, -1));
    }

    private static bool TryReadData(
        scoped ref AsciiReader reader, out bool hasData, out ReadOnlySpan<byte> data, out bool isPartial)
    {
        data = default;
        isPartial = false;
        hasData = reader.TryPeek(out byte next) && next == ControlCharacter.StartOfText;
        if (!hasData)
        {
            return reader.TryExpect(ControlCharacter.EndOfText);
        }

        bool isRead = reader.TryExpect(ControlCharacter.StartOfText)
            & reader.TryReadUntil(
                ControlCharacter.EndOfText, ControlCharacter.EndOfTransmission, MaximumDataOctets, mayHaveLines: true, out data,
                out byte end);
        isPartial = end == ControlCharacter.EndOfTransmission;
        return isRead;
    }
}
