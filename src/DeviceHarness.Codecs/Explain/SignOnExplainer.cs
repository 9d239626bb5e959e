using System.Buffers;
using System.Text;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Iec62056;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Explains the messages of IEC 62056-21.</summary>
internal static class SignOnExplainer
{
    private const byte SlashWithParity = 0xAF;
    private const byte CharacterMask = 0x7F;
    private const byte LineFeed = 0x0A;
    private const int MaximumLineOctets = 64;

    /// <summary>Explains the messages that the octets start with.</summary>
    /// <returns>How many octets they are; 0 when the octets start with something else.</returns>
    public static int Explain(ExplanationWriter writer, ReadOnlySpan<byte> octets)
    {
        int offset = 0;
        while (offset < octets.Length && IsMessage(octets[offset..]) && !writer.IsFull)
        {
            OperationStatus status = ExplainOne(writer, octets[offset..], offset, out int consumed, out CodecFault fault);
            if (status != OperationStatus.Done)
            {
                writer.Line(offset, $"damaged message of IEC 62056-21: {Shown(octets[offset..])}");
                writer.Fault(offset, fault);
                return octets.Length;
            }

            offset += consumed;
        }

        return offset;
    }

    /// <summary>The octets, but not those of a command that gives a password.</summary>
    private static string Shown(ReadOnlySpan<byte> octets) =>
        octets is [ControlCharacter.StartOfHeader, ProgrammingCommand.Password, not (byte)'0', ..]
            ? $"{octets.Length} octets with a password"
            : ExplanationWriter.Hex(octets);

    /// <summary>Whether octets start as a message does; there is at least one.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> octets) => octets[0] switch
    {
        (byte)'/' or ControlCharacter.StartOfText or ControlCharacter.Acknowledge or ControlCharacter.NegativeAcknowledge => true,

        // The tag of an initiate request too, behind which no letter can stand.
        ControlCharacter.StartOfHeader => octets.Length > 1 && char.IsAsciiLetterUpper((char)octets[1]),
        _ => false,
    };

    /// <summary>Whether octets start with '/' that bears its even parity in bit 7, as a serial server passes 7E1 on, and a line of
    /// characters follows.</summary>
    public static bool HasParity(ReadOnlySpan<byte> octets)
    {
        if (octets is not [SlashWithParity, _, ..])
        {
            return false;
        }

        char second = (char)(octets[1] & CharacterMask);
        int end = octets.IndexOf(LineFeed);
        return (second == '?' || char.IsAsciiLetter(second)) && end >= 0 && end < MaximumLineOctets;
    }

    /// <summary>The octets of the sign-on without bit 7; HDLC frames behind it are left as they are.</summary>
    public static byte[] WithoutParity(ReadOnlySpan<byte> octets)
    {
        byte[] characters = octets.ToArray();
        int frames = octets.IndexOf(HdlcFrameCodec.Flag);
        _ = EvenParity.Strip(characters.AsSpan(0, frames < 0 ? characters.Length : frames));
        return characters;
    }

    private static OperationStatus ExplainOne(
        ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, out int consumed, out CodecFault fault)
    {
        switch (octets[0])
        {
            case (byte)'/' when octets.Length > 1 && octets[1] == (byte)'?':
                return Request(writer, octets, offset, out consumed, out fault);
            case (byte)'/':
                return Identification(writer, octets, offset, out consumed, out fault);
            case ControlCharacter.StartOfHeader:
                return Command(writer, octets, offset, out consumed, out fault);
            case ControlCharacter.StartOfText:
                return Data(writer, octets, offset, out consumed, out fault);
            case ControlCharacter.Acknowledge when octets.Length > 1:
                return Option(writer, octets, offset, out consumed, out fault);
            default:
                writer.Line(offset, octets[0] == ControlCharacter.Acknowledge ? "acknowledgement" : "repeat request");
                consumed = 1;
                fault = CodecFault.None;
                return OperationStatus.Done;
        }
    }

    private static OperationStatus Request(
        ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, out int consumed, out CodecFault fault)
    {
        OperationStatus status = RequestMessage.Decode(octets, out RequestMessage message, out consumed, out fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"request message to {(message.DeviceAddress.IsEmpty ? "any device" : Text(message.DeviceAddress))}");
        }

        return status;
    }

    private static OperationStatus Identification(
        ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, out int consumed, out CodecFault fault)
    {
        OperationStatus status = IdentificationMessage.Decode(octets, out IdentificationMessage message, out consumed, out fault);
        if (status == OperationStatus.Done)
        {
            string modeE = message.AnnouncesModeE ? ", announces mode E" : "";
            writer.Line(
                offset, $"identification of {Text(message.Flag)}, {Baud(message.Baud)}{modeE}: {Text(message.Identification)}");
        }

        return status;
    }

    private static OperationStatus Option(
        ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, out int consumed, out CodecFault fault)
    {
        OperationStatus status = OptionSelectMessage.Decode(octets, out OptionSelectMessage message, out consumed, out fault);
        if (status == OperationStatus.Done)
        {
            string mode = message.IsModeE ? "mode E, HDLC"
                : message.IsReadOut ? "data read-out"
                : message.IsProgramming ? "programming mode"
                : "no known option";
            writer.Line(
                offset,
                $"option select V {(char)message.ProtocolControl}, {Baud(message.Baud)}, Y {(char)message.ModeControl}: {mode}");
        }

        return status;
    }

    private static OperationStatus Command(
        ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, out int consumed, out CodecFault fault)
    {
        OperationStatus status = ProgrammingCommand.Decode(octets, out ProgrammingCommand message, out consumed, out fault);
        if (status == OperationStatus.Done)
        {
            string data = !message.HasData ? ""
                : message.HoldsSecret ? $", password of {message.Data.Length} characters"
                : $" {Text(message.Data)}";
            writer.Line(offset, $"command {(char)message.Command}{(char)message.Type}{data}{(message.IsPartial ? ", part" : "")}");
        }

        return status;
    }

    private static OperationStatus Data(
        ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, out int consumed, out CodecFault fault)
    {
        OperationStatus status = DataMessage.Decode(octets, out DataMessage message, out consumed, out fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"data message of {message.Data.Length} characters{(message.IsPartial ? ", part" : "")}");
            writer.Enter();
            DataSetReader reader = new(message.Data);
            while (!writer.IsFull && reader.TryRead(out DataSet set))
            {
                writer.Line(offset + 1, $"{Text(set.Address)} = {Text(set.Value)}{(set.Unit.IsEmpty ? "" : " ")}{Text(set.Unit)}");
            }

            if (reader.Fault.Kind != CodecFaultKind.None)
            {
                writer.Line(offset + 1 + reader.Fault.Offset, $"no data sets: {Text(message.Data[reader.Fault.Offset..])}");
            }

            writer.Leave();
        }

        return status;
    }

    private static string Baud(byte character) => BaudCharacter.TryGetBaud(character, out int baud)
        ? $"Z {(char)character} = {baud} baud"
        : $"Z {(char)character}, no rate";

    private static string Text(ReadOnlySpan<byte> characters) =>
        Encoding.ASCII.GetString(characters).Replace("\r\n", " ", StringComparison.Ordinal);
}
