using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Links;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Links;

/// <summary>Windows above 1, frames that are lost or come twice, and a side that is busy.</summary>
public sealed class HdlcServerWindowTests
{
    private const string LargeWindows = "8180120501800601800704000000070804 00000007";
    private readonly ScriptedServerUser _user = new();
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(7, 7, "0704000000070804 00000007", 7, 7)]
    [InlineData(3, 5, "0704000000070804 00000007", 3, 5)]
    [InlineData(7, 7, "0704000000020804 00000004", 4, 2)]
    [InlineData(7, 7, "", 1, 1)]
    public void Each_window_is_the_smaller_of_both_wishes(
        int transmit, int receive, string windows, int expectedTransmit, int expectedReceive)
    {
        HdlcServerLink link = Link(Options(transmit, receive));
        string proposal = windows.Length == 0 ? "" : Compact("8180120501800601 80" + windows);

        ServerFrame ua = Exchange(link, ClientFrames.Snrm(information: proposal)).Single();

        ua.Information.Should().EndWith($"07040000000{expectedTransmit}08040000000{expectedReceive}");
    }

    [Fact]
    public void The_polls_of_a_captured_client_fetch_the_segments_that_its_meter_sent()
    {
        (string Direction, byte[] Octets)[] capture = ThirdPartyVectors.Frames("segmented-get-block-9-frames");
        HdlcServerLink link = Link(Options(1, 1) with { TransmitOctets = 117 });
        Exchange(link, ClientFrames.Snrm());
        Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));
        Exchange(link, ClientFrames.Information(1, 1, "E6E600C0"));
        _user.Answer = [.. capture.Where(frame => frame.Direction == "server")
            .SelectMany(frame => Convert.FromHexString(ClientFrames.Parse(frame.Octets).Single().Information)).Skip(3)];

        byte[] sent = link.Receive(ClientFrames.Information(2, 2, "E6E600C0"), _now).ToArray();

        foreach ((string direction, byte[] octets) in capture)
        {
            if (direction == "server")
            {
                // That meter counts the polls in N(R) too, which no standard asks for: all else is the same.
                ServerFrame expected = ClientFrames.Parse(octets).Single();
                ServerFrame frame = ClientFrames.Parse(sent).Single();
                frame.Should().Be(expected with { Control = (byte)((expected.Control & 0x1F) | 0x60) });
            }
            else
            {
                sent = link.Receive(octets, _now).ToArray();
            }
        }
    }

    [Fact]
    public void A_long_answer_fills_the_window_and_only_its_last_frame_is_final()
    {
        HdlcServerLink link = Connected(transmit: 3, receive: 1);
        _user.Answer = Octets(200);

        IReadOnlyList<ServerFrame> first = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));
        IReadOnlyList<ServerFrame> second = Exchange(link, ClientFrames.ReceiveReady(3));
        IReadOnlyList<ServerFrame> third = Exchange(link, ClientFrames.ReceiveReady(6));

        Controls(first).ShouldBeHex("20 22 34", "N(S) 0, 1 and 2, final on the third");
        Controls(second).ShouldBeHex("26 28 3A");
        Controls(third).ShouldBeHex("3C");
        first.Concat(second).Should().OnlyContain(frame => frame.IsSegmented);
        third.Single().IsSegmented.Should().BeFalse();
        string.Concat(first.Concat(second).Concat(third).Select(frame => frame.Information))
            .Should().Be("E6E700" + Convert.ToHexString(_user.Answer));
    }

    [Fact]
    public void A_window_of_seven_counts_on_through_zero()
    {
        HdlcServerLink link = Connected(transmit: 7, receive: 1);
        _user.Answer = Octets(600);

        List<ServerFrame> frames = [.. Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"))];
        while (frames[^1].IsSegmented)
        {
            frames.AddRange(Exchange(link, ClientFrames.ReceiveReady(frames.Count % 8)));
        }

        frames.Should().HaveCount(19);
        frames.Select((frame, index) => ((frame.Control >> 1) & 7) - (index % 8)).Should().AllBeEquivalentTo(0);
        frames.Select(frame => (frame.Control & 0x10) != 0).Should().Equal(
            Enumerable.Range(0, 19).Select(index => index % 7 == 6 || index == 18));
        string.Concat(frames.Select(frame => frame.Information)).Should().Be("E6E700" + Convert.ToHexString(_user.Answer));
    }

    [Theory]
    [InlineData(0, "20 22 34")]
    [InlineData(1, "22 24 36")]
    [InlineData(2, "24 26 38")]
    public void What_the_client_missed_is_sent_again_from_there(int receiveSequence, string expected)
    {
        HdlcServerLink link = Connected(transmit: 3, receive: 1);
        _user.Answer = Octets(400);
        IReadOnlyList<ServerFrame> first = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));

        IReadOnlyList<ServerFrame> again = Exchange(link, ClientFrames.ReceiveReady(receiveSequence));

        Controls(again).ShouldBeHex(expected);
        again[0].Information.Should().Be(first[receiveSequence].Information);
        link.Counters.FramesRepeated.Should().Be(3 - receiveSequence);
    }

    [Fact]
    public void A_long_answer_reaches_a_client_that_loses_every_third_frame()
    {
        HdlcServerLink link = Connected(transmit: 5, receive: 1);
        _user.Answer = Octets(2000);
        string message = string.Empty;
        int expected = 0;
        int seen = 0;
        bool isWhole = false;
        IReadOnlyList<ServerFrame> frames = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));

        while (!isWhole)
        {
            foreach (ServerFrame frame in frames)
            {
                bool isLost = ++seen % 3 == 0;
                if (!isLost && ((frame.Control >> 1) & 7) == expected)
                {
                    message += frame.Information;
                    expected = (expected + 1) % 8;
                    isWhole = !frame.IsSegmented;
                }
            }

            frames = Exchange(link, ClientFrames.ReceiveReady(expected));
        }

        message.Should().Be("E6E700" + Convert.ToHexString(_user.Answer));
        seen.Should().BeGreaterThan(63);
    }

    [Fact]
    public void A_long_request_may_fill_the_window_before_it_is_acknowledged()
    {
        HdlcServerLink link = Connected(transmit: 1, receive: 5);

        IReadOnlyList<ServerFrame>[] unpolled =
        [
            Exchange(link, Segment(0, "E6E600C1")), Exchange(link, Segment(1, "02")), Exchange(link, Segment(2, "03")),
            Exchange(link, Segment(3, "04")),
        ];
        byte polled = Exchange(link, Segment(4, "05", isPolled: true)).Single().Control;
        byte last = Exchange(link, ClientFrames.Information(5, 0, "06")).Single().Control;

        unpolled.Should().AllSatisfy(frames => frames.Should().BeEmpty());
        polled.Should().Be(0xB1, "RR, N(R) 5");
        last.Should().Be(0xD0);
        _user.Events.Should().Equal("connected 16", "C10203040506");
    }

    [Fact]
    public void A_lost_segment_is_asked_for_and_what_came_after_it_is_not_taken()
    {
        HdlcServerLink link = Connected(transmit: 1, receive: 7);
        Exchange(link, Segment(0, "E6E600C1"));

        Exchange(link, Segment(2, "03"));
        byte polled = Exchange(link, ClientFrames.Information(3, 0, "04")).Single().Control;
        Exchange(link, Segment(1, "02"));
        Exchange(link, Segment(2, "03"));
        byte answer = Exchange(link, ClientFrames.Information(3, 0, "04")).Single().Control;

        polled.Should().Be(0x31, "RR, N(R) 1");
        answer.Should().Be(0x90);
        link.Counters.FramesNotTaken.Should().Be(2);
        _user.Events.Should().Equal("connected 16", "C1020304");
    }

    [Fact]
    public void Segments_that_come_twice_are_taken_once()
    {
        HdlcServerLink link = Connected(transmit: 1, receive: 7);

        Exchange(link, Segment(0, "E6E600C1"));
        Exchange(link, Segment(0, "E6E600C1"));
        Exchange(link, Segment(1, "02"));
        Exchange(link, Segment(0, "E6E600C1"));
        Exchange(link, ClientFrames.Information(2, 0, "03"));

        _user.Events.Should().Equal("connected 16", "C10203");
    }

    [Fact]
    public void A_client_that_sends_beyond_the_window_is_held_to_it()
    {
        HdlcServerLink link = Connected(transmit: 1, receive: 2);
        Exchange(link, Segment(0, "E6E600C1"));
        Exchange(link, Segment(1, "02"));

        byte beyond = Exchange(link, Segment(2, "03", isPolled: true)).Single().Control;
        byte again = Exchange(link, Segment(2, "03", isPolled: true)).Single().Control;

        beyond.Should().Be(0x51, "RR, N(R) 2: the third was not taken");
        again.Should().Be(0x71, "after the poll the window is open again");
    }

    [Fact]
    public void A_client_that_is_busy_gets_nothing_until_it_is_ready()
    {
        HdlcServerLink link = Connected(transmit: 3, receive: 1);
        _user.Answer = Octets(200);
        Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));

        byte whileBusy = Exchange(link, NotReady(2)).Single().Control;
        byte stillBusy = Exchange(link, NotReady(2)).Single().Control;
        IReadOnlyList<ServerFrame> ready = Exchange(link, ClientFrames.ReceiveReady(2));

        whileBusy.Should().Be(0x31, "RR: the first two are acknowledged, the rest waits");
        stillBusy.Should().Be(0x31);
        Controls(ready).ShouldBeHex("24 26 38");
    }

    [Fact]
    public void An_answer_that_becomes_due_while_the_client_is_busy_waits_for_its_poll()
    {
        HdlcServerLink link = Connected(Options(1, 1) with { ThinkTime = TimeSpan.FromMilliseconds(300) });
        Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));
        Exchange(link, NotReady(0));

        _now += TimeSpan.FromMilliseconds(300);
        int sentUnasked = link.Tick(_now).Length;
        byte answer = Exchange(link, ClientFrames.ReceiveReady(0)).Single().Control;

        sentUnasked.Should().Be(0);
        answer.Should().Be(0x30);
    }

    [Fact]
    public void A_station_that_is_busy_says_so_and_takes_nothing()
    {
        HdlcServerLink link = Connected(
            Options(1, 7) with { ThinkTime = TimeSpan.FromMilliseconds(300), IsBusyWhileThinking = true });
        Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));

        byte poll = Exchange(link, ClientFrames.ReceiveReady(0)).Single().Control;
        byte nextRequest = Exchange(link, ClientFrames.Information(1, 0, "E6E600C1")).Single().Control;
        _now += TimeSpan.FromMilliseconds(300);
        int sentUnasked = link.Tick(_now).Length;
        byte answer = Exchange(link, ClientFrames.ReceiveReady(0)).Single().Control;

        poll.Should().Be(0x35, "RNR, N(R) 1");
        nextRequest.Should().Be(0x35, "RNR, N(R) still 1");
        sentUnasked.Should().Be(0, "the poll was answered by RNR; the next one fetches the answer");
        answer.Should().Be(0x30);
        _user.Events.Should().Equal("connected 16", "C0");
    }

    private static ServerLinkOptions Options(int transmit, int receive) => new()
    {
        Address = HdlcAddress.Server(1),
        TransmitWindowFrames = transmit,
        ReceiveWindowFrames = receive,
        TransmitOctets = 32,
    };

    private static string Compact(string hex) => hex.Replace(" ", "", StringComparison.Ordinal);

    private static byte[] Octets(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)index)];

    private static byte[] Controls(IReadOnlyList<ServerFrame> frames) => [.. frames.Select(frame => frame.Control)];

    private static byte[] NotReady(int receiveSequence) => ClientFrames.Frame("03", 0x21, (byte)((receiveSequence << 5) | 0x15));

    private static byte[] Segment(int sendSequence, string information, bool isPolled = false) => ClientFrames.Frame(
        "03", 0x21, (byte)((sendSequence << 1) | (isPolled ? 0x10 : 0)), information, isSegmented: true);

    private HdlcServerLink Link(ServerLinkOptions options) => new(options, _user);

    private HdlcServerLink Connected(int transmit, int receive) => Connected(Options(transmit, receive));

    private HdlcServerLink Connected(ServerLinkOptions options)
    {
        HdlcServerLink link = Link(options);
        Exchange(link, ClientFrames.Snrm(information: Compact(LargeWindows))).Single().Control.Should().Be(0x73);
        return link;
    }

    private IReadOnlyList<ServerFrame> Exchange(HdlcServerLink link, byte[] octets) => ClientFrames.Parse(link.Receive(octets, _now).Span);
}
