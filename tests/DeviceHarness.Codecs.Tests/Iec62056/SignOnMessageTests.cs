using System.Buffers;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Iec62056;

/// <summary>Request, identification and option select, held to what other implementations and real meters sent.</summary>
public sealed class SignOnMessageTests
{
    private readonly byte[] _target = new byte[64];

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "12345678", true)]
    [InlineData("12345678", "12345678", true)]
    [InlineData("00012345", "12345", true)]
    [InlineData("12345", "00012345", true)]
    [InlineData("12345", "123456", false)]
    [InlineData("0", "", false)]
    public void A_request_is_for_a_device_whatever_leading_zeros(string asked, string own, bool expected) =>
        new RequestMessage(Ascii(asked)).IsFor(Ascii(own)).Should().Be(expected);

    [Fact]
    public void A_request_names_the_device_between_its_marks()
    {
        RequestMessage.Encode(new("12345"u8), _target, out int written).Should().Be(OperationStatus.Done);

        _target[..written].Should().Equal("/?12345!\r\n"u8.ToArray());
        RequestMessage.Decode(_target, out RequestMessage message, out int consumed, out _).Should().Be(OperationStatus.Done);
        message.DeviceAddress.ToArray().Should().Equal("12345"u8.ToArray());
        consumed.Should().Be(written);
    }

    [Fact]
    public void The_longest_address_passes_and_a_longer_one_does_not()
    {
        byte[] longest = Ascii(new string('7', RequestMessage.MaximumAddressOctets));
        byte[] longer = [.. longest, (byte)'7'];

        RequestMessage.Encode(new(longest), _target, out _).Should().Be(OperationStatus.Done);
        RequestMessage.Encode(new(longer), _target, out _).Should().Be(OperationStatus.InvalidData);
        RequestMessage.Encode(new("1!2"u8), _target, out _).Should().Be(OperationStatus.InvalidData);
        RequestMessage.Encode(new(longest), _target.AsSpan(0, 10), out _).Should().Be(OperationStatus.DestinationTooSmall);
        RequestMessage.Decode([.. "/?"u8, .. longer, .. "!\r\n"u8], out _, out _, out CodecFault fault)
            .Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(CodecFaultKind.LimitExceeded);
    }

    [Theory]
    [InlineData("/GRX512345678\r\n", "GRX", '5', false, false, "12345678")]
    [InlineData("/APA5\\2NORAX30\r\n", "APA", '5', true, false, "NORAX30")]
    [InlineData("/XYz6\\3\\2M\r\n", "XYz", '6', true, true, "M")]
    [InlineData("/XYZ0\r\n", "XYZ", '0', false, false, "")]
    [InlineData("/XYZ4A\\2\r\n", "XYZ", '4', false, false, "A\\2")]
    public void An_identification_says_who_how_fast_and_whether_mode_e(
        string text, string flag, char baud, bool modeE, bool isFast, string identification)
    {
        byte[] octets = Ascii(text);

        IdentificationMessage.Decode(octets, out IdentificationMessage message, out int consumed, out _).Should().Be(OperationStatus.Done);

        consumed.Should().Be(octets.Length);
        message.Flag.ToArray().Should().Equal(Ascii(flag));
        (message.Baud, message.AnnouncesModeE, message.IsFast).Should().Be(((byte)baud, modeE, isFast));
        message.Identification.ToArray().Should().Equal(Ascii(identification));
        IdentificationMessage.Encode(message, _target, out int written).Should().Be(OperationStatus.Done);
        _target[..written].Should().Equal(octets);
    }

    [Fact]
    public void An_identification_that_is_none_is_refused_or_not_sent()
    {
        Refused("/X1Z5A\r\n").Should().Be(CodecFaultKind.UnexpectedValue);
        Refused("/XYZ5" + new string('A', 65) + "\r\n").Should().Be(CodecFaultKind.LimitExceeded);
        Refused("/XYZ5A\r\r").Should().Be(CodecFaultKind.UnexpectedValue);
        IdentificationMessage.Encode(new("XYZ"u8, (byte)'5', "12345678901234567"u8), _target, out _)
            .Should().Be(OperationStatus.InvalidData);
        IdentificationMessage.Encode(new("XY"u8, (byte)'5', "A"u8), _target, out _).Should().Be(OperationStatus.InvalidData);
        IdentificationMessage.Encode(new("XY1"u8, (byte)'5', "A"u8), _target, out _).Should().Be(OperationStatus.InvalidData);

        static CodecFaultKind Refused(string text)
        {
            IdentificationMessage.Decode(Ascii(text), out _, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);
            return fault.Kind;
        }
    }

    [Theory]
    [InlineData("06 32 35 32 0D 0A", true, false, false)]
    [InlineData("06 30 35 30 0D 0A", false, true, false)]
    [InlineData("06 30 35 31 0D 0A", false, false, true)]
    [InlineData("06 30 35 32 0D 0A", false, false, false)]
    [InlineData("06 32 35 36 0D 0A", false, false, false)]
    [InlineData("06 32 35 30 0D 0A", false, false, false)]
    public void Mode_e_needs_both_of_its_characters(string hex, bool modeE, bool readOut, bool programming)
    {
        OptionSelectMessage.Decode(hex.Octets(), out OptionSelectMessage message, out int consumed, out _)
            .Should().Be(OperationStatus.Done);

        consumed.Should().Be(OptionSelectMessage.OctetCount);
        (message.IsModeE, message.IsReadOut, message.IsProgramming).Should().Be((modeE, readOut, programming));
        OptionSelectMessage.Encode(message, _target, out int written).Should().Be(OperationStatus.Done);
        _target[..written].ShouldBeHex(hex);
    }

    [Fact]
    public void The_options_are_made_as_they_are_read()
    {
        OptionSelectMessage.ModeE((byte)'5').Should().Be(new OptionSelectMessage((byte)'2', (byte)'5', (byte)'2'));
        OptionSelectMessage.ReadOut((byte)'5').IsReadOut.Should().BeTrue();
        OptionSelectMessage.Programming((byte)'5').IsProgramming.Should().BeTrue();
        OptionSelectMessage.Encode(new(1, (byte)'5', (byte)'2'), _target, out _).Should().Be(OperationStatus.InvalidData);
    }

    [Theory]
    [InlineData('0', 300)]
    [InlineData('1', 600)]
    [InlineData('2', 1200)]
    [InlineData('3', 2400)]
    [InlineData('4', 4800)]
    [InlineData('5', 9600)]
    [InlineData('6', 19_200)]
    [InlineData('7', 38_400)]
    [InlineData('8', 57_600)]
    [InlineData('9', 115_200)]
    public void Each_character_has_its_rate_and_each_rate_its_character(char character, int baud)
    {
        BaudCharacter.TryGetBaud((byte)character, out int found).Should().BeTrue();

        found.Should().Be(baud);
        BaudCharacter.NotAbove(baud).Should().Be((byte)character);
        BaudCharacter.NotAbove(baud + 1).Should().Be((byte)character);
    }

    [Theory]
    [InlineData('A')]
    [InlineData('/')]
    [InlineData(':')]
    public void Another_character_has_no_rate(char character) => BaudCharacter.TryGetBaud((byte)character, out _).Should().BeFalse();

    [Fact]
    public void Below_the_rate_of_the_sign_on_there_is_no_character() =>
        FluentActions.Invoking(() => BaudCharacter.NotAbove(299)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void A_line_that_carries_parity_starts_with_af_as_serial_servers_pass_it()
    {
        byte[] octets = "/?!\r\n"u8.ToArray();

        EvenParity.Add(octets);

        octets.ShouldBeHex("AF 3F 21 8D 0A");
        EvenParity.Strip(octets).Should().Be(0);
        octets.Should().Equal("/?!\r\n"u8.ToArray());
        EvenParity.Strip(octets).Should().Be(2, "without parity '/' and CR have an odd number of bits");
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
