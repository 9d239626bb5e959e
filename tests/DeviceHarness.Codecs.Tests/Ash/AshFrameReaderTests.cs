using DeviceHarness.Codecs.Ash;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ash;

public sealed class AshFrameReaderTests
{
    private const string VersionCommand = "254221A856A6097E";
    private const string Version = "DATA 2, expects 5 00000002";
    private const string Ack1 = "8160597E";

    [Fact]
    public void A_stream_split_at_any_octet_or_in_single_octets_holds_the_same_frames()
    {
        foreach (byte[] octets in AshSamples.Streams.Select(vector => vector.Octets))
        {
            List<string> whole = AshSamples.ReadAll(new AshFrameReader(), octets);
            AshFrameReader single = new();
            octets.SelectMany(octet => AshSamples.ReadAll(single, [octet])).Should().Equal(whole);
            for (int split = 1; split < octets.Length; split++)
            {
                AshFrameReader reader = new();

                List<string> parts = AshSamples.ReadAll(reader, octets.AsSpan(0, split));
                parts.AddRange(AshSamples.ReadAll(reader, octets.AsSpan(split)));

                parts.Should().Equal(whole, $"split at {split} of {Convert.ToHexString(octets)}");
            }
        }
    }

    [Fact]
    public void No_flipped_bit_of_any_vector_becomes_another_frame()
    {
        foreach (TestVector vector in AshSamples.Streams)
        {
            List<string> original = AshSamples.ReadAll(new AshFrameReader(), vector.Octets);
            for (int bit = 0; bit < vector.Octets.Length * 8; bit++)
            {
                byte[] damaged = [.. vector.Octets];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));

                List<string> found = AshSamples.ReadAll(new AshFrameReader(), damaged);

                // The last octet of the file's bad frame can be flipped back to the right one.
                found.Where(line => !line.StartsWith("damaged", StringComparison.Ordinal)).Except([.. original, Version])
                    .Should().BeEmpty($"bit {bit} of {vector.Name} was flipped");
            }
        }
    }

    [Theory]
    [InlineData("7E7E7E8160597E", 0)]
    [InlineData("FFFF8160597E", 0)]
    [InlineData("427E8160597E", 1)]
    [InlineData("C0387E8160597E", 1)]
    [InlineData("1181136011597E", 0)]
    [InlineData("7DA160597E", 0)]
    public void What_means_nothing_before_or_within_a_frame_is_passed_over(string octets, int shortFrames)
    {
        AshFrameReader reader = new();

        AshSamples.ReadAll(reader, octets.Octets()).Should().Equal("ACK, expects 1");

        (reader.FrameCount, reader.DamageCount, reader.ShortCount).Should().Be((1, 0, shortFrames));
    }

    [Fact]
    public void A_substitute_octet_voids_its_frame_and_no_other()
    {
        AshFrameReader reader = new();

        AshSamples.ReadAll(reader, ("254218A856A6097E" + Ack1 + "187E" + VersionCommand).Octets())
            .Should().Equal("ACK, expects 1", Version);

        (reader.SubstituteCount, reader.DamageCount).Should().Be((2, 0));
    }

    [Fact]
    public void A_cancel_octet_voids_what_came_since_the_last_flag_even_after_a_substitute_or_too_much()
    {
        AshFrameReader reader = new(AshFrame.ReferenceDataOctets);
        byte[] tooLong = [.. Enumerable.Repeat((byte)0x55, 300), AshOctets.Cancel];

        AshSamples.ReadAll(reader, ("2542181A" + Ack1 + "7D1A" + VersionCommand).Octets()).Should().Equal("ACK, expects 1", Version);
        AshSamples.ReadAll(reader, [.. tooLong, .. Ack1.Octets()]).Should().Equal("ACK, expects 1");
        AshSamples.ReadAll(reader, ("1A1A" + Ack1).Octets()).Should().Equal("ACK, expects 1");

        (reader.CancelCount, reader.DamageCount).Should().Be((3, 0));
    }

    [Fact]
    public void A_frame_longer_than_the_limit_is_damaged_once_and_the_next_one_is_read()
    {
        byte[] longest = new byte[AshFrame.ReferenceDataOctets];
        byte[] longer = new byte[AshFrame.ReferenceDataOctets + 1];
        byte[] stream =
        [
            .. AshSamples.Encode(AshControl.Data(1, 2), longer), .. AshSamples.Encode(AshControl.Data(1, 2), longest), .. Ack1.Octets(),
        ];

        List<string> found = AshSamples.ReadAll(new AshFrameReader(AshFrame.ReferenceDataOctets), stream);
        List<string> extended = AshSamples.ReadAll(new AshFrameReader(), stream);

        found.Should().Equal(
            "damaged LimitExceeded", $"DATA 1, expects 2 {Convert.ToHexString(longest)}", "ACK, expects 1");
        extended.Should().HaveCount(3).And.NotContain("damaged LimitExceeded");
    }

    [Theory]
    [InlineData("C3", CodecFaultKind.UnexpectedValue)]
    [InlineData("8101", CodecFaultKind.BadLength)]
    [InlineData("C1", CodecFaultKind.BadLength)]
    [InlineData("C20251AA", CodecFaultKind.BadLength)]
    [InlineData("25AABB", CodecFaultKind.BadLength)]
    public void A_right_checksum_does_not_save_an_impossible_frame(string body, CodecFaultKind expected)
    {
        byte[] octets = body.Octets();
        ushort crc = AshCrc.Compute(octets);

        List<string> found = AshSamples.ReadAll(new AshFrameReader(), [.. octets, (byte)(crc >> 8), (byte)crc, AshOctets.Flag]);

        found.Should().Equal($"damaged {expected}");
    }

    [Fact]
    public void An_escape_before_the_flag_makes_the_frame_damaged()
    {
        AshSamples.ReadAll(new AshFrameReader(), "8160597D7E".Octets()).Should().Equal("damaged UnexpectedValue");
    }

    [Fact]
    public void The_other_sides_xoff_is_told_until_its_xon()
    {
        AshFrameReader reader = new();

        reader.Read([0x81, AshOctets.XOff], out _, out _, out _);
        bool held = reader.IsHeldOff;
        reader.Read([0x60, AshOctets.XOn, 0x59], out _, out _, out _);

        (held, reader.IsHeldOff, reader.IsInFrame).Should().Be((true, false, true));
    }

    [Fact]
    public void An_escaped_xoff_is_data_and_holds_nobody()
    {
        byte[] frame = AshSamples.Encode(AshControl.Data(0, 0), 0x13 ^ 0x42, 0x11 ^ 0x21, 0x7E ^ 0xA8);
        AshFrameReader reader = new();

        AshSamples.ReadAll(reader, frame).Should().Equal("DATA 0, expects 0 5130D6");

        reader.IsHeldOff.Should().BeFalse();
    }

    [Fact]
    public void Octets_that_are_forgotten_in_mid_frame_are_not_waited_for()
    {
        AshFrameReader reader = new();
        reader.Read([0x25, 0x42, AshOctets.XOff, AshOctets.Escape], out _, out _, out _);

        reader.Clear();

        (reader.IsInFrame, reader.IsHeldOff).Should().Be((false, false));
        AshSamples.ReadAll(reader, Ack1.Octets()).Should().Equal("ACK, expects 1");
    }

    [Theory]
    [InlineData(AshFrame.MinimumDataOctets - 1)]
    [InlineData(AshFrame.ExtendedDataOctets + 1)]
    public void A_limit_that_no_adapter_has_is_refused(int maximumDataOctets)
    {
        Func<AshFrameReader> create = () => new AshFrameReader(maximumDataOctets);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }
}
