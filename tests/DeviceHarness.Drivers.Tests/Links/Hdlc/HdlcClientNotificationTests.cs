using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>What a device tells unasked is taken in whatever the link is doing, and disturbs nothing.</summary>
public sealed class HdlcClientNotificationTests
{
    private const string Header = "E6 E7 00 ";
    private static readonly byte[] Request = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00".Octets();
    private static readonly byte[] Answer = "C4 01 C1 00 06 00 00 13 91".Octets();
    private static readonly byte[] Push = MeterFrames.Vector("event-notification-mx382");

    private readonly HdlcClientLink _link = new(new HdlcClientSettings
    {
        Client = HdlcAddress.Client(16),
        Server = HdlcAddress.Server(1),
        ResponseTimeout = TimeSpan.FromSeconds(2),
        Retries = 3,
    });

    private readonly TimeSpan _now = TimeSpan.FromSeconds(100);

    [Fact]
    public void A_UI_frame_of_another_implementation_is_taken_in_by_the_client_that_it_is_for()
    {
        byte[] vector = MeterFrames.Vector("ui-push-kamstrup-like");
        HdlcClientLink link = new(new HdlcClientSettings { Client = HdlcAddress.Client(32), Server = HdlcAddress.Server(4, 65) });

        _ = link.Receive(vector, _now);
        _ = _link.Receive(vector, _now);

        Taken(link).Should().ContainSingle().Which.ShouldBeHex(
            "0F 40 00 00 00 00 01 01 02 03 09 06 01 00 01 07 00 FF 06 00 00 01 6F 02 02 0F 00 16 1B");
        Taken(_link).Should().BeEmpty("the frame is for another client");
    }

    [Fact]
    public void A_link_that_is_down_hears_as_well_as_one_that_is_up()
    {
        _ = _link.Receive(Ui(Push), _now);
        Connect();
        HdlcLinkStep step = _link.Receive(Ui(Push), _now);

        step.Event.Should().Be(HdlcLinkEvent.None);
        step.Transmit.Length.Should().Be(0, "nothing answers a notification");
        Taken(_link).Should().HaveCount(2).And.AllSatisfy(apdu => apdu.ShouldBeHex(Convert.ToHexString(Push)));
    }

    [Fact]
    public void In_an_exchange_it_neither_answers_the_request_nor_ends_the_wait()
    {
        Connect();
        HdlcLinkStep sent = _link.Send(Request, _now);

        HdlcLinkStep push = _link.Receive(Ui(Push), _now);
        HdlcLinkStep done = _link.Receive(MeterFrames.Information(0, 1, Answer), _now);

        push.Event.Should().Be(HdlcLinkEvent.None);
        push.NextTick.Should().Be(sent.NextTick);
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.ReceivedApdu.Span.ShouldBeHex(Convert.ToHexString(Answer));
        _link.Notifications.TryTake(out LinkNotification taken).Should().BeTrue();
        taken.IsBeforeAnswer.Should().BeTrue();
    }

    [Fact]
    public void What_follows_the_answer_in_the_same_octets_came_after_it()
    {
        Connect();
        _ = _link.Send(Request, _now);

        HdlcLinkStep done = _link.Receive([.. MeterFrames.Information(0, 1, Answer), .. Ui(Push)], _now);

        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.ReceivedApdu.Span.ShouldBeHex(Convert.ToHexString(Answer));
        _link.Notifications.TryTake(out LinkNotification taken).Should().BeTrue();
        taken.IsBeforeAnswer.Should().BeFalse();
    }

    [Fact]
    public void A_notification_in_an_I_frame_comes_before_the_answer_and_is_acknowledged()
    {
        Connect();
        _ = _link.Send(Request, _now);

        byte[] ready = _link.Receive(MeterFrames.Information(0, 1, Push), _now).Transmit.ToArray();
        HdlcLinkStep done = _link.Receive(MeterFrames.Information(1, 1, Answer), _now);

        ready[5].Should().Be(0x31, "RR with N(R) 1");
        done.Event.Should().Be(HdlcLinkEvent.ApduReceived);
        _link.ReceivedApdu.Span.ShouldBeHex(Convert.ToHexString(Answer));
        Taken(_link).Should().ContainSingle().Which.ShouldBeHex(Convert.ToHexString(Push));
    }

    [Fact]
    public void A_long_notification_comes_in_blocks_of_which_only_the_first_has_the_header()
    {
        _ = _link.Receive(Ui("E0 40 00 01 00 00 03 0F 00 00".Octets()), _now);
        _ = _link.Receive(MeterFrames.Frame(0x13, "E0 40 00 02 00 00 03 00 01 00".Octets()), _now);
        _ = _link.Receive(MeterFrames.Frame(0x13, "E0 80 00 03 00 00 02 11 0A".Octets()), _now);

        Taken(_link).Should().ContainSingle().Which.ShouldBeHex("0F 00 00 00 01 00 11 0A");
        _link.Notifications.Lost.Should().Be(0);
    }

    [Fact]
    public void A_lost_block_loses_its_notification_and_not_the_next()
    {
        _ = _link.Receive(Ui("E0 40 00 01 00 00 03 0F 00 00".Octets()), _now);
        _ = _link.Receive(MeterFrames.Frame(0x13, "E0 80 00 03 00 00 02 11 0A".Octets()), _now);
        _ = _link.Receive(Ui(Push), _now);

        Taken(_link).Should().ContainSingle().Which.ShouldBeHex(Convert.ToHexString(Push));
        _link.Notifications.Lost.Should().Be(1);
    }

    [Fact]
    public void The_inbox_has_an_end_and_drops_the_oldest()
    {
        NotificationInbox inbox = new();
        for (int number = 0; number < NotificationInbox.Capacity + 3; number++)
        {
            inbox.Add([0x0F, (byte)number], isBeforeAnswer: false);
        }

        inbox.Count.Should().Be(NotificationInbox.Capacity);
        inbox.Lost.Should().Be(3);
        inbox.TryTake(out LinkNotification first).Should().BeTrue();
        first.Apdu.Span[1].Should().Be(3);
    }

    [Fact]
    public void A_UI_frame_without_anything_in_it_is_counted_as_lost()
    {
        _ = _link.Receive(MeterFrames.Frame(0x13, Header.Octets()), _now);

        Taken(_link).Should().BeEmpty();
        _link.Notifications.Lost.Should().Be(1);
    }

    private static byte[] Ui(byte[] apdu) => MeterFrames.Frame(0x13, [.. Header.Octets(), .. apdu]);

    private static List<byte[]> Taken(HdlcClientLink link)
    {
        List<byte[]> taken = [];
        while (link.Notifications.TryTake(out LinkNotification notification))
        {
            taken.Add(notification.Apdu.ToArray());
        }

        return taken;
    }

    private void Connect()
    {
        _ = _link.Connect(_now);
        _link.Receive(MeterFrames.Ua(), _now).Event.Should().Be(HdlcLinkEvent.Connected);
    }
}
