using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Links;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Links;

public sealed class HdlcServerLinkTests
{
    private const string DefaultUa = "7E A0 1E 21 03 73 C3 7A 81 80 12 05 01 80 06 01 80 07 04 00 00 00 01 08 04 00 00 00 01 53 3B 7E";
    private readonly ScriptedServerUser _user = new();
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Fact]
    public void Snrm_of_a_real_client_is_answered_by_the_ua_of_a_real_meter()
    {
        HdlcServerLink link = Link();

        ReadOnlyMemory<byte> answer = link.Receive("7E A0 07 03 21 93 0F 01 7E".Octets(), _now);

        answer.Span.ShouldBeHex(DefaultUa);
        _user.Events.Should().Equal("connected 16");
    }

    [Fact]
    public void Snrm_that_comes_octet_by_octet_is_answered_once()
    {
        HdlcServerLink link = Link();
        List<byte> answers = [];

        foreach (byte octet in "7E A0 07 03 21 93 0F 01 7E".Octets())
        {
            answers.AddRange(link.Receive([octet], _now).ToArray());
        }

        answers.ToArray().ShouldBeHex(DefaultUa);
    }

    [Fact]
    public void Snrm_to_the_two_octet_form_of_a_four_octet_address_is_answered_in_that_form()
    {
        HdlcServerLink link = Link(Options() with { Address = HdlcAddress.Server(1, 17, 4) });

        ServerFrame twoOctets = Exchange(link, ClientFrames.Snrm(server: "0223")).Single();
        ServerFrame fourOctets = Exchange(link, "7E A0 0A 00 02 00 23 21 93 18 71 7E".Octets()).Single();

        twoOctets.Server.Should().Be("0223");
        fourOctets.Server.Should().Be("00020023");
        fourOctets.Control.Should().Be(0x73);
    }

    [Theory]
    [InlineData("FF", "03", "all stations, one octet")]
    [InlineData("02FF", "03", "all stations, two octets")]
    [InlineData("0002FEFF", "03", "all stations, four octets")]
    [InlineData("02FD", "03", "calling device")]
    [InlineData("03", "03", "its own")]
    public void Group_addresses_reach_the_station_and_it_answers_from_its_own(string destination, string expected, string why)
    {
        HdlcServerLink link = Link();

        IReadOnlyList<ServerFrame> answer = Exchange(link, ClientFrames.Snrm(server: destination));

        answer.Should().ContainSingle(why).Which.Server.Should().Be(expected);
    }

    [Theory]
    [InlineData("05", "another upper address")]
    [InlineData("0223", "another length")]
    [InlineData("01", "no station")]
    public void Frames_for_others_are_ignored(string destination, string why)
    {
        HdlcServerLink link = Link();

        Exchange(link, ClientFrames.Snrm(server: destination)).Should().BeEmpty(why);
        link.Counters.FramesForOthers.Should().Be(1);
        link.State.Should().Be(HdlcServerState.Disconnected);
    }

    [Theory]
    [InlineData("81801205018006018007040000000108040000 0001", 128, 128, "the defaults")]
    [InlineData("81801305018006020200070400000001080400000001", 200, 128, "128 to us, 512 from us, mixed lengths, of a real client")]
    [InlineData("8180140502004006020074070400000007080400000007", 116, 64, "smaller than ours, larger windows")]
    [InlineData("81800306012 0", 32, 128, "one parameter only")]
    public void Ua_answers_the_smaller_from_its_own_point_of_view(string proposal, int transmit, int receive, string why)
    {
        HdlcServerLink link = Link(Options() with { TransmitOctets = 200, ReceiveOctets = 2030 });

        ServerFrame ua = Exchange(link, ClientFrames.Snrm(information: proposal.Replace(" ", "", StringComparison.Ordinal))).Single();

        ua.Control.Should().Be(0x73, why);
        ua.Information.Should().Be($"8180120501{transmit:X2}0601{receive:X2}070400000001080400000001", why);
    }

    [Theory]
    [InlineData("818015050180060180070400000001080400000001090101", true, 0x1F)]
    [InlineData("818015050180060180070400000001080400000001090101", false, 0x73)]
    [InlineData("818003050110", false, 0x1F)]
    [InlineData("818012050180", false, 0x1F)]
    [InlineData("FFFF", false, 0x1F)]
    public void Snrm_with_parameters_that_cannot_be_agreed_gets_dm(string proposal, bool isStrict, byte expected)
    {
        HdlcServerLink link = Link(Options() with { IsStrict = isStrict });

        Exchange(link, ClientFrames.Snrm(information: proposal)).Single().Control.Should().Be(expected);
    }

    [Fact]
    public void Disc_gets_ua_while_connected_and_dm_otherwise()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        byte connected = Exchange(link, "7E A0 07 03 21 53 03 C7 7E".Octets()).Single().Control;
        byte disconnected = Exchange(link, ClientFrames.Disc()).Single().Control;

        connected.Should().Be(0x73);
        disconnected.Should().Be(0x1F);
        _user.Events.Should().Equal("connected 16", "disconnected");
    }

    [Theory]
    [InlineData(0x10, "E6E600C0", "I")]
    [InlineData(0x11, "", "RR")]
    [InlineData(0x15, "", "RNR")]
    [InlineData(0x5F, "", "undefined")]
    public void Polls_of_a_disconnected_station_get_dm(byte control, string information, string why)
    {
        HdlcServerLink link = Link();

        Exchange(link, ClientFrames.Frame("03", 0x21, control, information)).Single().Control.Should().Be(0x1F, why);
        Exchange(link, ClientFrames.Frame("03", 0x21, (byte)(control & 0xEF), information)).Should().BeEmpty("it was not polled");
    }

    [Fact]
    public void Another_client_is_not_connected_and_its_snrm_takes_over()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        byte beforeSnrm = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0", client: 0x03)).Single().Control;
        Exchange(link, ClientFrames.Snrm(client: 0x03));
        byte afterSnrm = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0", client: 0x03)).Single().Control;

        beforeSnrm.Should().Be(0x1F);
        afterSnrm.Should().Be(0x30);
        _user.Events.Should().Equal("connected 16", "disconnected", "connected 1", "C0");
    }

    [Fact]
    public void Sequence_numbers_count_modulo_eight_and_start_again_with_snrm()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        byte[] controls = [.. Enumerable.Range(0, 9).Select(turn =>
            Exchange(link, ClientFrames.Information(turn % 8, turn % 8, "E6E600C0")).Single().Control)];
        Exchange(link, ClientFrames.Snrm());
        byte afterSnrm = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0")).Single().Control;

        controls.ShouldBeHex("30 52 74 96 B8 DA FC 1E 30", "the trace of a normal session");
        afterSnrm.Should().Be(0x30);
    }

    [Fact]
    public void Long_answer_goes_in_segments_and_each_waits_for_its_acknowledgement()
    {
        HdlcServerLink link = Link(Options() with { TransmitOctets = 32 });
        _user.Answer = [.. Enumerable.Range(0, 70).Select(value => (byte)value)];
        Exchange(link, ClientFrames.Snrm());

        ServerFrame first = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0")).Single();
        ServerFrame second = Exchange(link, ClientFrames.ReceiveReady(1)).Single();
        ServerFrame repeated = Exchange(link, ClientFrames.ReceiveReady(1)).Single();
        ServerFrame third = Exchange(link, ClientFrames.ReceiveReady(2)).Single();
        ServerFrame idle = Exchange(link, ClientFrames.ReceiveReady(3)).Single();

        new[] { first.Control, second.Control, third.Control }.ShouldBeHex("30 32 34");
        new[] { first.IsSegmented, second.IsSegmented, third.IsSegmented }.Should().Equal(true, true, false);
        repeated.Should().Be(second, "the client did not acknowledge it");
        (first.Information + second.Information + third.Information).Should().Be("E6E700" + Convert.ToHexString(_user.Answer));
        first.Information.Should().HaveLength(64);
        idle.Control.Should().Be(0x31);
    }

    [Fact]
    public void Long_request_comes_in_segments_and_each_is_acknowledged()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        byte first = Exchange(link, ClientFrames.Information(0, 0, "E6E600C102", isSegmented: true)).Single().Control;
        byte second = Exchange(link, ClientFrames.Information(1, 0, "0304", isSegmented: true)).Single().Control;
        byte last = Exchange(link, ClientFrames.Information(2, 0, "05")).Single().Control;

        new[] { first, second, last }.ShouldBeHex("31 51 70");
        _user.Events.Should().Equal("connected 16", "C102030405");
    }

    [Fact]
    public void Request_that_grows_over_the_limit_is_answered_by_the_application_as_too_long()
    {
        HdlcServerLink link = Link(Options() with { MaximumApduOctets = 40 });
        Exchange(link, ClientFrames.Snrm());
        string half = string.Concat(Enumerable.Repeat("AA", 30));

        Exchange(link, ClientFrames.Information(0, 0, "E6E600" + half, isSegmented: true));
        ServerFrame answer = Exchange(link, ClientFrames.Information(1, 0, half)).Single();
        ServerFrame next = Exchange(link, ClientFrames.Information(2, 1, "E6E600C0")).Single();

        answer.Information.Should().Be("E6E700D8");
        next.Information.Should().Be("E6E700C4");
        _user.Events.Should().Equal("connected 16", "too long", "C0");
    }

    [Fact]
    public void Repeated_request_is_not_delivered_twice_and_its_answer_is_asked_for_with_rr()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());
        byte[] request = ClientFrames.Information(0, 0, "E6E600C3");

        ServerFrame answer = Exchange(link, request).Single();
        byte onRepeat = Exchange(link, request).Single().Control;
        ServerFrame onPoll = Exchange(link, ClientFrames.ReceiveReady(0)).Single();

        onRepeat.Should().Be(0x31, "wrong N(S): RR with the expected N(R)");
        onPoll.Should().Be(answer);
        _user.Events.Should().Equal("connected 16", "C3");
    }

    [Fact]
    public void Client_that_never_got_the_answer_and_goes_on_sees_no_gap()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());
        Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));

        ServerFrame answer = Exchange(link, ClientFrames.Information(1, 0, "E6E600C1")).Single();

        answer.Control.Should().Be(0x50, "N(S) 0 again, N(R) 2");
    }

    [Fact]
    public void Unanswered_request_is_acknowledged_when_the_client_polls()
    {
        HdlcServerLink link = Link();
        _user.Answer = [];
        Exchange(link, ClientFrames.Snrm());

        IReadOnlyList<ServerFrame> onRequest = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));
        byte onPoll = Exchange(link, ClientFrames.ReceiveReady(0)).Single().Control;

        onRequest.Should().BeEmpty();
        onPoll.Should().Be(0x31);
    }

    [Fact]
    public void Answer_waits_for_the_think_time_and_polls_meanwhile_get_rr()
    {
        HdlcServerLink link = Link(Options() with { ThinkTime = TimeSpan.FromMilliseconds(300) });
        Exchange(link, ClientFrames.Snrm());

        IReadOnlyList<ServerFrame> atOnce = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0"));
        TimeSpan? due = link.NextTick;
        byte onPoll = Exchange(link, ClientFrames.ReceiveReady(0)).Single().Control;
        _now += TimeSpan.FromMilliseconds(300);
        ServerFrame answer = ClientFrames.Parse(link.Tick(_now).Span).Single();

        atOnce.Should().BeEmpty();
        due.Should().Be(TimeSpan.FromSeconds(1.3));
        onPoll.Should().Be(0x31);
        answer.Control.Should().Be(0x30);
    }

    [Theory]
    [InlineData(0x5F, "", 0x01, "undefined control")]
    [InlineData(0x11, "AA", 0x03, "RR with information")]
    [InlineData(0xB0, "E6E600C0", 0x08, "N(R) of frames that were never sent")]
    [InlineData(0x51, "", 0x08, "the same in RR")]
    public void Illegal_frame_is_rejected_until_snrm(byte control, string information, byte reason, string why)
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        ServerFrame rejected = Exchange(link, ClientFrames.Frame("03", 0x21, control, information)).Single();
        ServerFrame again = Exchange(link, ClientFrames.Information(0, 0, "E6E600C0")).Single();
        byte snrm = Exchange(link, ClientFrames.Snrm()).Single().Control;

        rejected.Control.Should().Be(0x97, why);
        rejected.Information.Should().Be($"{control:X2}00{reason:X2}", why);
        again.Should().Be(rejected, "only SNRM leads out");
        snrm.Should().Be(0x73);
        link.State.Should().Be(HdlcServerState.Connected);
    }

    [Fact]
    public void Information_longer_than_agreed_is_rejected()
    {
        HdlcServerLink link = Link(Options() with { ReceiveOctets = 32 });
        Exchange(link, ClientFrames.Snrm());

        ServerFrame rejected = Exchange(link, ClientFrames.Information(0, 0, "E6E600" + new string('0', 60))).Single();

        rejected.Information.Should().Be("100004");
        link.Counters.FrameRejects.Should().Be(1);
    }

    [Fact]
    public void Frame_with_a_wrong_checksum_is_ignored_and_the_next_is_read()
    {
        HdlcServerLink link = Link();

        IReadOnlyList<ServerFrame> bad = Exchange(link, "7E A0 07 03 21 93 0F 02 7E".Octets());
        IReadOnlyList<ServerFrame> good = Exchange(link, ClientFrames.Snrm());

        bad.Should().BeEmpty();
        good.Single().Control.Should().Be(0x73);
        link.Counters.BadFrames.Should().Be(1);
    }

    [Fact]
    public void Frame_that_breaks_off_is_given_up_after_the_inter_octet_time()
    {
        HdlcServerLink link = Link();
        byte[] brokenOff = ClientFrames.Information(0, 0, new string('A', 200))[..20];
        Exchange(link, brokenOff);

        IReadOnlyList<ServerFrame> tooEarly = Exchange(link, ClientFrames.Snrm());
        _now = link.NextTick!.Value;
        link.Tick(_now);
        IReadOnlyList<ServerFrame> afterwards = Exchange(link, ClientFrames.Snrm());

        tooEarly.Should().BeEmpty();
        afterwards.Single().Control.Should().Be(0x73);
    }

    [Fact]
    public void Silent_client_loses_its_link_without_a_word()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        TimeSpan due = link.NextTick!.Value;
        int sent = link.Tick(due).Length;
        _now = due;
        byte afterwards = Exchange(link, ClientFrames.ReceiveReady(0)).Single().Control;

        due.Should().Be(TimeSpan.FromSeconds(121));
        sent.Should().Be(0);
        afterwards.Should().Be(0x1F);
        _user.Events.Should().Equal("connected 16", "disconnected");
        link.NextTick.Should().BeNull();
    }

    [Fact]
    public void Message_without_the_llc_header_of_a_command_is_acknowledged_and_dropped()
    {
        HdlcServerLink link = Link();
        Exchange(link, ClientFrames.Snrm());

        byte response = Exchange(link, ClientFrames.Information(0, 0, "E6E700C0")).Single().Control;
        byte tooShort = Exchange(link, ClientFrames.Information(1, 0, "E6")).Single().Control;

        new[] { response, tooShort }.ShouldBeHex("31 51");
        _user.Events.Should().Equal("connected 16");
    }

    private static ServerLinkOptions Options() => new() { Address = HdlcAddress.Server(1) };

    private HdlcServerLink Link(ServerLinkOptions? options = null) => new(options ?? Options(), _user);

    private IReadOnlyList<ServerFrame> Exchange(HdlcServerLink link, byte[] octets) => ClientFrames.Parse(link.Receive(octets, _now).Span);
}
