using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>APDUs that ask for no answer, and APDUs that come without being asked for anew.</summary>
public sealed class HdlcClientRowTests
{
    private static readonly byte[] Block = "E0 44 00 01 00 00 01 C0".Octets();
    private static readonly byte[] Answer = "E0 41 00 02 00 01 01 02".Octets();

    private readonly HdlcClientLink _link = new(new HdlcClientSettings
    {
        Client = HdlcAddress.Client(16),
        Server = HdlcAddress.Server(1),
    });

    private TimeSpan _now = TimeSpan.FromSeconds(100);

    public HdlcClientRowTests()
    {
        _ = _link.Connect(_now);
        Receive(MeterFrames.Ua()).Event.Should().Be(HdlcLinkEvent.Connected);
    }

    [Fact]
    public void An_APDU_that_asks_for_no_answer_is_over_when_the_server_has_it()
    {
        byte[] sent = _link.SendOneWay(Block, _now).Transmit.ToArray();
        HdlcLinkStep taken = Receive(MeterFrames.ReceiveReady(1));
        HdlcLinkStep next = _link.SendOneWay(Block, _now);

        sent[5].Should().Be(0x10);
        taken.Event.Should().Be(HdlcLinkEvent.ApduTaken);
        _link.ReceivedApdu.IsEmpty.Should().BeTrue();
        next.Transmit.Span[5].Should().Be(0x12, "N(S) goes on");
    }

    [Fact]
    public void A_busy_server_is_left_alone_before_the_next_one()
    {
        _ = _link.SendOneWay(Block, _now);

        Receive(MeterFrames.ReceiveNotReady(1)).Event.Should().Be(HdlcLinkEvent.None);
        _now += TimeSpan.FromMilliseconds(100);
        _link.Tick(_now).Transmit.Span[5].Should().Be(0x11, "RR asks again");
        Receive(MeterFrames.ReceiveReady(1)).Event.Should().Be(HdlcLinkEvent.ApduTaken);
    }

    [Fact]
    public void What_the_server_answers_all_the_same_is_handed_over()
    {
        _ = _link.SendOneWay(Block, _now);

        Receive(MeterFrames.Information(0, 1, Answer)).Event.Should().Be(HdlcLinkEvent.ApduReceived);

        _link.ReceivedApdu.Span.ShouldBeHex(Convert.ToHexString(Answer));
    }

    [Fact]
    public void A_lost_APDU_goes_out_again_with_its_number()
    {
        byte[] sent = _link.SendOneWay(Block, _now).Transmit.ToArray();

        _now += TimeSpan.FromSeconds(2);
        _link.Tick(_now).Transmit.Span[5].Should().Be(0x11, "a poll finds out whether it came");
        HdlcLinkStep again = Receive(MeterFrames.ReceiveReady(0));

        again.Transmit.Span.ShouldBeHex(Convert.ToHexString(sent));
        Receive(MeterFrames.ReceiveReady(1)).Event.Should().Be(HdlcLinkEvent.ApduTaken);
    }

    [Fact]
    public void An_APDU_that_follows_is_polled_for()
    {
        byte[] polled = _link.ReceiveNext(_now).Transmit.ToArray();
        HdlcLinkStep came = Receive(MeterFrames.Information(0, 0, Answer));
        byte[] received = _link.ReceivedApdu.ToArray();
        HdlcLinkStep next = _link.ReceiveNext(_now);

        polled[5].Should().Be(0x11);
        came.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        received.ShouldBeHex(Convert.ToHexString(Answer));
        next.Transmit.Span[5].Should().Be(0x31, "N(R) goes on");
    }

    [Fact]
    public void A_server_that_has_nothing_more_leaves_the_link_up()
    {
        HdlcLinkStep step = _link.ReceiveNext(_now);
        int polls = 0;
        while (step.Event == HdlcLinkEvent.None && polls < 1000)
        {
            step = Receive(MeterFrames.ReceiveReady(0));
            if (step.NextTick is TimeSpan due)
            {
                _now = due;
                step = _link.Tick(_now);
                polls++;
            }
        }

        step.Event.Should().Be(HdlcLinkEvent.NothingCame);
        polls.Should().BeGreaterThan(1);
        _link.State.Should().Be(HdlcClientState.Connected);
        _link.ReceivedApdu.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Neither_is_legal_on_a_link_that_is_down()
    {
        _link.Abandon();

        Action send = () => _link.SendOneWay(Block, _now);
        Action receive = () => _link.ReceiveNext(_now);

        send.Should().Throw<LocalProtocolException>();
        receive.Should().Throw<LocalProtocolException>();
    }

    private HdlcLinkStep Receive(byte[] octets) => _link.Receive(octets, _now);
}
