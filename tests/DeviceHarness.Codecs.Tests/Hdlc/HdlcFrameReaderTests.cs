using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Hdlc;

public sealed class HdlcFrameReaderTests
{
    private const string Snrm = "7EA0070321930F017E";
    private const string GetName = "7EA0190321D4575AE6E600C001C1000100002A0000FF020012807E";

    [Fact]
    public void Two_frames_may_share_one_flag_or_have_two_or_many()
    {
        foreach (string between in new[] { "", "7E", "7E7E7E7E" })
        {
            HdlcFrameReader reader = new();
            reader.Append((Snrm[..^2] + "7E" + between + GetName[2..]).Octets());

            ReadAll(reader).Should().Equal("SNRM P/F", "I N(S)=2 N(R)=6 P/F");
            reader.SkippedOctets.Should().Be(0);
            reader.PendingOctets.Should().Be(0);
        }
    }

    [Fact]
    public void A_frame_that_comes_octet_by_octet_is_waited_for_by_its_length_once_its_header_is_proven()
    {
        byte[] octets = GetName.Octets();
        HdlcFrameReader reader = new();
        List<int> missing = [];
        foreach (byte octet in octets)
        {
            reader.Append([octet]);
            bool isRead = reader.TryRead(out _, out CodecFault fault);
            missing.Add(reader.MissingOctets);

            isRead.Should().Be(missing.Count == octets.Length);
            fault.Should().Be(CodecFault.None);
        }

        const int headerOctets = 8;
        missing.Take(headerOctets - 1).Should().AllBeEquivalentTo(0, "nothing has proven the length before the header's check sequence");
        missing.Skip(headerOctets - 1).Should().Equal(Enumerable.Range(0, octets.Length - headerOctets + 1).Reverse());
    }

    [Fact]
    public void Octets_that_are_forgotten_in_mid_frame_are_not_waited_for()
    {
        HdlcFrameReader reader = new();
        reader.Append(GetName.Octets().AsSpan(0, 12));
        reader.TryRead(out _, out _).Should().BeFalse();

        reader.Clear();
        reader.Append(Snrm.Octets());

        reader.MissingOctets.Should().Be(0);
        ReadAll(reader).Should().Equal("SNRM P/F");
    }

    [Fact]
    public void Noise_before_a_frame_costs_the_noise_only()
    {
        HdlcFrameReader reader = new();
        reader.Append(("00FFA07E55" + GetName).Octets());

        ReadAll(reader).Should().ContainSingle();
        reader.SkippedOctets.Should().Be(5);
        reader.FaultCount.Should().Be(2);
    }

    [Fact]
    public void A_frame_with_a_wrong_fcs_costs_that_frame_and_no_octet_more()
    {
        byte[] damaged = GetName.Octets();
        damaged[15] ^= 0x04;
        HdlcFrameReader reader = new();
        reader.Append([.. damaged, .. Snrm.Octets()]);

        bool isRead = reader.TryRead(out HdlcFrame frame, out CodecFault fault);

        isRead.Should().BeTrue();
        frame.Control.Kind.Should().Be(HdlcFrameKind.Snrm);
        fault.Kind.Should().Be(CodecFaultKind.BadChecksum);
        reader.SkippedOctets.Should().Be(damaged.Length - 1, "the closing flag is kept, since it may open the next frame");
        reader.FaultCount.Should().Be(1);
    }

    [Fact]
    public void A_frame_inside_the_data_of_a_damaged_frame_is_not_taken_for_a_real_one()
    {
        HdlcAddress client = HdlcAddress.Client(16);
        byte[] outer = HdlcSamples.Encode(new(client, HdlcAddress.Server(1), HdlcControl.Information(0, 0), (Snrm + "00").Octets()));
        outer[^4] ^= 0x01;
        HdlcFrameReader reader = new();
        reader.Append([.. outer, .. GetName.Octets()]);

        ReadAll(reader).Should().Equal("I N(S)=2 N(R)=6 P/F");
    }

