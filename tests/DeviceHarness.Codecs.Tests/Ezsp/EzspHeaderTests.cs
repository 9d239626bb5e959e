using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ezsp;

public sealed class EzspHeaderTests
{
    [Theory]
    [InlineData(4, EzspHeaderForm.Short)]
    [InlineData(5, EzspHeaderForm.Marked)]
    [InlineData(7, EzspHeaderForm.Marked)]
    [InlineData(8, EzspHeaderForm.Extended)]
    [InlineData(14, EzspHeaderForm.Extended)]
    public void The_form_follows_the_version(byte version, EzspHeaderForm form) =>
        new EzspVersion(version).HeaderForm.Should().Be(form);

    [Theory]
    [InlineData(EzspHeaderForm.Short, "07 90 45")]
    [InlineData(EzspHeaderForm.Marked, "07 90 FF 00 45")]
    [InlineData(EzspHeaderForm.Extended, "07 90 01 45 00")]
    public void A_callback_looks_the_same_in_every_form(EzspHeaderForm form, string octets)
    {
        EzspHeader header = new()
        {
            Sequence = 7,
            IsResponse = true,
            Callback = EzspCallbackKind.Asynchronous,
            FrameId = EzspFrameId.IncomingMessageHandler,
        };

        Encode(header, form).ShouldBeHex(octets);
        Decode(octets.Octets(), form).Should().Be(header);
    }

    [Theory]
    [InlineData(EzspHeaderForm.Short)]
    [InlineData(EzspHeaderForm.Marked)]
    [InlineData(EzspHeaderForm.Extended)]
    public void Every_frame_control_comes_back(EzspHeaderForm form)
    {
        for (int control = 0; control < 256; control++)
        {
            // The bits in the middle mean nothing in a command.
            byte meant = (byte)(control < 0x80 ? control & 0x63 : control);
            byte[] octets = form switch
            {
                EzspHeaderForm.Short => [1, meant, 0x33],
                EzspHeaderForm.Marked => [1, meant, 0xFF, 0, 0x33],
                _ => [1, meant, 0xC1, 0x33, 0x01],
            };

            EzspHeader header = Decode(octets, form);

            Encode(header, form).Should().Equal(octets, $"{header}");
        }
    }

    [Theory]
    [InlineData(EzspHeaderForm.Marked, "01 00 FE 00 00", 2)]
    [InlineData(EzspHeaderForm.Marked, "01 00 FF 01 00", 3)]
    [InlineData(EzspHeaderForm.Extended, "01 00 00 00 00", 2)]
    [InlineData(EzspHeaderForm.Extended, "01 00 02 00 00", 2)]
    public void A_header_of_another_form_is_refused(EzspHeaderForm form, string octets, int offset)
    {
        OperationStatus status = EzspHeader.Decode(octets.Octets(), form, out _, out int consumed, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        consumed.Should().Be(0);
        fault.Kind.Should().Be(CodecFaultKind.UnexpectedValue);
        fault.Offset.Should().Be(offset);
    }

    [Theory]
    [InlineData(EzspHeaderForm.Short)]
    [InlineData(EzspHeaderForm.Marked)]
    [InlineData(EzspHeaderForm.Extended)]
    public void A_header_cut_short_is_told(EzspHeaderForm form)
    {
        byte[] whole = Encode(new EzspHeader { FrameId = EzspFrameId.Nop }, form);
        for (int length = 0; length < whole.Length; length++)
        {
            EzspHeader.Decode(whole.AsSpan(0, length), form, out _, out _, out CodecFault fault).Should().Be(OperationStatus.NeedMoreData);
            fault.Offset.Should().Be(length);
        }

        EzspHeader.Encode(default, form, new byte[whole.Length - 1], out _).Should().Be(OperationStatus.DestinationTooSmall);
    }

    [Fact]
    public void An_identifier_above_255_needs_the_extended_form()
    {
        EzspHeader header = new() { FrameId = EzspFrameId.ExportKey };

        EzspHeader.Encode(header, EzspHeaderForm.Marked, new byte[8], out _).Should().Be(OperationStatus.InvalidData);
        EzspHeader.Encode(header with { NetworkIndex = 4 }, EzspHeaderForm.Extended, new byte[8], out _)
            .Should().Be(OperationStatus.InvalidData);
        EzspHeader.Encode(header with { SleepMode = 4 }, EzspHeaderForm.Extended, new byte[8], out _)
            .Should().Be(OperationStatus.InvalidData);
        Encode(header, EzspHeaderForm.Extended).ShouldBeHex("00 00 01 14 01");
    }

    [Fact]
    public void An_answer_repeats_sequence_and_network()
    {
        EzspHeader command = new() { Sequence = 9, NetworkIndex = 2, SleepMode = 1, FrameId = (EzspFrameId)0x0777 };

        EzspHeader answer = command.ToResponse(EzspFrameId.InvalidCommand);

        Encode(answer, EzspHeaderForm.Extended).ShouldBeHex("09 C0 01 58 00");
    }

    [Fact]
    public void A_frame_that_is_not_known_is_kept_and_shown()
    {
        EzspHeader header = Decode("09 80 01 77 07".Octets(), EzspHeaderForm.Extended);

        header.FrameId.Should().Be((EzspFrameId)0x0777);
        EzspCatalogue.Describe(header, new byte[3], EzspVersion.Reference).Should().Be("frame 0x0777: 3 octets");
    }

    private static byte[] Encode(in EzspHeader header, EzspHeaderForm form)
    {
        byte[] octets = new byte[EzspHeader.MaximumOctets];
        EzspHeader.Encode(header, form, octets, out int written).Should().Be(OperationStatus.Done);
        return octets[..written];
    }

    private static EzspHeader Decode(byte[] octets, EzspHeaderForm form)
    {
        EzspHeader.Decode(octets, form, out EzspHeader header, out int consumed, out CodecFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        consumed.Should().Be(EzspHeader.OctetCount(form));
        return header;
    }
}
