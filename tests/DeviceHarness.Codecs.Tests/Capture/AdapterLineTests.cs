using System.Buffers;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Capture;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Tests.Ezsp;
using DeviceHarness.Codecs.ZigBee;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Capture;

/// <summary>What is found in a recorded line, in frames that other programs sent.</summary>
public sealed class AdapterLineTests
{
    private static readonly string[] Beginning =
    [
        "ezsp_version_request_legacy_format", "ezsp_version_response_legacy_format_v13", "ezsp_version_request_extended_v13",
        "ezsp_form_network", "ezsp_get_network_parameters_response",
    ];

    private const string Prepayment = "3E00013400001D4A0901050701014011000000";
    private const string Heard = "3E900145000004010507010140010000" + "21C8C81D4AFFFF";
    private const string TopUpCode = "3831323334353637383930313233343536373839";

    private static readonly string[] Reading =
        ["ezsp_send_unicast_v13_read_metering", "ezsp_message_sent_handler_v13", "ezsp_incoming_message_handler_v13_metering"];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_recording_cut_anywhere_gives_the_messages_with_their_addresses(int piece)
    {
        AdapterLineReader line = new();

        HanMessage[] messages = Messages(line, [.. Beginning, .. Reading], piece);

        line.Version.Should().Be(new EzspVersion(13));
        line.Unreadable.Should().Be(0);
        messages.Should().HaveCount(2);
        messages[0].IsSent.Should().BeTrue();
        messages[0].Message.Should().BeEquivalentTo(new { PanId = 0x1A62, Source = ZigBeeProfile.Coordinator, Destination = 0x4A1D });
        messages[0].Message.Header.Should().BeEquivalentTo(
            new { Profile = 0x0104, Cluster = 0x0702, SourceEndpoint = 1, DestinationEndpoint = 1, WantsAcknowledgement = true });
        Convert.ToHexString(messages[0].Message.Asdu.Span).Should().Be("100A0000000002000301030203");
        messages[1].IsSent.Should().BeFalse();
        messages[1].Message.Should().BeEquivalentTo(new { PanId = 0x1A62, Source = 0x4A1D, Destination = ZigBeeProfile.Coordinator });
        messages[1].Remark.Should().Be("Received, LQI 200, RSSI -56 dBm");
    }

    [Fact]
    public void A_recording_from_the_middle_of_a_session_is_read_by_how_its_frames_look()
    {
        AdapterLineReader line = new();

        HanMessage[] messages = Messages(line, Reading, 1000);

        line.Version.Should().BeNull("nobody told it");
        messages.Should().HaveCount(2);
        messages[0].Message.PanId.Should().Be(HanMessages.UnknownPan);
    }

    [Fact]
    public void Wider_tags_are_noticed_in_the_middle_of_a_session()
    {
        // Send unicast of EZSP 14: the tag has two octets.
        byte[] wide = Convert.FromHexString("3E00013400001D4A0401020701014011000000" + "0B00" + "0D100A0000000002000301030203");
        EzspFollower follower = new();

        follower.Read(wide, out EzspHeader header, out _, out EzspVersion version, out _).Should().Be(OperationStatus.Done);

        header.FrameId.Should().Be(EzspFrameId.SendUnicast);
        version.HasWideTag.Should().BeTrue();
        follower.Agreed.Should().BeNull();
    }

    [Theory]
    [InlineData("ezsp_incoming_message_v4", EzspFrameId.IncomingMessageHandler, EzspHeaderForm.Short)]
    [InlineData("ezsp_version_request_v6_0xff_header", EzspFrameId.Version, EzspHeaderForm.Marked)]
    [InlineData("ezsp_permit_joining_60s", EzspFrameId.PermitJoining, EzspHeaderForm.Extended)]
    public void The_form_of_a_header_is_seen(string vector, EzspFrameId id, EzspHeaderForm form)
    {
        new EzspFollower().Read(Octets(vector), out EzspHeader header, out _, out EzspVersion version, out _)
            .Should().Be(OperationStatus.Done);

        header.FrameId.Should().Be(id);
        version.HeaderForm.Should().Be(form);
    }

