using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

public sealed class HdlcClientLinkTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly byte[] Request = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00".Octets();
    private static readonly byte[] Answer = "C4 01 C1 00 06 00 00 13 91".Octets();

    private readonly HdlcClientLink _link = new(Settings());
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    [Fact]
    public void Connecting_sends_the_vector_s_SNRM_and_takes_its_UA()
    {
        HdlcLinkStep sent = _link.Connect(_now);
        sent.Transmit.Span.ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("snrm-1byte-public")));

        HdlcLinkStep got = Receive(MeterFrames.Vector("ua-default-params"));

        got.Event.Should().Be(HdlcLinkEvent.Connected);
        got.NextTick.Should().BeNull();
        _link.State.Should().Be(HdlcClientState.Connected);
        _link.Negotiated.Should().Be(HdlcParameters.Default);
    }

    [Fact]
    public void Other_limits_are_proposed_and_the_server_s_answer_is_read_from_its_own_point_of_view()
    {
        HdlcClientLink link = new(Settings() with { Proposal = new HdlcParameters(512, 300, 1, 1) });

        byte[] snrm = link.Connect(_now).Transmit.ToArray();
        _ = link.Receive(MeterFrames.Ua("81 80 14 05 02 01 00 06 02 00 74 07 04 00 00 00 01 08 04 00 00 00 01"), _now);

        snrm[8..^3].ShouldBeHex("81 80 14 05 02 02 00 06 02 01 2C 07 04 00 00 00 01 08 04 00 00 00 01");
        link.Negotiated.MaximumInformationTransmitOctets.Should().Be(116, "the server takes 0074 octets");
        link.Negotiated.MaximumInformationReceiveOctets.Should().Be(256, "the server sends at most 0100 octets");
    }

    [Fact]
    public void A_two_octet_server_address_is_used_both_ways()
    {
        HdlcClientLink link = new(Settings() with { Server = HdlcAddress.Server(1, 17), Client = HdlcAddress.Client(1) });

        byte[] snrm = link.Connect(_now).Transmit.ToArray();

        snrm[3..6].ShouldBeHex("02 23 03");
    }

    [Fact]
    public void A_whole_exchange_counts_both_ways_modulo_8()
    {
        Connect();

        for (int round = 0; round < 20; round++)
        {
            int number = round % 8;
            HdlcLinkStep sent = _link.Send(Request, _now);
            sent.Transmit.Span[5].Should().Be((byte)((number << 5) | 0x10 | (number << 1)));
            HdlcLinkStep got = Receive(MeterFrames.Information(number, (number + 1) % 8, Answer));

            got.Event.Should().Be(HdlcLinkEvent.ApduReceived);
            _link.ReceivedApdu.Span.ShouldBeHex(Convert.ToHexString(Answer));
        }
    }

    [Fact]
    public void Octets_may_come_one_at_a_time()
    {
        Connect();
        _ = _link.Send(Request, _now);
        HdlcLinkStep step = default;

        foreach (byte octet in MeterFrames.Information(0, 1, Answer))
        {
            step.Event.Should().Be(HdlcLinkEvent.None);
            step = Receive([octet]);
        }

        step.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void The_captured_answer_in_nine_frames_is_acknowledged_frame_by_frame_and_put_together()
    {
        Connect();
        Exchange(0);
        Exchange(1);
        IReadOnlyList<byte[]> frames = MeterFrames.VectorFrames("segmented-get-block-9-frames");
        _ = _link.Send(Request, _now);
        HdlcLinkStep step = default;

        for (int index = 0; index < frames.Count; index += 2)
        {
            step = Receive(frames[index]);
            if (index + 1 < frames.Count)
            {
                step.Transmit.Span.ShouldBeHex(Convert.ToHexString(frames[index + 1]));
            }
        }

        step.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.ReceivedApdu.Span[..9].ShouldBeHex("C4 02 C1 00 00 00 00 01 00");
        _link.ReceivedApdu.Length.Should().Be(10 + 2 + 0x3F1);
    }

    [Fact]
    public void A_doubled_segment_is_put_in_once()
    {
        Connect();
        _ = _link.Send(Request, _now);
        byte[] first = MeterFrames.Frame(0x30, "E6 E7 00 C4 01".Octets(), isSegmented: true);

        byte[] ready = Receive([.. first, .. first]).Transmit.ToArray();
        _ = Receive(first);
        HdlcLinkStep done = Receive(MeterFrames.Frame(0x32, "C1 00 11 07".Octets()));

        ready[5].Should().Be(0x31, "RR with N(R) 1");
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.ReceivedApdu.Span.ShouldBeHex("C4 01 C1 00 11 07");
    }

    [Fact]
    public void A_long_request_goes_in_segments_with_one_LLC_header_and_each_waits_for_its_RR()
    {
        Connect();
        byte[] apdu = [.. Enumerable.Range(0, 300).Select(value => (byte)value)];
        List<byte> sent = [];

        HdlcLinkStep first = _link.Send(apdu, _now);
        Collect(sent, first, isSegmented: true);
        Collect(sent, Receive(MeterFrames.ReceiveReady(1)), isSegmented: true);
        Collect(sent, Receive(MeterFrames.ReceiveReady(2)), isSegmented: false);
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 3, Answer));

        sent.ToArray().ShouldBeHex("E6 E6 00" + Convert.ToHexString(apdu));
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void A_lost_UA_makes_SNRM_go_out_again()
    {
        byte[] snrm = _link.Connect(_now).Transmit.ToArray();

        HdlcLinkStep again = TickAtDeadline();
        HdlcLinkStep got = Receive(MeterFrames.Ua());

        again.Transmit.Span.ShouldBeHex(Convert.ToHexString(snrm));
        got.Event.Should().Be(HdlcLinkEvent.Connected);
        _link.RetryCount.Should().Be(1);
    }

    [Fact]
    public void Silence_fails_after_the_retries_and_says_so()
    {
        HdlcLinkStep step = _link.Connect(_now);
        int transmissions = 1;

        while (step.Event == HdlcLinkEvent.None)
        {
            step = TickAtDeadline();
            transmissions += step.Transmit.IsEmpty ? 0 : 1;
        }

        transmissions.Should().Be(4, "the first and three retries");
        step.Failure.Should().Be(HdlcLinkFailure.Silence);
        _link.State.Should().Be(HdlcClientState.Disconnected);
    }

    [Fact]
    public void A_lost_request_is_sent_again_with_the_same_number_and_only_after_the_server_said_that_it_has_not_come()
    {
        Connect();
        byte[] request = _link.Send(Request, _now).Transmit.ToArray();

        byte[] poll = TickAtDeadline().Transmit.ToArray();
        byte[] again = Receive(MeterFrames.ReceiveReady(0)).Transmit.ToArray();
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 1, Answer));

        poll[5].Should().Be(0x11, "RR with N(R) 0");
        again.ShouldBeHex(Convert.ToHexString(request));
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void A_lost_answer_is_fetched_by_RR_and_the_request_is_not_sent_again()
    {
        Connect();
        _ = _link.Send(Request, _now);

        byte[] poll = TickAtDeadline().Transmit.ToArray();
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 1, Answer));

        poll[5].Should().Be(0x11);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void A_server_that_has_taken_the_request_but_has_no_answer_is_polled_and_never_sent_the_request_again()
    {
        Connect();
        _ = _link.Send(Request, _now);
        HdlcLinkStep step = Receive(MeterFrames.ReceiveReady(1));
        int polls = 0;

        while (step.Event == HdlcLinkEvent.None)
        {
            step = TickAtDeadline(step);
            if (!step.Transmit.IsEmpty)
            {
                step.Transmit.Span[5].Should().Be(0x11, "only RR goes out");
                polls++;
                step = Receive(MeterFrames.ReceiveReady(1));
            }
        }

        polls.Should().BeGreaterThan(3);
        step.Failure.Should().Be(HdlcLinkFailure.NoApdu);
    }

    [Fact]
    public void A_busy_server_is_waited_for()
    {
        Connect();
        _ = _link.Send(Request, _now);
        _ = TickAtDeadline();

        HdlcLinkStep busy = Receive(MeterFrames.ReceiveNotReady(0));
        byte poll = TickAtDeadline().Transmit.Span[5];
        byte again = Receive(MeterFrames.ReceiveReady(0)).Transmit.Span[5];

        busy.Transmit.IsEmpty.Should().BeTrue();
        poll.Should().Be(0x11);
        again.Should().Be(0x10, "the request, with the same N(S)");
    }

    [Fact]
    public void A_doubled_answer_is_ignored_and_the_next_exchange_gets_its_own()
    {
        Connect();
        byte[] other = "C4 01 C2 00 06 00 00 00 07".Octets();
        _ = _link.Send(Request, _now);
        byte[] answer = MeterFrames.Information(0, 1, Answer);

        HdlcLinkStep first = Receive([.. answer, .. answer]);
        HdlcLinkStep send = _link.Send(Request, _now);
        HdlcLinkStep late = Receive(answer);
        HdlcLinkStep second = Receive(MeterFrames.Information(1, 2, other));

        first.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        send.Transmit.IsEmpty.Should().BeFalse();
        (late.Event, late.Transmit.IsEmpty).Should().Be((HdlcLinkEvent.None, true));
        second.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.ReceivedApdu.Span.ShouldBeHex(Convert.ToHexString(other));
        _link.IgnoredFrameCount.Should().Be(2);
    }

    [Fact]
    public void An_information_frame_that_does_not_acknowledge_the_request_is_no_answer_to_it()
    {
        Connect();
        _ = _link.Send(Request, _now);

        HdlcLinkStep early = Receive(MeterFrames.Information(0, 0, Answer));
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 1, Answer));

        early.Event.Should().Be(HdlcLinkEvent.None);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void A_frame_with_a_wrong_checksum_is_as_if_it_had_not_come()
    {
        Connect();
        _ = _link.Send(Request, _now);
        byte[] damaged = MeterFrames.Information(0, 1, Answer);
        damaged[^4] ^= 0x01;

        HdlcLinkStep step = Receive(damaged);
        byte[] poll = TickAtDeadline().Transmit.ToArray();
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 1, Answer));

        step.Event.Should().Be(HdlcLinkEvent.None);
        _link.DamageCount.Should().BeGreaterThan(0);
        poll[5].Should().Be(0x11);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void Half_a_frame_is_given_up_after_the_inter_octet_time_and_does_not_hide_the_next_one()
    {
        Connect();
        _ = _link.Send(Request, _now);
        byte[] answer = MeterFrames.Information(0, 1, Answer);

        HdlcLinkStep half = Receive(answer[..^6]);
        half.NextTick.Should().Be(_now + TimeSpan.FromMilliseconds(200));
        _ = TickAtDeadline(half);
        byte[] poll = TickAtDeadline().Transmit.ToArray();
        HdlcLinkStep done = Receive(answer);

        poll[5].Should().Be(0x11);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void A_babbling_line_does_not_hold_the_link_for_ever()
    {
        HdlcLinkStep step = _link.Connect(_now);
        byte[] noise = new byte[64];
        new Random(7).NextBytes(noise);

        int rounds = 0;
        while (step.Event == HdlcLinkEvent.None && rounds++ < 10_000)
        {
            _now += TimeSpan.FromMilliseconds(50);
            step = Receive(noise);
        }

        step.Failure.Should().Be(HdlcLinkFailure.Silence);
    }

    [Fact]
    public void Our_own_echo_is_ignored()
    {
        Connect();
        byte[] echo = _link.Send(Request, _now).Transmit.ToArray();

        HdlcLinkStep echoed = Receive(echo);
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 1, Answer));

        echoed.Event.Should().Be(HdlcLinkEvent.None);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.IgnoredFrameCount.Should().Be(1);
    }

    [Fact]
    public void Another_station_s_frame_is_ignored()
    {
        Connect();
        _ = _link.Send(Request, _now);

        HdlcLinkStep step = Receive(MeterFrames.Frame(MeterFrames.Client, 0x05, 0x30, [0xE6, 0xE7, 0x00, .. Answer]));

        step.Event.Should().Be(HdlcLinkEvent.None);
    }

    [Fact]
    public void DM_to_SNRM_is_a_refusal_and_DM_to_a_request_is_a_lost_link()
    {
        _ = _link.Connect(_now);
        HdlcLinkStep refused = Receive(MeterFrames.Dm());
        Connect();
        _ = _link.Send(Request, _now);
        HdlcLinkStep lost = Receive(MeterFrames.Dm());

        refused.Failure.Should().Be(HdlcLinkFailure.Refused);
        lost.Failure.Should().Be(HdlcLinkFailure.Lost);
        _link.State.Should().Be(HdlcClientState.Disconnected);
    }

    [Fact]
    public void FRMR_fails_the_exchange_and_only_SNRM_helps()
    {
        Connect();
        _ = _link.Send(Request, _now);

        HdlcLinkStep rejected = Receive(MeterFrames.Frame(0x97, "54 00 10".Octets()));
        Action send = () => _link.Send(Request, _now);

        rejected.Failure.Should().Be(HdlcLinkFailure.Rejected);
        _link.OffendingOctets.Span.ShouldBeHex("54 00 10");
        send.Should().Throw<LocalProtocolException>().Which.Code.Should().Be("HDLC-001");
    }

    [Fact]
    public void SNRM_resets_the_counters()
    {
        Connect();
        Exchange(0);
        Exchange(1);

        Connect();
        byte control = _link.Send(Request, _now).Transmit.Span[5];

        control.Should().Be(0x10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DISC_is_answered_by_UA_of_any_content_or_by_DM(bool isUa)
    {
        Connect();

        byte[] disc = _link.Disconnect(_now).Transmit.ToArray();
        HdlcLinkStep done = Receive(isUa ? MeterFrames.Vector("neg-ua-group-length-fd") : MeterFrames.Dm());

        disc.ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("disc")));
        done.Event.Should().Be(HdlcLinkEvent.Disconnected);
    }

    [Fact]
    public void UA_with_impossible_parameters_is_a_violation()
    {
        _ = _link.Connect(_now);

        HdlcLinkStep step = Receive(MeterFrames.Ua("81 80 12 05 01 08 06 01 80 07 04 00 00 00 01 08 04 00 00 00 01"));

        step.Failure.Should().Be(HdlcLinkFailure.Violation);
    }

    [Fact]
    public void An_answer_without_LLC_header_is_a_violation()
    {
        Connect();
        _ = _link.Send(Request, _now);

        HdlcLinkStep step = Receive(MeterFrames.Frame(0x30, Answer));

        step.Failure.Should().Be(HdlcLinkFailure.Violation);
    }

    [Fact]
    public void A_late_UA_or_push_in_an_exchange_changes_nothing()
    {
        Connect();
        _ = _link.Send(Request, _now);

        HdlcLinkStep ua = Receive(MeterFrames.Ua());
        HdlcLinkStep push = Receive(MeterFrames.Frame(0x13, "E6 E7 00 0F".Octets()));
        HdlcLinkStep done = Receive(MeterFrames.Information(0, 1, Answer));

        (ua.Event, push.Event, done.Event).Should().Be((HdlcLinkEvent.None, HdlcLinkEvent.None, HdlcLinkEvent.ApduReceived));
    }

    [Fact]
    public void A_request_needs_an_idle_link()
    {
        Action send = () => _link.Send(Request, _now);

        send.Should().Throw<LocalProtocolException>();
        Connect();
        _ = _link.Send(Request, _now);
        send.Should().Throw<LocalProtocolException>();
    }

    private static HdlcClientSettings Settings() => new()
    {
        Client = HdlcAddress.Client(16),
        Server = HdlcAddress.Server(1),
        ResponseTimeout = Timeout,
        Retries = 3,
    };

    private static void Collect(List<byte> sent, HdlcLinkStep step, bool isSegmented)
    {
        byte[] frame = step.Transmit.ToArray();
        ((frame[1] & 8) != 0).Should().Be(isSegmented);
        sent.AddRange(frame[8..^3]);
    }

    private void Connect()
    {
        _ = _link.Connect(_now);
        Receive(MeterFrames.Ua()).Event.Should().Be(HdlcLinkEvent.Connected);
    }

    private void Exchange(int number)
    {
        _ = _link.Send(Request, _now);
        Receive(MeterFrames.Information(number, (number + 1) % 8, Answer)).Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    private HdlcLinkStep Receive(byte[] octets)
    {
        HdlcLinkStep step = _link.Receive(octets, _now);
        return step;
    }

    private HdlcLinkStep TickAtDeadline(HdlcLinkStep? step = null)
    {
        _now = step?.NextTick ?? _now + Timeout;
        return _link.Tick(_now);
    }
}
