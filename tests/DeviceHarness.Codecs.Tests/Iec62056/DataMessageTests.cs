using System.Buffers;
using System.Text;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Iec62056;

/// <summary>Data and commands with their block check character, held to the messages of another implementation's tests.</summary>
public sealed class DataMessageTests
{
    private readonly byte[] _target = new byte[ProgrammingCommand.MaximumDataOctets + 16];

    [Fact]
    public void A_read_out_of_another_implementation_has_its_data_sets()
    {
        byte[] octets = "02333A3134283331342A6B576829343A3135283431352A6B5768290D0A210D0A0322".Octets();

        DataMessage.Decode(octets, out DataMessage message, out _, out _).Should().Be(OperationStatus.Done);

        DataSetReader reader = new(message.Data);
        List<string> sets = [];
        while (reader.TryRead(out DataSet set))
        {
            sets.Add($"{Encoding.ASCII.GetString(set.Address)}={Encoding.ASCII.GetString(set.Value)}{Encoding.ASCII.GetString(set.Unit)}");
        }

        sets.Should().Equal("3:14=314kWh", "4:15=415kWh");
        reader.Fault.Should().Be(CodecFault.None);
    }

    [Fact]
    public void A_data_set_without_its_brackets_is_a_fault_with_its_place()
    {
        DataSetReader reader = new("1.8.0(1)\r\n2.8.0"u8);

        reader.TryRead(out _).Should().BeTrue();
        reader.TryRead(out _).Should().BeFalse();
        reader.TryRead(out _).Should().BeFalse();

        (reader.Fault.Kind, reader.Fault.Offset).Should().Be((CodecFaultKind.UnexpectedValue, 10));
    }

    [Theory]
    [InlineData("015030022831323334353637290350", 'P', '0', "(1234567)")]
    [InlineData("01573202433030332839313033323430393232333929031B", 'W', '2', "C003(910324092239)")]
    [InlineData("0142300371", 'B', '0', null)]
    public void A_command_of_another_implementation_is_read_and_written_again(string hex, char command, char type, string? data)
    {
        ProgrammingCommand.Decode(hex.Octets(), out ProgrammingCommand message, out int consumed, out _).Should().Be(OperationStatus.Done);

        consumed.Should().Be(hex.Length / 2);
        (message.Command, message.Type, message.HasData).Should().Be(((byte)command, (byte)type, data is not null));
        Encoding.ASCII.GetString(message.Data).Should().Be(data ?? string.Empty);
        ProgrammingCommand.Encode(message, _target, out int written).Should().Be(OperationStatus.Done);
        _target[..written].ShouldBeHex(hex);
    }

    [Theory]
    [InlineData('P', '1', "(00000000)", false)]
    [InlineData('R', '1', "1.8.0()", false)]
    [InlineData('W', '1', "0.9.1(120000)", false)]
    [InlineData('R', '3', "P.01(2026)", true)]
    [InlineData('E', '2', "7A1(0)", false)]
    [InlineData('R', '1', "", false)]
    public void Every_command_comes_back_as_it_was(char command, char type, string data, bool isPartial)
    {
        byte[] octets = Encoding.ASCII.GetBytes(data);

        ProgrammingCommand.Encode(new((byte)command, (byte)type, octets, isPartial), _target, out int written)
            .Should().Be(OperationStatus.Done);

        ProgrammingCommand.Decode(_target.AsSpan(0, written), out ProgrammingCommand message, out _, out _)
            .Should().Be(OperationStatus.Done);
        (message.Command, message.Type, message.IsPartial, message.HasData).Should().Be(((byte)command, (byte)type, isPartial, true));
        message.Data.ToArray().Should().Equal(octets);
        message.HoldsSecret.Should().Be(command == 'P');
    }

    [Fact]
    public void A_wrong_block_check_character_is_told_with_what_was_expected()
    {
        byte[] octets = "02333A3137312E302830290313".Octets();

        DataMessage.Decode(octets, out _, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);

        fault.Should().Be(new CodecFault(CodecFaultKind.BadChecksum, octets.Length - 1, 0x12, 0x13, fault.Clause));
    }

