using System.Buffers;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ash;

public sealed class AshFrameWriterTests
{
    [Fact]
    public void No_reserved_octet_but_the_flag_at_the_end_is_on_the_line_whatever_the_data()
    {
        Random random = new(20_261_123);
        for (int round = 0; round < 200; round++)
        {
            byte[] data = new byte[random.Next(AshFrame.MinimumDataOctets, AshFrame.ExtendedDataOctets + 1)];
            random.NextBytes(data);
            AshControl control = AshControl.Data(round, round / 8, round % 3 == 0);

            byte[] frame = AshSamples.Encode(control, data);

            frame[^1].Should().Be(AshOctets.Flag);
            frame.AsSpan(0, frame.Length - 1).IndexOfAny<byte>([0x7E, 0x11, 0x13, 0x18, 0x1A]).Should().Be(-1);
            AshSamples.ReadAll(new AshFrameReader(), frame).Should().Equal($"{control} {Convert.ToHexString(data)}");
        }
    }

    [Fact]
    public void The_longest_frame_with_every_octet_escaped_fits_the_maximum()
    {
        byte[] data = new byte[AshFrame.ExtendedDataOctets];
        data.AsSpan().Fill(AshOctets.Flag);
        AshRandomizer.Apply(data);

        byte[] frame = AshSamples.Encode(AshControl.Data(0, 0), data);

        frame.Length.Should().BeInRange((2 * AshFrame.ExtendedDataOctets) + 4, AshFrameWriter.MaximumFrameOctets);
    }

    [Fact]
    public void A_target_that_is_too_small_by_any_number_of_octets_is_told_and_nothing_counts_as_written()
    {
        byte[] whole = AshSamples.Encode(AshControl.Data(0, 0), "3C5CB947320FCC24".Octets());
        for (int length = 0; length < whole.Length; length++)
        {
            OperationStatus status = AshFrameWriter.Write(
                new AshFrame(AshControl.Data(0, 0), "3C5CB947320FCC24".Octets()), new byte[length], out int written);

            status.Should().Be(OperationStatus.DestinationTooSmall);
            written.Should().Be(0);
        }
    }

    [Theory]
    [InlineData(0x25, 2)]
    [InlineData(0x25, AshFrame.ExtendedDataOctets + 1)]
    [InlineData(0x81, 1)]
    [InlineData(0xC0, 1)]
    [InlineData(0xC1, 1)]
    [InlineData(0xC3, 0)]
    public void A_frame_that_cannot_be_is_not_written(byte control, int dataOctets)
    {
        AshFrameWriter.Write(new AshFrame(new AshControl(control), new byte[dataOctets]), new byte[1000], out int written)
            .Should().Be(OperationStatus.InvalidData);

        written.Should().Be(0);
    }

    [Fact]
    public void Every_control_octet_says_what_it_is_and_is_made_again_from_its_parts()
    {
        for (int octet = 0; octet <= 0xFF; octet++)
        {
            AshControl control = new((byte)octet);

            AshControl again = control.Kind switch
            {
                AshFrameKind.Data => AshControl.Data(control.FrameNumber, control.AckNumber, control.IsRetransmission),
                AshFrameKind.Ack => AshControl.Ack(control.AckNumber, control.IsNotReady),
                AshFrameKind.Nak => AshControl.Nak(control.AckNumber, control.IsNotReady),
                AshFrameKind.Reset => AshControl.Reset,
                AshFrameKind.ResetAck => AshControl.ResetAck,
                AshFrameKind.Error => AshControl.Error,
                _ => control,
            };

            // The reserved bit of ACK and NAK is sent as 0.
            int expected = control.Kind is AshFrameKind.Ack or AshFrameKind.Nak ? octet & ~0x10 : octet;
            again.Octet.Should().Be((byte)expected, $"{octet:X2}");
            (control.Kind == AshFrameKind.Unknown).Should().Be(octet >= 0xC3);
        }
    }

    [Theory]
    [InlineData(0x0B, "software reset (0B)")]
    [InlineData(0x51, "too many acknowledgements missing (51)")]
    [InlineData(0x8F, "chip fault or crash (8F)")]
    [InlineData(0x04, "unlisted code (04)")]
    public void A_reset_code_is_told_in_words(byte code, string expected)
    {
        ((AshResetCode)code).Describe().Should().Be(expected);
    }
}