    [Fact]
    public void What_is_sent_again_counts_once_and_what_follows_a_damaged_frame_is_not_lost()
    {
        AdapterLineReader line = new();
        byte[] first = Framed(Octets(Reading[0]), 0);
        byte[] damaged = Framed(Octets("ezsp_permit_joining_60s"), 1);
        damaged[4] ^= 0x40;
        byte[] masked = Framed(Octets("ezsp_import_transient_key_v13"), 1);
        masked[12] = AshOctets.Substitute;

        int frames = line.Take(true, [.. first, .. Framed(Octets(Reading[0]), 0, isAgain: true), .. damaged, .. masked]).Count
            + line.Take(true, Framed(Octets("ezsp_permit_joining_60s"), 2)).Count;

        frames.Should().Be(2);
        line.Repeated.Should().Be(1);
        line.Unreadable.Should().Be(1, "what holds a substitute octet is no frame");
    }

    [Fact]
    public void A_number_that_comes_round_again_is_another_frame_and_after_a_reset_all_are()
    {
        AdapterLineReader line = new();
        byte[] frame = Octets("ezsp_permit_joining_60s");

        line.Take(true, Framed(frame, 0)).Should().ContainSingle();
        line.Take(true, Framed(frame, 0)).Should().ContainSingle("it does not say that it is sent again");
        line.Take(true, Framed(frame, 0, isAgain: true)).Should().BeEmpty();
        line.Take(true, Whole(new AshFrame(AshControl.Reset))).Should().BeEmpty();
        line.Take(true, Framed(frame, 0, isAgain: true)).Should().ContainSingle();
    }

    [Fact]
    public void A_frame_of_the_wrong_side_is_not_believed()
    {
        AdapterLineReader line = new();

        line.Take(false, Framed(Octets("ezsp_permit_joining_60s"), 0)).Should().BeEmpty();
        line.Unreadable.Should().Be(1);
    }

    [Theory]
    [InlineData(Prepayment + "0B1A0105040114" + TopUpCode, true)]
    [InlineData(Prepayment + "0B001A0105040114" + TopUpCode, true)]
    [InlineData(Heard + "1901050401" + "14" + TopUpCode, true)]
    [InlineData(Heard + "2F09060500000001" + "14" + TopUpCode + "0000000000000000", true)]
    [InlineData(Heard + "0B01060701000000000000", false)]
    [InlineData(Prepayment + "0B09010500000000000000", false)]
    public void A_top_up_code_is_found_to_be_masked_and_other_requests_are_not(string ezsp, bool isSecret)
    {
        byte[] framed = Framed(Convert.FromHexString(ezsp), 0);
        bool isToAdapter = ezsp.StartsWith(Prepayment, StringComparison.Ordinal);

        SentPasswords found = AdapterKeyFinder.Find(framed);

        found.Offsets.Any().Should().Be(isSecret);
        if (isSecret)
        {
            foreach (int offset in found.Offsets)
            {
                framed[offset] = AshOctets.Substitute;
            }

            new AdapterLineReader().Take(isToAdapter, framed).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("0105040114" + TopUpCode, true)]
    [InlineData("09060500000001" + "14" + TopUpCode + "0000000000000000", true)]
    [InlineData("01050501000000000000", false)]
    [InlineData("0905040000", false)]
    [InlineData("000504", false)]
    [InlineData("0105", false)]
    public void A_message_with_top_up_codes_is_known(string asdu, bool holds)
    {
        AdapterKeyFinder.HoldsTopUpCode(0x0705, Convert.FromHexString(asdu)).Should().Be(holds);
        AdapterKeyFinder.HoldsTopUpCode(0x0702, Convert.FromHexString(asdu)).Should().BeFalse();
    }

    private static HanMessage[] Messages(AdapterLineReader line, string[] vectors, int piece)
    {
        HanMessages messages = new();
        List<HanMessage> found = [];
        int[] numbers = [0, 0];
        foreach (byte[] octets in vectors.Select(Octets))
        {
            bool isToAdapter = (octets[1] & 0x80) == 0;
            foreach (byte[] part in Framed(octets, numbers[isToAdapter ? 0 : 1]++).Chunk(piece))
            {
                found.AddRange(line.Take(isToAdapter, part).Select(frame => messages.Find(frame)).OfType<HanMessage>());
            }
        }

        return [.. found];
    }

    private static byte[] Octets(string vector) => EzspSamples.Vectors.Single(candidate => candidate.Name == vector).Octets;

    private static byte[] Framed(byte[] ezsp, int number, bool isAgain = false) =>
        Whole(new AshFrame(AshControl.Data(number, 0, isAgain), ezsp));

    private static byte[] Whole(AshFrame frame)
    {
        byte[] target = new byte[AshFrameWriter.MaximumFrameOctets];
        AshFrameWriter.Write(frame, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }
}