    [Fact]
    public void Parts_end_with_eot()
    {
        DataMessage.Encode(new("1.8.0(1)"u8, isPartial: true), _target, out int written).Should().Be(OperationStatus.Done);

        _target[written - 2].Should().Be(ControlCharacter.EndOfTransmission);
        DataMessage.Decode(_target.AsSpan(0, written), out DataMessage message, out _, out _).Should().Be(OperationStatus.Done);
        message.IsPartial.Should().BeTrue();
    }

    [Fact]
    public void What_is_no_command_is_refused_or_not_sent()
    {
        ProgrammingCommand.Encode(new((byte)'X', (byte)'0'), _target, out _).Should().Be(OperationStatus.InvalidData);
        ProgrammingCommand.Encode(new((byte)'R', (byte)'A'), _target, out _).Should().Be(OperationStatus.InvalidData);
        ProgrammingCommand.Encode(new((byte)'R', (byte)'1', [0x80]), _target, out _).Should().Be(OperationStatus.InvalidData);
        ProgrammingCommand.Encode(new((byte)'R', (byte)'1', new byte[ProgrammingCommand.MaximumDataOctets + 1]), _target, out _)
            .Should().Be(OperationStatus.InvalidData);
        ProgrammingCommand.Decode("0158300371".Octets(), out _, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(CodecFaultKind.UnknownTag);
    }

    [Fact]
    public void Data_up_to_the_limit_passes_and_no_more()
    {
        byte[] longest = [.. Enumerable.Repeat((byte)'7', ProgrammingCommand.MaximumDataOctets)];
        ProgrammingCommand.Encode(new((byte)'R', (byte)'1', longest), _target, out int written).Should().Be(OperationStatus.Done);

        ProgrammingCommand.Decode(_target.AsSpan(0, written), out _, out _, out _).Should().Be(OperationStatus.Done);
        ProgrammingCommand.Decode([.. _target[..4], (byte)'7', .. _target[4..written]], out _, out _, out CodecFault fault)
            .Should().Be(OperationStatus.InvalidData);

        fault.Kind.Should().Be(CodecFaultKind.LimitExceeded);
    }

    [Fact]
    public void A_password_is_explained_by_its_length_alone()
    {
        byte[] octets = new byte[32];
        ProgrammingCommand.Encode(new((byte)'P', (byte)'1', "(00987654)"u8), octets, out int written);

        string line = string.Join('\n', FrameExplainer.Explain(octets.AsSpan(0, written), out bool isWellFormed));

        line.Should().Contain("command P1, password of 10 characters").And.NotContain("987654");
        isWellFormed.Should().BeTrue();
        octets[written - 1] ^= 1;
        FrameExplainer.Explain(octets.AsSpan(0, written))[0].Should().EndWith("octets with a password");
    }

    [Theory]
    [InlineData("2F3F210D0A", "request message to any device")]
    [InlineData("2F415041355C324E4F52415833300D0A", "identification of APA, Z 5 = 9600 baud, announces mode E: NORAX30")]
    [InlineData("063235320D0A", "option select V 2, Z 5 = 9600 baud, Y 2: mode E, HDLC")]
    [InlineData("063235360D0A", "option select V 2, Z 5 = 9600 baud, Y 6: no known option")]
    [InlineData("02333A3137312E302830290312", "3:171.0 = 0")]
    [InlineData("0142300371", "command B0")]
    [InlineData("06", "acknowledgement")]
    [InlineData("15", "repeat request")]
    public void A_message_is_explained_in_words(string hex, string expected)
    {
        IReadOnlyList<string> lines = FrameExplainer.Explain(hex.Octets(), out bool isWellFormed);

        string.Join('\n', lines).Should().Contain(expected);
        isWellFormed.Should().BeTrue();
    }

    [Fact]
    public void Frames_behind_a_sign_on_are_explained_too_and_a_damaged_message_is_told()
    {
        FrameExplainer.Explain([.. "063235320D0A".Octets(), .. "7EA0070321930F017E".Octets()], out bool isWellFormed)
            .Should().Contain(line => line.Contains("SNRM"));
        isWellFormed.Should().BeTrue();

        FrameExplainer.Explain("02333A3137312E302830290313".Octets(), out isWellFormed)[0].Should().Contain("damaged message");
        isWellFormed.Should().BeFalse();
    }
}
