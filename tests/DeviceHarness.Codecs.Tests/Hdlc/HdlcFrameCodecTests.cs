using System.Buffers;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Hdlc;

public sealed class HdlcFrameCodecTests : FramingContract<HdlcFrameCodecTests.Snapshot>
{
    /// <summary>A frame by value.</summary>
    public sealed record Snapshot(HdlcAddress Destination, HdlcAddress Source, HdlcControl Control, bool IsSegmented, string Information)
    {
        public static Snapshot Of(in HdlcFrame frame) =>
            new(frame.Destination, frame.Source, frame.Control, frame.IsSegmented, Convert.ToHexString(frame.Information));
    }

    protected override IReadOnlyList<byte[]> Examples { get; } =
    [
        "7EA0070321930F017E".Octets(),
        "7EA00A00020023219318717E".Octets(),
        "7EA01E210373C37A818012050180060180070400000001080400000001533B7E".Octets(),
        "7EA01B0300023C4752D551E6E700C401C10009060100202000FF7E8C7E".Octets(),
        "7EA00F0300022C29971B60540010743F7E".Octets(),
    ];

    protected override bool HasChecksum => true;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out Snapshot? message, out int consumedOctets)
    {
        OperationStatus status = HdlcFrameCodec.Decode(source, out HdlcFrame frame, out consumedOctets, out _);
        message = Snapshot.Of(frame);
        return status == OperationStatus.InvalidData
            && consumedOctets < 1 ? throw new InvalidOperationException("nothing to drop") : status;
    }

    protected override OperationStatus Encode(Snapshot message, Span<byte> target, out int writtenOctets) => HdlcFrameCodec.Encode(
        new(message.Destination, message.Source, message.Control, Convert.FromHexString(message.Information), message.IsSegmented),
        target,
        out writtenOctets);

    protected override Snapshot CreateRandom(Random random) => Snapshot.Of(HdlcSamples.CreateRandom(random));

    protected override IReadOnlyList<Snapshot> ReadStream(IEnumerable<byte[]> pieces)
    {
        HdlcFrameReader reader = new();
        List<Snapshot> frames = [];
        foreach (byte[] piece in pieces)
        {
            reader.Append(piece).Should().Be(piece.Length);
            while (reader.TryRead(out HdlcFrame frame, out _))
            {
                frames.Add(Snapshot.Of(frame));
            }
        }

        return frames;
    }

    [Fact]
    public void The_largest_information_field_fits_and_one_octet_more_does_not()
    {
        byte[] information = new byte[HdlcFrameCodec.MaximumInformationOctets + 1];
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets + 16];
        HdlcAddress server = HdlcAddress.Server(1, 17, 4);
        HdlcFrame largest = new(server, HdlcAddress.Client(1), HdlcControl.Information(0, 0), information.AsSpan(1));

        OperationStatus status = HdlcFrameCodec.Encode(largest, target, out int written);

        status.Should().Be(OperationStatus.Done);
        HdlcFrameCodec.Decode(target.AsSpan(0, written), out HdlcFrame decoded, out _, out _).Should().Be(OperationStatus.Done);
        decoded.Information.Length.Should().Be(HdlcFrameCodec.MaximumInformationOctets);
        HdlcFrame tooLarge = new(server, HdlcAddress.Client(1), HdlcControl.Information(0, 0), information);
        HdlcFrameCodec.Encode(tooLarge, target, out _).Should().Be(OperationStatus.InvalidData);
    }

    [Fact]
    public void A_received_information_field_over_the_limit_is_refused()
    {
        byte[] octets = [0x7E, 0xA7, 0xFF, 0x03, 0x03, 0x10, 0, 0];

        OperationStatus status = HdlcFrameCodec.Decode(octets, out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(CodecFaultKind.LimitExceeded);
        fault.Actual.Should().Be(HdlcFrameCodec.MaximumLengthField);
    }

    [Fact]
    public void A_length_below_the_smallest_frame_is_refused_at_once()
    {
        OperationStatus status = HdlcFrameCodec.Decode("7E A0 06".Octets(), out _, out int consumed, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault
            .Should().Be(new CodecFault(CodecFaultKind.BadLength, 1, HdlcFrameCodec.MinimumLengthField, 6,
                "IEC 62056-46 frame format field"));
        consumed.Should().Be(3);
    }

    [Fact]
    public void A_three_octet_address_is_refused()
    {
        OperationStatus status = HdlcFrameCodec.Decode("7E A0 09 02 02 03 21 93 00 00 7E".Octets(), out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(CodecFaultKind.BadLength);
        fault.Offset.Should().Be(3);
    }

    [Fact]
    public void A_wrong_header_checksum_is_known_before_the_frame_is_complete()
    {
        byte[] octets = "7EA01E210373C37B8180".Octets();

        OperationStatus status = HdlcFrameCodec.Decode(octets, out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Should().Be(new CodecFault(CodecFaultKind.BadChecksum, 6, 0x7AC3, 0x7BC3, "IEC 62056-46 header check sequence"));
    }

    [Fact]
    public void A_missing_closing_flag_is_refused()
    {
        OperationStatus status = HdlcFrameCodec.Decode("7EA0070321930F0100".Octets(), out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Offset.Should().Be(8);
        fault.Expected.Should().Be(HdlcFrameCodec.Flag);
    }

    [Fact]
    public void An_undefined_control_octet_still_makes_a_frame_that_can_be_rejected()
    {
        byte[] target = new byte[16];
        HdlcFrame sent = new(HdlcAddress.Client(16), HdlcAddress.Server(1), new HdlcControl(0x0D));
        HdlcFrameCodec.Encode(sent, target, out int written);

        OperationStatus status = HdlcFrameCodec.Decode(target.AsSpan(0, written), out HdlcFrame frame, out _, out _);

        status.Should().Be(OperationStatus.Done);
        frame.Control.Kind.Should().Be(HdlcFrameKind.Unknown);
    }

    [Fact]
    public void An_address_that_was_never_set_is_not_encoded()
    {
        OperationStatus status =
            HdlcFrameCodec.Encode(new HdlcFrame(default, HdlcAddress.Client(1), HdlcControl.Snrm), new byte[32], out _);

        status.Should().Be(OperationStatus.InvalidData);
    }
}