    [Fact]
    public void A_wrong_length_field_costs_its_own_frame_only_since_the_header_checksum_shows_it()
    {
        byte[] damaged = GetName.Octets();
        damaged[2] = 0xF0;
        HdlcFrameReader reader = new();
        reader.Append([.. damaged, .. Snrm.Octets()]);

        ReadAll(reader).Should().Equal("SNRM P/F");
        reader.SkippedOctets.Should().Be(damaged.Length - 1, "its closing flag is fill for the next");
    }

    [Fact]
    public void A_lost_octet_costs_the_frame_that_lost_it_and_never_the_one_after_the_next()
    {
        byte[] whole = GetName.Octets();
        for (int lost = 0; lost < whole.Length; lost++)
        {
            HdlcFrameReader reader = new();
            reader.Append([.. whole[..lost], .. whole[(lost + 1)..], .. Snrm.Octets(), .. Snrm.Octets()]);

            List<string> frames = ReadAll(reader);

            frames.Should().Contain("SNRM P/F", $"octet {lost} was lost");
            reader.SkippedOctets.Should().BeLessThanOrEqualTo(whole.Length, $"octet {lost} was lost");
        }
    }

    [Fact]
    public void A_flag_inside_every_field_is_data()
    {
        HdlcAddress address = HdlcAddress.Server(0x3F, 0x3F);
        byte[] octets = HdlcSamples.Encode(new(address, address, new HdlcControl(0x7E), "7E7E7EA0077E".Octets()));
        HdlcFrameReader reader = new();
        reader.Append(octets);

        bool isRead = reader.TryRead(out HdlcFrame frame, out CodecFault fault);

        isRead.Should().BeTrue(fault.ToString());
        frame.Information.ShouldBeHex("7E7E7EA0077E");
        reader.SkippedOctets.Should().Be(0);
    }

    [Fact]
    public void A_full_reader_takes_no_more_than_its_capacity()
    {
        HdlcFrameReader reader = new(HdlcFrameReader.MinimumCapacityOctets);
        byte[] noise = new byte[HdlcFrameReader.MinimumCapacityOctets + 1];
        noise[0] = 0x7E;

        int taken = reader.Append(noise);

        taken.Should().Be(HdlcFrameReader.MinimumCapacityOctets);
        reader.TryRead(out _, out _).Should().BeFalse();
        reader.PendingOctets.Should().Be(0);
        reader.Append(noise.AsSpan(taken)).Should().Be(1);
    }

    [Fact]
    public void A_reader_that_waits_always_has_room_for_more()
    {
        Random random = new(7);
        HdlcFrameReader reader = new(HdlcFrameReader.MinimumCapacityOctets);
        for (int round = 0; round < 2000; round++)
        {
            byte[] piece = new byte[random.Next(1, 64)];
            random.NextBytes(piece);
            piece[0] = 0x7E;
            if (piece.Length > 1)
            {
                piece[1] = 0xA7;
            }

            reader.Append(piece).Should().BeGreaterThan(0, $"round {round}");
            ReadAll(reader);
        }
    }

    [Fact]
    public void A_reader_smaller_than_a_frame_is_refused()
    {
        Action act = () => _ = new HdlcFrameReader(HdlcFrameReader.MinimumCapacityOctets - 1);

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Clear_forgets_a_half_frame()
    {
        HdlcFrameReader reader = new();
        reader.Append(Snrm.Octets().AsSpan(0, 5));

        reader.Clear();
        reader.Append(GetName.Octets());

        ReadAll(reader).Should().ContainSingle();
    }

    private static List<string> ReadAll(HdlcFrameReader reader)
    {
        List<string> controls = [];
        while (reader.TryRead(out HdlcFrame frame, out _))
        {
            controls.Add(frame.Control.ToString());
        }

        return controls;
    }
}
