using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Virtual.Links;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Links;

/// <summary>What every frame does in every state, and four-octet addresses.</summary>
public sealed class HdlcServerStatesTests
{
    private const string Wide = "00020023";
    private readonly ScriptedServerUser _user = new();
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(HdlcServerState.Disconnected, 0x93, 0x73, HdlcServerState.Connected, "SNRM")]
    [InlineData(HdlcServerState.Disconnected, 0x53, 0x1F, HdlcServerState.Disconnected, "DISC")]
    [InlineData(HdlcServerState.Disconnected, 0x11, 0x1F, HdlcServerState.Disconnected, "RR")]
    [InlineData(HdlcServerState.Disconnected, 0x15, 0x1F, HdlcServerState.Disconnected, "RNR")]
    [InlineData(HdlcServerState.Disconnected, 0x73, 0, HdlcServerState.Disconnected, "UA, which no client sends")]
    [InlineData(HdlcServerState.Disconnected, 0x13, 0, HdlcServerState.Disconnected, "UI")]
    [InlineData(HdlcServerState.Connected, 0x93, 0x73, HdlcServerState.Connected, "SNRM")]
    [InlineData(HdlcServerState.Connected, 0x53, 0x73, HdlcServerState.Disconnected, "DISC")]
    [InlineData(HdlcServerState.Connected, 0x11, 0x11, HdlcServerState.Connected, "RR")]
    [InlineData(HdlcServerState.Connected, 0x01, 0, HdlcServerState.Connected, "RR without the poll bit")]
    [InlineData(HdlcServerState.Connected, 0x15, 0x11, HdlcServerState.Connected, "RNR")]
    [InlineData(HdlcServerState.Connected, 0x05, 0, HdlcServerState.Connected, "RNR without the poll bit")]
    [InlineData(HdlcServerState.Connected, 0x1F, 0, HdlcServerState.Connected, "DM, which no client sends")]
    [InlineData(HdlcServerState.Connected, 0x97, 0, HdlcServerState.Connected, "FRMR, which no client sends")]
    [InlineData(HdlcServerState.Connected, 0x13, 0, HdlcServerState.Connected, "UI")]
    [InlineData(HdlcServerState.Connected, 0x5F, 0x97, HdlcServerState.FrameReject, "undefined")]
    [InlineData(HdlcServerState.FrameReject, 0x93, 0x73, HdlcServerState.Connected, "SNRM")]
    [InlineData(HdlcServerState.FrameReject, 0x53, 0x73, HdlcServerState.Disconnected, "DISC")]
    [InlineData(HdlcServerState.FrameReject, 0x11, 0x97, HdlcServerState.FrameReject, "RR")]
    [InlineData(HdlcServerState.FrameReject, 0x01, 0, HdlcServerState.FrameReject, "RR without the poll bit")]
    [InlineData(HdlcServerState.FrameReject, 0x10, 0x97, HdlcServerState.FrameReject, "I")]
    [InlineData(HdlcServerState.FrameReject, 0x5F, 0x97, HdlcServerState.FrameReject, "undefined")]
    public void Each_frame_is_answered_by_the_state(
        HdlcServerState state, byte control, byte answer, HdlcServerState next, string what)
    {
        HdlcServerLink link = Link(state);

        IReadOnlyList<ServerFrame> frames = Exchange(link, ClientFrames.Frame("03", 0x21, control));

        frames.Select(frame => frame.Control).Should().Equal(answer == 0 ? [] : [answer], what);
        link.State.Should().Be(next, what);
    }

    [Fact]
    public void Snrm_that_cannot_be_agreed_gets_dm_in_every_state_and_changes_nothing()
    {
        foreach (HdlcServerState state in Enum.GetValues<HdlcServerState>())
        {
            HdlcServerLink link = Link(state);

            byte answer = Exchange(link, ClientFrames.Snrm(information: "818003050110")).Single().Control;

            answer.Should().Be(0x1F);
            link.State.Should().Be(state);
        }
    }

    [Fact]
    public void Frame_reject_tells_what_the_station_had_counted()
    {
        HdlcServerLink link = Link(HdlcServerState.Connected);
        Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));
        Exchange(link, ClientFrames.Information(1, 1, "E6E600C0"));

        ServerFrame rejected = Exchange(link, ClientFrames.Information(2, 5, "E6E600C0")).Single();

        rejected.Information.Should().Be("B4" + "44" + "08", "N(R) 5 was rejected at V(S) 2, V(R) 2");
    }

    [Fact]
    public void A_silent_client_loses_its_link_after_a_frame_reject_too()
    {
        HdlcServerLink link = Link(HdlcServerState.FrameReject);

        _now = link.NextTick!.Value;
        link.Tick(_now);

        link.State.Should().Be(HdlcServerState.Disconnected);
        _user.Events.Should().Equal("connected 16", "disconnected");
    }

    [Fact]
    public void Frames_for_others_and_noise_do_not_keep_a_link_alive()
    {
        HdlcServerLink link = Link(HdlcServerState.Connected);
        TimeSpan due = link.NextTick!.Value;

        _now += TimeSpan.FromSeconds(60);
        Exchange(link, ClientFrames.ReceiveReady(0, server: "05"));
        Exchange(link, [0x7E, 0xA0, 0x07, 0x03, 0x21, 0x11, 0x00, 0x00, 0x7E]);

        link.NextTick.Should().Be(due);
    }

    [Fact]
    public void A_frame_of_the_client_begins_the_time_anew()
    {
        HdlcServerLink link = Link(HdlcServerState.Connected);
        TimeSpan due = link.NextTick!.Value;

        _now += TimeSpan.FromSeconds(60);
        Exchange(link, ClientFrames.ReceiveReady(0));

        link.NextTick.Should().Be(due + TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_session_runs_at_a_four_octet_address()
    {
        HdlcServerLink link = new(Options() with { Address = HdlcAddress.Server(1, 17, 4) }, _user);

        ServerFrame ua = Exchange(link, ClientFrames.Snrm(server: Wide)).Single();
        ServerFrame answer = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0", server: Wide)).Single();
        ServerFrame ready = Exchange(link, ClientFrames.ReceiveReady(1, server: Wide)).Single();
        ServerFrame closed = Exchange(link, ClientFrames.Disc(server: Wide)).Single();

        new[] { ua, answer, ready, closed }.Select(frame => frame.Server).Should().AllBe(Wide);
        new[] { ua.Control, answer.Control, ready.Control, closed.Control }.Should().Equal(0x73, 0x30, 0x31, 0x73);
    }

    [Theory]
    [InlineData("00020025", "another lower address")]
    [InlineData("00040023", "another upper address")]
    [InlineData("02020023", "an upper address beyond 127")]
    [InlineData("03", "the upper address alone, which is no form of a device with a lower one")]
    [InlineData("0225", "the two-octet form of another lower address")]
    public void Four_octet_stations_ignore_frames_for_others(string server, string why)
    {
        HdlcServerLink link = new(Options() with { Address = HdlcAddress.Server(1, 17, 4) }, _user);

        Exchange(link, ClientFrames.Snrm(server: server)).Should().BeEmpty(why);
    }

    [Fact]
    public void Four_octet_addresses_reach_beyond_127()
    {
        HdlcServerLink link = new(Options() with { Address = HdlcAddress.Server(0x1234, 0x3FF0, 4) }, _user);

        ServerFrame ua = Exchange(link, ClientFrames.Snrm(server: "4868FEE1")).Single();

        ua.Server.Should().Be("4868FEE1");
    }

    private static ServerLinkOptions Options() => new() { Address = HdlcAddress.Server(1) };

    private HdlcServerLink Link(HdlcServerState state)
    {
        HdlcServerLink link = new(Options(), _user);
        if (state != HdlcServerState.Disconnected)
        {
            Exchange(link, ClientFrames.Snrm());
        }

        if (state == HdlcServerState.FrameReject)
        {
            Exchange(link, ClientFrames.Frame("03", 0x21, 0x5F));
        }

        link.State.Should().Be(state);
        return link;
    }

    private IReadOnlyList<ServerFrame> Exchange(HdlcServerLink link, byte[] octets) => ClientFrames.Parse(link.Receive(octets, _now).Span);
}
