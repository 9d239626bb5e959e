using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>Long server addresses, what a server says when it is not connected, and lines that echo.</summary>
public sealed class HdlcClientAddressingTests
{
    private static readonly byte[] Request = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00".Octets();
    private static readonly byte[] Answer = "C4 01 C1 00 06 00 00 13 91".Octets();

    private readonly TimeSpan _now = TimeSpan.FromSeconds(100);

    [Fact]
    public void A_four_octet_server_address_speaks_the_frames_of_the_vectors()
    {
        HdlcClientLink link = new(Settings(client: 16, HdlcAddress.Server(1, 17, 4)));

        byte[] snrm = link.Connect(_now).Transmit.ToArray();
        byte[] ua = MeterFrames.Vector("ua-4byte-server-2byte-values");
        HdlcLinkStep other = link.Receive(ua, _now);

        snrm.ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("snrm-4byte-server")));
        other.Event.Should().Be(HdlcLinkEvent.None, "that UA is for client 1");
        HdlcClientLink management = new(Settings(client: 1, HdlcAddress.Server(1, 17, 4)));
        _ = management.Connect(_now);
        management.Receive(ua, _now).Event.Should().Be(HdlcLinkEvent.Connected);
    }

    [Fact]
    public void The_reject_of_the_vector_is_told_in_words()
    {
        HdlcClientLink link = new(Settings(client: 1, HdlcAddress.Server(1, 2836, 4)));
        byte[] frmr = MeterFrames.Vector("frmr-n-s-mismatch");
        _ = link.Connect(_now);

        HdlcLinkStep step = link.Receive(frmr, _now);

        step.Failure.Should().Be(HdlcLinkFailure.Refused);
        Connect(link);
        _ = link.Send(Request, _now);
        link.Receive(frmr, _now).Failure.Should().Be(HdlcLinkFailure.Rejected);
        link.FailureText.Should().Contain("FRMR rejects I N(S)=2 N(R)=2 P/F").And.Contain("reason 10");
    }

    [Fact]
    public void The_reasons_of_a_reject_are_named()
    {
        HdlcClientLink link = new(Settings(client: 16, HdlcAddress.Server(1)));
        _ = link.Connect(_now);
        _ = link.Receive(MeterFrames.Ua(), _now);
        _ = link.Send(Request, _now);

        _ = link.Receive(MeterFrames.Frame(0x97, "10 00 0C".Octets()), _now);

        link.FailureText.Should().Contain("information too long").And.Contain("N(R) out of range");
    }

    [Theory]
    [InlineData(HdlcClientState.Disconnected)]
    [InlineData(HdlcClientState.Connecting)]
    [InlineData(HdlcClientState.Connected)]
    [InlineData(HdlcClientState.Exchanging)]
    [InlineData(HdlcClientState.Disconnecting)]
    public void DM_means_what_the_state_makes_of_it(HdlcClientState state)
    {
        HdlcClientLink link = In(state);

        HdlcLinkStep step = link.Receive(MeterFrames.Dm(), _now);

        (step.Event, step.Failure).Should().Be(state switch
        {
            HdlcClientState.Disconnected => (HdlcLinkEvent.None, HdlcLinkFailure.None),
            HdlcClientState.Connecting => (HdlcLinkEvent.Failed, HdlcLinkFailure.Refused),
            HdlcClientState.Disconnecting => (HdlcLinkEvent.Disconnected, HdlcLinkFailure.None),
            _ => (HdlcLinkEvent.Failed, HdlcLinkFailure.Lost),
        });
        link.State.Should().Be(HdlcClientState.Disconnected);
    }

    [Theory]
    [InlineData(HdlcClientState.Disconnected)]
    [InlineData(HdlcClientState.Connecting)]
    [InlineData(HdlcClientState.Connected)]
    [InlineData(HdlcClientState.Exchanging)]
    public void DISC_may_be_sent_in_every_state_and_takes_the_link_down(HdlcClientState state)
    {
        HdlcClientLink link = In(state);

        byte[] disc = link.Disconnect(_now).Transmit.ToArray();
        HdlcLinkStep done = link.Receive(MeterFrames.Ua(), _now);

        disc[5].Should().Be(0x53);
        done.Event.Should().Be(HdlcLinkEvent.Disconnected);
        link.State.Should().Be(HdlcClientState.Disconnected);
    }

    [Fact]
    public void An_unanswered_DISC_is_sent_again_and_the_link_is_down_at_the_end_all_the_same()
    {
        HdlcClientLink link = In(HdlcClientState.Connected);
        HdlcLinkStep step = link.Disconnect(_now);
        int sent = 1;

        while (step.Event == HdlcLinkEvent.None)
        {
            step = link.Tick(step.NextTick!.Value);
            sent += step.Transmit.IsEmpty ? 0 : 1;
        }

        sent.Should().Be(4);
        step.Failure.Should().Be(HdlcLinkFailure.Silence);
        link.State.Should().Be(HdlcClientState.Disconnected);
    }

    [Fact]
    public void An_echo_is_told_from_the_server_s_frames_although_both_have_the_same_address_octets()
    {
        HdlcClientLink link = new(Settings(client: 1, HdlcAddress.Server(1)));
        byte[] snrm = link.Connect(_now).Transmit.ToArray();
        _ = link.Receive([.. snrm, .. Frame(0x73, [])], _now);
        byte[] request = link.Send(Request, _now).Transmit.ToArray();
        _ = link.Receive(request, _now);
        _ = link.Receive(Frame(0x30, [0xE6, 0xE7, 0x00, .. Answer]), _now);
        _ = link.Receive(link.Send(Request, _now).Transmit.ToArray(), _now);

        // The second request is lost. The echo of the poll, RR with N(R) 1, looks like the server's acknowledgement of nothing new; what
        // the server itself says is that the request has not come.
        byte[] poll = link.Tick(_now + TimeSpan.FromSeconds(2)).Transmit.ToArray();
        HdlcLinkStep echoed = link.Receive(poll, _now + TimeSpan.FromSeconds(2));
        HdlcLinkStep answered = link.Receive(Frame(0x31, []), _now + TimeSpan.FromSeconds(2));

        echoed.Transmit.IsEmpty.Should().BeTrue("an echo is no answer");
        answered.Transmit.Span[5].Should().Be(0x32, "the request, with the same N(S)");
        link.EchoCount.Should().Be(4);
    }

    private static HdlcClientSettings Settings(int client, HdlcAddress server) => new()
    {
        Client = HdlcAddress.Client(client),
        Server = server,
        ResponseTimeout = TimeSpan.FromSeconds(2),
        Retries = 3,
    };

    private static byte[] Frame(int control, byte[] information) => MeterFrames.Frame(0x03, 0x03, control, information);

    private void Connect(HdlcClientLink link)
    {
        byte[] snrm = link.Connect(_now).Transmit.ToArray();

        // UA with the addresses of the SNRM turned round: 4-octet destination, 1-octet source.
        byte[] body = [0xA0, 0x0A, snrm[7], .. snrm[3..7], 0x73];
        _ = link.Receive(MeterFrames.Checked(body), _now);
        link.State.Should().Be(HdlcClientState.Connected);
    }

    private HdlcClientLink In(HdlcClientState state)
    {
        HdlcClientLink link = new(Settings(client: 16, HdlcAddress.Server(1)));
        if (state == HdlcClientState.Disconnected)
        {
            return link;
        }

        _ = link.Connect(_now);
        if (state == HdlcClientState.Connecting)
        {
            return link;
        }

        _ = link.Receive(MeterFrames.Ua(), _now);
        if (state == HdlcClientState.Exchanging)
        {
            _ = link.Send(Request, _now);
        }
        else if (state == HdlcClientState.Disconnecting)
        {
            _ = link.Disconnect(_now);
        }

        return link;
    }
}
