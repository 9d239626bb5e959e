using System.Buffers;
using System.Text;
using System.Text.Json;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.TestKit;
using FluentAssertions;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>Compares messages of IEC 62056-21 with what their vectors say of them, and encodes them again.</summary>
internal static class SignOnVectorChecks
{
    public static void Verify(TestVector vector)
    {
        byte[] again = new byte[vector.Octets.Length];
        (string text, OperationStatus status, int consumed, int written) = vector.Octets[0] switch
        {
            (byte)'/' when vector.Octets[1] == (byte)'?' => Request(vector, again),
            (byte)'/' => Identification(vector, again),
            ControlCharacter.Acknowledge => Option(vector, again),
            ControlCharacter.StartOfHeader => Command(vector, again),
            _ => Data(vector, again),
        };

        status.Should().Be(OperationStatus.Done);
        consumed.Should().Be(vector.Octets.Length);
        Compact(text).Should().Be(Compact(vector.Fields.Text("text")));
        again[..written].ShouldBeHex(Convert.ToHexString(vector.Octets));
        if (vector.Fields.Has("bcc"))
        {
            byte[] check = [BlockCheck.Compute(vector.Octets.AsSpan(1, vector.Octets.Length - 2))];
            check.ShouldBeHex(vector.Fields.Text("bcc"));
        }
    }

    private static (string Text, OperationStatus Status, int Consumed, int Written) Request(TestVector vector, byte[] again)
    {
        OperationStatus status = RequestMessage.Decode(vector.Octets, out RequestMessage message, out int consumed, out _);
        RequestMessage.Encode(message, again, out int written);
        byte[] parity = [.. vector.Octets];
        EvenParity.Add(parity);
        EvenParity.Strip(parity).Should().Be(0);
        parity.Should().Equal(vector.Octets);
        return ($"/?{Ascii(message.DeviceAddress)}!CRLF", status, consumed, written);
    }

    private static (string Text, OperationStatus Status, int Consumed, int Written) Identification(TestVector vector, byte[] again)
    {
        OperationStatus status = IdentificationMessage.Decode(vector.Octets, out IdentificationMessage message, out int consumed, out _);
        IdentificationMessage.Encode(message, again, out int written);
        JsonElement fields = vector.Fields;
        Ascii(message.Flag).Should().Be(fields.Text("flag"));
        Ascii(message.Identification).Should().Be(fields.Text("identification"));
        BaudCharacter.TryGetBaud(message.Baud, out int baud).Should().BeTrue();
        $"{(char)message.Baud} = {baud} Bd".Should().StartWith(fields.Text("baud_char"));
        message.AnnouncesModeE.Should().Be(fields.Has("enhanced"));
        return ($"/{Ascii(message.Flag)}{(char)message.Baud}{Ascii(message.Text)}CRLF", status, consumed, written);
    }

    private static (string Text, OperationStatus Status, int Consumed, int Written) Option(TestVector vector, byte[] again)
    {
        OperationStatus status = OptionSelectMessage.Decode(vector.Octets, out OptionSelectMessage message, out int consumed, out _);
        OptionSelectMessage.Encode(message, again, out int written);
        BaudCharacter.TryGetBaud(message.Baud, out int baud).Should().BeTrue();
        if (vector.Fields.Has("protocol_control"))
        {
            $"{(char)message.Baud} = {baud}".Should().Be(vector.Fields.Text("baud"));
            vector.Fields.Text("protocol_control").Should().StartWith($"{(char)message.ProtocolControl} = ");
            vector.Fields.Text("mode_control").Should().StartWith($"{(char)message.ModeControl} = ");
        }

        // The vector of a real meter that is marked invalid, and the one that led into a read-out, must not lead into HDLC.
        message.IsModeE.Should().Be(vector.Name == "ack-mode-e-9600");
        string text = $"ACK{(char)message.ProtocolControl}{(char)message.Baud}{(char)message.ModeControl}CRLF";
        return (text, status, consumed, written);
    }

    private static (string Text, OperationStatus Status, int Consumed, int Written) Command(TestVector vector, byte[] again)
    {
        OperationStatus status = ProgrammingCommand.Decode(vector.Octets, out ProgrammingCommand message, out int consumed, out _);
        ProgrammingCommand.Encode(message, again, out int written);
        string data = message.HasData ? $"STX{Ascii(message.Data)}" : string.Empty;
        return ($"SOH{(char)message.Command}{(char)message.Type}{data}ETX", status, consumed, written);
    }

    private static (string Text, OperationStatus Status, int Consumed, int Written) Data(TestVector vector, byte[] again)
    {
        OperationStatus status = DataMessage.Decode(vector.Octets, out DataMessage message, out int consumed, out _);
        DataMessage.Encode(message, again, out int written);
        return ($"STX{Ascii(message.Data).Replace("\r\n", "CRLF", StringComparison.Ordinal)}ETX", status, consumed, written);
    }

    private static string Ascii(ReadOnlySpan<byte> characters) => Encoding.ASCII.GetString(characters);

    private static string Compact(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);
}
