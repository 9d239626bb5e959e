using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>More than one frame in a turn, both ways.</summary>
public sealed class HdlcClientWindowTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly byte[] Request = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00".Octets();
    private static readonly byte[] Long = [.. Enumerable.Range(0, 300).Select(value => (byte)value)];

    private TimeSpan _now = TimeSpan.FromSeconds(100);

    [Fact]
    public void Windows_are_proposed_and_the_smaller_one_of_each_direction_holds()
    {
        HdlcClientLink link = new(Settings(7));

        byte[] snrm = link.Connect(_now).Transmit.ToArray();
        _ = link.Receive(Ua(transmit: 5, receive: 3), _now);

        snrm[8..^3].ShouldBeHex("81 80 12 05 01 80 06 01 80 07 04 00 00 00 07 08 04 00 00 00 07");
        link.Negotiated.WindowTransmitFrames.Should().Be(3, "the server takes 3 frames");
        link.Negotiated.WindowReceiveFrames.Should().Be(5, "the server sends 5 frames");
    }

    [Fact]
    public void A_long_request_goes_out_in_one_turn_with_the_poll_bit_in_its_last_frame_only()
    {
        HdlcClientLink link = Connect(window: 7);

        IReadOnlyList<byte[]> frames = Frames(link.Send(Long, _now));

        frames.Select(frame => frame[5]).Should().Equal(0x00, 0x02, 0x14);
        frames.Select(IsSegmented).Should().Equal(true, true, false);
        frames.SelectMany(frame => frame[8..^3]).ToArray().ShouldBeHex("E6 E6 00" + Convert.ToHexString(Long));
    }

    [Fact]
    public void A_request_longer_than_the_window_goes_out_turn_by_turn()
    {
        HdlcClientLink link = Connect(window: 2);

        IReadOnlyList<byte[]> first = Frames(link.Send(Long, _now));
        IReadOnlyList<byte[]> second = Frames(link.Receive(MeterFrames.ReceiveReady(2), _now));
        HdlcLinkStep done = link.Receive(MeterFrames.Information(0, 3, Request), _now);

        first.Select(frame => frame[5]).Should().Equal(0x00, 0x12);
        second.Select(frame => frame[5]).Should().Equal(0x14);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
    }

    [Fact]
    public void What_the_server_has_not_got_goes_out_again_from_the_first_missing_frame()
    {
        HdlcClientLink link = Connect(window: 7);
        _ = link.Send(Long, _now);

        IReadOnlyList<byte[]> again = Frames(link.Receive(MeterFrames.ReceiveReady(1), _now));
        HdlcLinkStep doubled = link.Receive(MeterFrames.ReceiveReady(1), _now);

        again.Select(frame => frame[5]).Should().Equal(0x02, 0x14);
        doubled.Transmit.IsEmpty.Should().BeTrue("a doubled RR says nothing new");
    }

    [Fact]
    public void A_lost_turn_is_asked_for_by_RR_and_sent_again_with_the_same_numbers()
    {
        HdlcClientLink link = Connect(window: 7);
        byte[] turn = link.Send(Long, _now).Transmit.ToArray();
        _now += Timeout;

        byte poll = link.Tick(_now).Transmit.Span[5];
        byte[] again = link.Receive(MeterFrames.ReceiveReady(0), _now).Transmit.ToArray();

        poll.Should().Be(0x11);
        again.ShouldBeHex(Convert.ToHexString(turn));
    }

    [Fact]
    public void A_server_that_is_busy_in_mid_request_is_polled_and_gets_the_rest_when_it_is_ready()
    {
        HdlcClientLink link = Connect(window: 2);
        _ = link.Send(Long, _now);

        HdlcLinkStep busy = link.Receive(MeterFrames.ReceiveNotReady(2), _now);
        _now = busy.NextTick!.Value;
        byte poll = link.Tick(_now).Transmit.Span[5];
        IReadOnlyList<byte[]> rest = Frames(link.Receive(MeterFrames.ReceiveReady(2), _now));

        busy.Transmit.IsEmpty.Should().BeTrue();
        poll.Should().Be(0x11);
        rest.Select(frame => frame[5]).Should().Equal(0x14);
    }

    [Fact]
    public void An_answer_is_acknowledged_once_at_the_end_of_each_turn()
    {
        HdlcClientLink link = Connect(window: 3);
        _ = link.Send(Request, _now);

        HdlcLinkStep first = link.Receive(Segment(0, isFinal: false), _now);
        HdlcLinkStep second = link.Receive(Segment(1, isFinal: false), _now);
        HdlcLinkStep third = link.Receive(Segment(2, isFinal: true), _now);
        byte[] ready = third.Transmit.ToArray();
        HdlcLinkStep done = link.Receive(Segment(3, isFinal: true, isLast: true), _now);

        first.Transmit.IsEmpty.Should().BeTrue();
        second.Transmit.IsEmpty.Should().BeTrue();
        ready[5].Should().Be(0x71, "RR with N(R) 3");
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        link.ReceivedApdu.Span.ShouldBeHex("00 01 02 03");
    }

    [Fact]
    public void A_lost_frame_in_mid_turn_is_asked_for_at_once_when_the_turn_ends()
    {
        HdlcClientLink link = Connect(window: 3);
        _ = link.Send(Request, _now);

        _ = link.Receive(Segment(0, isFinal: false), _now);
        byte[] ready = link.Receive(Segment(2, isFinal: true), _now).Transmit.ToArray();
        _ = link.Receive([.. Segment(1, isFinal: false), .. Segment(2, isFinal: true)], _now);
        HdlcLinkStep done = link.Receive(Segment(3, isFinal: true, isLast: true), _now);

        ready[5].Should().Be(0x31, "RR with N(R) 1");
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        link.ReceivedApdu.Span.ShouldBeHex("00 01 02 03");
    }

    [Fact]
    public void A_gap_that_never_closes_fails_after_the_retries()
    {
        HdlcClientLink link = Connect(window: 3);
        HdlcLinkStep step = link.Send(Request, _now);
        int polls = 0;

        while (step.Event == HdlcLinkEvent.None && polls < 100)
        {
            step = link.Receive(Segment(2, isFinal: true), _now);
            polls++;
        }

        polls.Should().Be(4);
        step.Failure.Should().Be(HdlcLinkFailure.Silence);
    }

    [Fact]
    public void A_turn_whose_last_frame_is_lost_is_fetched_from_there()
    {
        HdlcClientLink link = Connect(window: 3);
        _ = link.Send(Request, _now);
        _ = link.Receive(Segment(0, isFinal: false), _now);
        HdlcLinkStep waiting = link.Receive(Segment(1, isFinal: false), _now);

        _now = waiting.NextTick!.Value;
        byte poll = link.Tick(_now).Transmit.Span[5];
        HdlcLinkStep done = link.Receive(Segment(2, isFinal: true, isLast: true), _now);

        poll.Should().Be(0x51, "RR with N(R) 2");
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        link.ReceivedApdu.Span.ShouldBeHex("00 01 02");
    }

    [Fact]
    public void An_acknowledgement_of_frames_that_were_never_sent_is_ignored()
    {
        HdlcClientLink link = Connect(window: 7);
        _ = link.Send(Long, _now);

        HdlcLinkStep step = link.Receive(MeterFrames.ReceiveReady(5), _now);

        (step.Event, step.Transmit.IsEmpty).Should().Be((HdlcLinkEvent.None, true));
        link.IgnoredFrameCount.Should().Be(1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 9)]
    [InlineData(4, 6)]
    [InlineData(7, 5)]
    [InlineData(7, 17)]
    public void No_loss_and_no_doubling_of_frames_gives_a_wrong_answer_or_carries_a_request_out_twice(int window, int segments)
    {
        int right = 0;
        for (int seed = 0; seed < TestSize.Of(200, 20_000); seed++)
        {
            FaultyExchange exchange = new(seed, window, segments);

            exchange.Run(requests: 6);

            exchange.WrongAnswers.Should().Be(0, "seed {0}", seed);
            exchange.ExecutedTwice.Should().Be(0, "seed {0}", seed);
            right += exchange.RightAnswers;
        }

        right.Should().BePositive();
    }

    private static HdlcClientSettings Settings(uint window) => new()
    {
        Client = HdlcAddress.Client(16),
        Server = HdlcAddress.Server(1),
        Proposal = new HdlcParameters(128, 128, window, window),
        ResponseTimeout = Timeout,
        Retries = 3,
    };

    private static byte[] Ua(int transmit, int receive) =>
        MeterFrames.Ua($"81 80 12 05 01 80 06 01 80 07 04 00 00 00 0{transmit} 08 04 00 00 00 0{receive}");

    /// <summary>The nth frame of an answer whose octets count from 0.</summary>
    private static byte[] Segment(int number, bool isFinal, bool isLast = false)
    {
        byte[] information = number == 0 ? [0xE6, 0xE7, 0x00, 0x00] : [(byte)number];
        return MeterFrames.Frame(0x20 | (isFinal ? 0x10 : 0) | (number << 1), information, isSegmented: !isLast);
    }

    private static bool IsSegmented(byte[] frame) => (frame[1] & 8) != 0;

    private static IReadOnlyList<byte[]> Frames(HdlcLinkStep step)
    {
        byte[] octets = step.Transmit.ToArray();
        List<byte[]> frames = [];
        for (int start = 0; start < octets.Length;)
        {
            int end = start + (((octets[start + 1] & 7) << 8) | octets[start + 2]) + 2;
            frames.Add(octets[start..end]);
            start = end;
        }

        return frames;
    }

    private HdlcClientLink Connect(int window)
    {
        HdlcClientLink link = new(Settings((uint)window));
        _ = link.Connect(_now);
        link.Receive(Ua(window, window), _now).Event.Should().Be(HdlcLinkEvent.Connected);
        return link;
    }
}
