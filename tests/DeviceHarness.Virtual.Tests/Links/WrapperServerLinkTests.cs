using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Links;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Links;

public sealed class WrapperServerLinkTests
{
    private readonly ScriptedServerUser _user = new();
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_first_message_of_a_real_client_attaches_it_and_is_answered_the_other_way_round()
    {
        WrapperServerLink link = Link();

        byte[] answer = link.Receive(ThirdPartyVectors.Octets("wrapper-aarq"), _now).ToArray();

        answer.ShouldBeHex("0001 0001 0010 0001 C4");
        _user.Events.Should().Equal("connected 16", ThirdPartyVectors.Hex("wrapper-aarq")[16..]);
    }

    [Fact]
    public void Messages_in_any_pieces_are_read_the_same()
    {
        byte[] both = [.. Message(16, 1, "C001"), .. Message(16, 1, "C002")];
        for (int cut = 0; cut <= both.Length; cut++)
        {
            _user.Events.Clear();
            WrapperServerLink link = Link();

            byte[] answers = [.. link.Receive(both.AsSpan(0, cut), _now).ToArray(), .. link.Receive(both.AsSpan(cut), _now).ToArray()];

            answers.ShouldBeHex("0001 0001 0010 0001 C4 0001 0001 0010 0001 C4");
            _user.Events.Should().Equal("connected 16", "C001", "C002");
        }
    }

    [Fact]
    public void Another_client_takes_over()
    {
        WrapperServerLink link = Link();
        link.Receive(Message(16, 1, "C001"), _now);

        link.Receive(Message(1, 1, "C002"), _now);

        _user.Events.Should().Equal("connected 16", "C001", "disconnected", "connected 1", "C002");
    }

    [Theory]
    [InlineData(16, 2)]
    [InlineData(0, 1)]
    public void Messages_for_others_are_not_answered(int source, int destination)
    {
        WrapperServerLink link = Link();

        link.Receive(Message(source, destination, "C001"), _now).Length.Should().Be(0);

        link.Counters.FramesForOthers.Should().Be(1);
        link.IsLost.Should().BeFalse();
    }

    [Fact]
    public void Another_version_loses_the_connection_until_the_next_one()
    {
        WrapperServerLink link = Link();
        link.Receive(Message(16, 1, "C001"), _now);

        link.Receive(ThirdPartyVectors.Octets("wrapper-bad-version"), _now).Length.Should().Be(0);
        bool isLost = link.IsLost;
        int ignored = link.Receive(Message(16, 1, "C001"), _now).Length;
        link.Reset();

        isLost.Should().BeTrue();
        ignored.Should().Be(0);
        link.Receive(Message(16, 1, "C001"), _now).Length.Should().Be(9);
        _user.Events.Should().Equal("connected 16", "C001", "disconnected", "connected 16", "C001");
    }

    [Fact]
    public void A_silent_client_loses_its_connection()
    {
        WrapperServerLink link = Link();
        link.Receive(Message(16, 1, "C001"), _now);

        TimeSpan due = link.NextTick!.Value;
        link.Tick(due);

        due.Should().Be(TimeSpan.FromSeconds(121));
        link.IsLost.Should().BeTrue();
        _user.Events.Should().EndWith("disconnected");
    }

    [Fact]
    public void The_think_time_passes_before_each_answer()
    {
        WrapperServerLink link = new(Options() with { ThinkTime = TimeSpan.FromMilliseconds(300) }, _user);

        int atOnce = link.Receive([.. Message(16, 1, "C001"), .. Message(16, 1, "C002")], _now).Length;
        TimeSpan? due = link.NextTick;
        _now += TimeSpan.FromMilliseconds(300);

        atOnce.Should().Be(0);
        due.Should().Be(TimeSpan.FromSeconds(1.3));
        link.Tick(_now).Length.Should().Be(18);
    }

    [Fact]
    public void A_message_longer_than_the_device_reads_is_answered_as_too_long()
    {
        WrapperServerLink link = new(Options() with { MaximumApduOctets = 4 }, _user);

        byte[] answer = link.Receive(Message(16, 1, "C001C1000F"), _now).ToArray();

        answer.ShouldBeHex("0001 0001 0010 0001 D8");
        _user.Events.Should().Equal("connected 16", "too long");
    }

    [Fact]
    public void The_largest_message_fits_and_the_next_one_is_read()
    {
        WrapperServerLink link = new(Options() with { MaximumApduOctets = ushort.MaxValue }, _user);
        byte[] largest = Message(16, 1, new string('A', 2 * ushort.MaxValue));

        byte[] answers = link.Receive([.. largest, .. Message(16, 1, "C002")], _now).ToArray();

        answers.Should().HaveCount(18);
        _user.Events[^1].Should().Be("C002");
    }

    private static ServerLinkOptions Options() => new() { Address = HdlcAddress.Server(1) };

    private static byte[] Message(int source, int destination, string apdu) =>
        Convert.FromHexString($"0001{source:X4}{destination:X4}{apdu.Length / 2:X4}{apdu}");

    private WrapperServerLink Link() => new(Options(), _user);
}
