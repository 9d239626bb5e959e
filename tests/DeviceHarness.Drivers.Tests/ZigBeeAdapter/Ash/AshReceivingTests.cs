using DeviceHarness.Codecs.Ash;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

public sealed class AshReceivingTests
{
    private readonly AshHostBench _bench = new AshHostBench().Connected();

    [Fact]
    public void Frames_in_sequence_are_delivered_and_acknowledged_once_for_all_that_came_together()
    {
        _bench.Receive(AshWords.Data(0, 0), AshWords.Data(1, 0), AshWords.Data(2, 0)).Should().Equal("ACK, expects 3");

        _bench.Delivered.Should().Equal(0, 1, 2);
    }

    [Fact]
    public void Numbers_go_round_at_eight()
    {
        for (int number = 0; number < 20; number++)
        {
            _bench.Receive(AshWords.Data(number % 8, 0)).Should().Equal($"ACK, expects {(number + 1) % 8}");
        }

        _bench.Delivered.Should().HaveCount(20);
    }

    [Fact]
    public void A_doubled_frame_is_acknowledged_and_not_delivered_again()
    {
        _bench.Receive(AshWords.Data(0, 0));

        _bench.Receive(AshWords.Data(0, 0, isRepeated: true)).Should().Equal("ACK, expects 1");

        _bench.Delivered.Should().Equal(0);
        _bench.Link.Counters.Duplicates.Should().Be(1);
    }

    [Fact]
    public void A_repeated_frame_that_had_not_come_is_delivered()
    {
        _bench.Receive(AshWords.Data(0, 0, isRepeated: true)).Should().Equal("ACK, expects 1");

        _bench.Delivered.Should().Equal(0);
    }

    [Fact]
    public void One_nak_answers_the_first_of_several_bad_frames_and_silence_the_others_until_one_is_good()
    {
        List<string> answers =
        [
            .. _bench.Receive(AshWords.Damaged(AshWords.Data(0, 0))),
            .. _bench.Receive(AshWords.Data(1, 0)),
            .. _bench.Receive(AshWords.Damaged(AshWords.Data(2, 0))),
            .. _bench.Receive(AshWords.Data(0, 0, isRepeated: true)),
            .. _bench.Receive(AshWords.Data(2, 0)),
        ];

        answers.Should().Equal("NAK, expects 0", "ACK, expects 1", "NAK, expects 1");
        _bench.Delivered.Should().Equal(0);
    }

    [Fact]
    public void A_bad_frame_and_its_repetition_in_one_piece_need_no_nak()
    {
        _bench.Receive(AshWords.Damaged(AshWords.Data(0, 0)), AshWords.Data(0, 0, isRepeated: true)).Should().Equal("ACK, expects 1");
    }

    [Theory]
    [InlineData("C3")]
    [InlineData("25AA")]
    [InlineData("C0")]
    public void What_cannot_come_from_an_adapter_is_answered_by_nak(string body)
    {
        byte[] octets = Convert.FromHexString(body);
        ushort crc = AshCrc.Compute(octets);

        _bench.Receive([.. octets, (byte)(crc >> 8), (byte)crc, AshOctets.Flag]).Should().Equal("NAK, expects 0");
    }

    [Fact]
    public void A_frame_over_the_limit_is_answered_by_nak()
    {
        AshHostBench bench = new AshHostBench(new AshHostSettings { MaximumReceivedOctets = 128 }).Connected();

        bench.Receive(AshWords.Frame(AshControl.Data(0, 0), new byte[129])).Should().Equal("NAK, expects 0");
        bench.Receive(AshWords.Frame(AshControl.Data(0, 0), new byte[128])).Should().Equal("ACK, expects 1");
    }

    [Theory]
    [InlineData("empty", "7E7E")]
    [InlineData("short", "25427E")]
    [InlineData("substituted", "254218A856A6097E")]
    [InlineData("cancelled", "254221A8561A")]
    [InlineData("wake-up", "FFFFFF")]
    public void What_is_void_gets_no_answer(string what, string octets)
    {
        _bench.Receive(Convert.FromHexString(octets)).Should().BeEmpty(what);

        _bench.Receive(AshWords.Data(0, 0)).Should().Equal("ACK, expects 1");
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_sent_makes_its_frame_bad()
    {
        _bench.Send(1);

        _bench.Receive(AshWords.Data(0, 2)).Should().Equal("NAK, expects 0");
        _bench.Receive(AshWords.Ack(7)).Should().BeEmpty("it is rejecting already");

        _bench.Delivered.Should().BeEmpty();
        _bench.Receive(AshWords.Data(0, 1, isRepeated: true)).Should().Equal("ACK, expects 1");
    }

    [Fact]
    public void Before_the_connection_and_after_its_loss_nothing_is_delivered_or_answered()
    {
        AshHostBench bench = new();

        bench.Receive(AshWords.Data(0, 0), AshWords.SoftwareReset, AshWords.Error(AshResetCode.Assert)).Should().BeEmpty();

        (bench.Link.State, bench.Delivered.Count, bench.Last.Event).Should().Be((AshHostState.Down, 0, AshLinkEvent.None));
    }

    [Fact]
    public void A_host_that_is_not_ready_says_so_at_once_with_each_acknowledgement_and_before_the_adapter_forgets()
    {
        _bench.Ready(false).Should().Equal("ACK, expects 0, not ready");

        _bench.Receive(AshWords.Data(0, 0)).Should().Equal("ACK, expects 1, not ready");
        _bench.Receive(AshWords.Damaged(AshWords.Data(1, 0))).Should().Equal("NAK, expects 1, not ready");
        _bench.Tick(0.47).Should().BeEmpty();
        _bench.TickWhenDue().Should().Equal("ACK, expects 1, not ready");
        _bench.TickWhenDue().Should().Equal("ACK, expects 1, not ready");
        _bench.Now.Should().Be(TimeSpan.FromMilliseconds(100_960));
        _bench.Ready(false).Should().BeEmpty("it was said");
        _bench.Ready(true).Should().Equal("ACK, expects 1");
        _bench.Last.NextTick.Should().BeNull();
    }

    [Fact]
    public void Data_that_goes_out_does_not_hide_that_the_host_is_ready_again()
    {
        AshHostBench bench = new AshHostBench(new AshHostSettings { WindowFrames = 1 }).Connected();
        bench.Receive([AshOctets.XOff]);
        bench.Ready(false);
        bench.Send(1);

        bench.Receive([AshOctets.XOn]).Should().Equal("DATA 0, expects 0: 01", "ACK, expects 0, not ready");
    }

    [Fact]
    public void What_nobody_fetches_is_left_with_the_adapter()
    {
        AshHostLink link = new(new AshHostSettings());
        link.Connect(TimeSpan.Zero);
        link.Receive(AshWords.SoftwareReset, TimeSpan.Zero);
        for (int number = 0; number < AshHostLink.MaximumDeliveredFrames; number++)
        {
            link.Receive(AshWords.Data(number % 8, 0), TimeSpan.Zero);
        }

        AshHostStep refused = link.Receive([.. AshWords.Data(0, 0), .. AshWords.Data(1, 0)], TimeSpan.Zero);
        link.TryFetch(out _);
        AshHostStep taken = link.Receive(AshWords.Data(0, 0, isRepeated: true), TimeSpan.Zero);

        AshWords.Of(refused.Transmit).Should().BeEmpty();
        AshWords.Of(taken.Transmit).Should().Equal("ACK, expects 1");
        link.Counters.NotTaken.Should().Be(2);
    }
}
