using DeviceHarness.Codecs.Ash;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee.Ncp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

public sealed class AshNcpTests : IAshNcpUser
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);
    private static readonly byte[] Message = [1, 2, 3, 4];

    private readonly List<string> _taken = [];
    private byte[]? _answer;
    private AshNcp? _link;

    [Fact]
    public void A_reset_is_answered_by_a_cancel_and_the_software_reset_code()
    {
        AshNcp link = Make();

        link.Receive("1A C0 38 BC 7E".Octets(), Start).Span.ShouldBeHex("1A C1 02 0B 0A 52 7E");
        link.State.Should().Be(AshNcpState.Connected);
        _taken.Should().Equal("reset");
    }

    [Fact]
    public void Nothing_but_a_reset_is_listened_to_before_the_first()
    {
        AshNcp link = Make();

        link.Receive(AshLine.Write(AshControl.Data(0, 0), Message), Start).Length.Should().Be(0);
        link.TrySend(Message, isCallback: false).Should().BeFalse();
        _taken.Should().BeEmpty();
    }

    [Fact]
    public void A_frame_is_acknowledged_after_a_short_wait_when_no_answer_rides()
    {
        AshNcp link = Connect();

        link.Receive(AshLine.Write(AshControl.Data(0, 0), Message), Start).Length.Should().Be(0);

        link.NextTick.Should().Be(Start + TimeSpan.FromMilliseconds(20));
        AshLine.Texts(link.Tick(Start + TimeSpan.FromMilliseconds(20))).Should().Equal("ACK, expects 1");
        link.NextTick.Should().BeNull();
        _taken.Should().Equal("reset", "01020304");
    }

    [Fact]
    public void An_answer_carries_the_acknowledgement()
    {
        AshNcp link = Connect();
        _answer = [9, 9, 9];

        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Data(0, 0), Message), Start)).Should().Equal("DATA 0, expects 1: 090909");
    }

    [Fact]
    public void Five_frames_may_wait_for_their_acknowledgement()
    {
        AshNcp link = Connect();
        SendMany(link, 7);

        AshLine.Frames(link.Tick(Start)).Select(frame => frame.Control.FrameNumber).Should().Equal(0, 1, 2, 3, 4);

        AshLine.Frames(link.Receive(AshLine.Write(AshControl.Ack(2)), Start)).Select(frame => frame.Control.FrameNumber)
            .Should().Equal(5, 6);
    }

    [Fact]
    public void The_time_for_an_acknowledgement_follows_what_it_took_and_doubles_when_none_came()
    {
        AshNcp link = Connect();
        SendMany(link, 1);
        link.Tick(Start);
        link.Receive(AshLine.Write(AshControl.Ack(1)), Start + TimeSpan.FromMilliseconds(100));

        link.AckTimeout.Should().Be(TimeSpan.FromMilliseconds(1450));

        SendMany(link, 1);
        TimeSpan sent = Start + TimeSpan.FromSeconds(1);
        link.Tick(sent);
        link.NextTick.Should().Be(sent + TimeSpan.FromMilliseconds(1450));
        AshLine.Texts(link.Tick(sent + TimeSpan.FromMilliseconds(1450))).Should().Equal("DATA 1 again, expects 0: 000000");
        link.AckTimeout.Should().Be(TimeSpan.FromMilliseconds(2900));
    }

    [Fact]
    public void Four_times_without_an_acknowledgement_end_the_link_until_a_reset()
    {
        AshNcp link = Connect();
        SendMany(link, 1);
        link.Tick(Start);

        List<string> heard = [];
        while (link.NextTick is TimeSpan due)
        {
            heard.AddRange(AshLine.Texts(link.Tick(due)));
        }

        heard.Should().Equal(
            "DATA 0 again, expects 0: 000000", "DATA 0 again, expects 0: 000000", "DATA 0 again, expects 0: 000000", "ERROR: 0251");
        link.State.Should().Be(AshNcpState.Failed);
        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Ack(0)), Start)).Should().Equal("ERROR: 0251");
        link.Receive(AshLine.Write(AshControl.Reset), Start);
        link.State.Should().Be(AshNcpState.Connected);
    }

    [Fact]
    public void A_nak_acknowledges_what_is_before_it_and_has_the_rest_repeated()
    {
        AshNcp link = Connect();
        SendMany(link, 3);
        link.Tick(Start);

        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Nak(1)), Start)).Should().Equal(
            "DATA 1 again, expects 0: 010101", "DATA 2 again, expects 0: 020202");
    }

    [Fact]
    public void A_repeated_frame_is_acknowledged_and_not_taken_twice()
    {
        AshNcp link = Connect();
        link.Receive(AshLine.Write(AshControl.Data(0, 0), Message), Start);

        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Data(0, 0, true), Message), Start)).Should().Equal("ACK, expects 1");
        _taken.Should().HaveCount(2);
        link.Counters.Duplicates.Should().Be(1);
    }

    [Fact]
    public void Damage_is_told_once_until_a_frame_is_good_again()
    {
        AshNcp link = Connect();
        byte[] damaged = AshLine.Write(AshControl.Data(0, 0), Message);
        damaged[2] ^= 1;

        AshLine.Texts(link.Receive(damaged, Start)).Should().Equal("NAK, expects 0");
        link.Receive(damaged, Start).Length.Should().Be(0);
        link.Receive(AshLine.Write(AshControl.Data(0, 0), Message), Start);
        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Data(5, 0), Message), Start)).Should().Equal("NAK, expects 1");
        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Data(1, 0), Message), Start)).Should().BeEmpty();
        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Ack(4)), Start)).Should().Equal("NAK, expects 2");
    }

    [Fact]
    public void A_host_that_is_not_ready_gets_answers_and_no_callbacks_for_a_second()
    {
        AshNcp link = Connect();
        link.Receive(AshLine.Write(AshControl.Ack(0, true)), Start);
        link.TrySend([7, 7, 7], isCallback: true).Should().BeTrue();
        SendMany(link, 2);

        AshLine.Texts(link.Tick(Start)).Should().Equal("DATA 0, expects 0: 000000");
        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Ack(1, true)), Start)).Should().Equal("DATA 1, expects 0: 010101");
        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Ack(2, true)), Start)).Should().BeEmpty();
        link.NextTick.Should().Be(Start + TimeSpan.FromSeconds(1));
        AshLine.Texts(link.Tick(Start + TimeSpan.FromSeconds(1))).Should().Equal("DATA 2, expects 0: 070707");
    }

    [Fact]
    public void A_host_that_sends_xoff_gets_nothing_until_xon_and_then_the_repetition()
    {
        AshNcp link = Connect();
        link.Receive([AshOctets.XOff], Start);
        SendMany(link, 1);

        link.Tick(Start).Length.Should().Be(0);
        link.Receive([AshOctets.XOn], Start);

        AshLine.Texts(link.Tick(link.NextTick!.Value)).Should().Equal("DATA 0 again, expects 0: 000000");
    }

    [Fact]
    public void More_than_the_queue_holds_is_refused()
    {
        AshNcp link = Connect();
        SendMany(link, AshNcp.MaximumQueuedFrames);

        link.TrySend(Message, isCallback: true).Should().BeFalse();
        link.Counters.Overflows.Should().Be(1);
    }

    [Theory]
    [InlineData(AshFaultKind.Drop, "")]
    [InlineData(AshFaultKind.Corrupt, "")]
    [InlineData(AshFaultKind.Duplicate, "DATA 1, expects 0: 010101;DATA 1, expects 0: 010101")]
    [InlineData(AshFaultKind.Delay, "")]
    public void A_planted_fault_happens_to_the_frame_that_it_names(AshFaultKind kind, string second)
    {
        AshNcp link = Connect(new AshNcpOptions { Faults = [new AshFrameFault(kind, 2)] });
        SendMany(link, 3);

        string[] expected =
        [
            "DATA 0, expects 0: 000000", .. second.Split(';', StringSplitOptions.RemoveEmptyEntries), "DATA 2, expects 0: 020202",
        ];
        AshLine.Texts(link.Tick(Start)).Should().Equal(expected);
        link.Counters.PlantedFaults.Should().Be(1);
        if (kind == AshFaultKind.Delay)
        {
            AshLine.Texts(link.Tick(Start + TimeSpan.FromMilliseconds(100))).Should().Equal("DATA 1, expects 0: 010101");
        }
    }

    [Fact]
    public void A_planted_fault_can_happen_to_every_so_many_frames_of_the_host()
    {
        AshNcp link = Connect(new AshNcpOptions
        {
            Faults = [new AshFrameFault(AshFaultKind.Corrupt, 2, IsToAdapter: true) { IsRepeating = true }],
        });
        link.Receive(AshLine.Write(AshControl.Data(0, 0), Message), Start);

        AshLine.Texts(link.Receive(AshLine.Write(AshControl.Data(1, 0), Message), Start)).Should().Equal("NAK, expects 1");
        link.Receive(AshLine.Write(AshControl.Data(1, 0, true), Message), Start);
        _taken.Should().Equal("reset", "01020304", "01020304");
    }

    [Fact]
    public void Resets_can_be_ignored_and_flow_octets_precede_the_answer()
    {
        AshNcp link = Make(new AshNcpOptions { IgnoredResets = 2, SendsFlowOctets = true });
        byte[] reset = AshLine.Write(AshControl.Reset);

        link.Receive(reset, Start).Length.Should().Be(0);
        link.Receive(reset, Start).Length.Should().Be(0);
        link.Receive(reset, Start).Span.ShouldBeHex("13 11 1A C1 02 0B 0A 52 7E");
    }

    [Fact]
    public void An_adapter_that_restarts_says_why_and_waits_for_a_reset()
    {
        AshNcp link = Connect();

        AshLine.Texts(link.Restart(AshResetCode.Watchdog, Start)).Should().Equal("RSTACK: 0203");
        link.State.Should().Be(AshNcpState.Idle);
        AshLine.Texts(link.Fail(AshResetCode.TooManyAckTimeouts)).Should().Equal("ERROR: 0251");
    }

    void IAshNcpUser.OnReset(TimeSpan now) => _taken.Add("reset");

    void IAshNcpUser.OnFrame(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        _taken.Add(Convert.ToHexString(frame));
        if (_answer is { } answer)
        {
            _link!.TrySend(answer, isCallback: false);
        }
    }

    private static void SendMany(AshNcp link, int count)
    {
        for (int frame = 0; frame < count; frame++)
        {
            link.TrySend([(byte)frame, (byte)frame, (byte)frame], isCallback: false).Should().BeTrue();
        }
    }

    private AshNcp Make(AshNcpOptions? options = null) => _link = new AshNcp(options ?? new AshNcpOptions(), this);

    private AshNcp Connect(AshNcpOptions? options = null)
    {
        AshNcp link = Make(options);
        link.Receive(AshLine.Write(AshControl.Reset), Start);
        return link;
    }
}
