using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

public sealed class AshSendingTests
{
    private readonly AshHostBench _bench = new AshHostBench().Connected();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void No_more_frames_than_the_window_are_under_way_and_each_acknowledgement_makes_room(int window)
    {
        AshHostBench bench = new AshHostBench(new AshHostSettings { WindowFrames = window }).Connected();
        List<string> sent = [];
        for (byte mark = 0; mark < 12; mark++)
        {
            sent.AddRange(bench.Send(mark));
        }

        int first = sent.Count;
        for (int acknowledged = 1; acknowledged <= 12; acknowledged++)
        {
            sent.AddRange(bench.Receive(AshWords.Ack(acknowledged % 8)));
        }

        first.Should().Be(window);
        sent.Should().Equal(Enumerable.Range(0, 12).Select(mark => $"DATA {mark % 8}, expects 0: {mark:X2}"));
        bench.Last.NextTick.Should().BeNull("all is acknowledged");
    }

    [Fact]
    public void An_acknowledgement_rides_on_data_and_one_acknowledges_all_before_it()
    {
        AshHostBench bench = new AshHostBench(new AshHostSettings { WindowFrames = 2 }).Connected();
        bench.Send(1);
        bench.Send(2);
        bench.Send(3);

        List<string> answer = bench.Receive(AshWords.Data(0, 2));

        answer.Should().Equal("DATA 2, expects 1: 03");
        bench.Link.Counters.Delivered.Should().Be(1);
    }

    [Fact]
    public void Too_many_waiting_frames_and_frames_of_a_wrong_length_are_refused()
    {
        AshHostBench bench = new AshHostBench(new AshHostSettings { WindowFrames = 1 }).Connected();
        for (byte mark = 0; mark < 17; mark++)
        {
            bench.Send(mark);
        }

        Func<List<string>> tooMany = () => bench.Send(0xFF);
        Func<AshHostStep> tooShort = () => _bench.Link.Send(new byte[2], _bench.Now);
        Func<AshHostStep> tooLong = () => _bench.Link.Send(new byte[129], _bench.Now);

        tooMany.Should().Throw<LocalProtocolException>();
        tooShort.Should().Throw<ArgumentOutOfRangeException>();
        tooLong.Should().Throw<ArgumentOutOfRangeException>();
        _bench.Link.MaximumSentOctets = AshFrame.ExtendedDataOctets;
        tooLong.Should().NotThrow();
    }

    [Fact]
    public void What_is_not_acknowledged_in_time_is_sent_again_from_the_oldest_with_twice_the_time()
    {
        _bench.Send(1);
        _bench.Send(2);

        _bench.Tick(0.79).Should().BeEmpty();
        _bench.Tick(0.02).Should().Equal("DATA 0 again, expects 0: 01", "DATA 1 again, expects 0: 02");

        _bench.Link.AckTime.Should().Be(TimeSpan.FromSeconds(1.6));
        _bench.Tick(1.5).Should().BeEmpty();
        _bench.Receive(AshWords.Ack(1)).Should().BeEmpty();
        _bench.Link.AckTime.Should().Be(TimeSpan.FromSeconds(1.6), "a frame that was sent twice tells nothing of the line");
        _bench.Tick(1.61).Should().Equal("DATA 1 again, expects 0: 02");
        _bench.Link.AckTime.Should().Be(TimeSpan.FromSeconds(2.4), "that is the most");
    }

    [Theory]
    [InlineData(0.1, 0.75)]
    [InlineData(0.02, 0.71)]
    [InlineData(0.7, 1.05)]
    public void The_time_for_an_acknowledgement_follows_what_the_line_needs(double taken, double expected)
    {
        _bench.Send(1);
        _bench.Pass(taken);

        _bench.Receive(AshWords.Ack(1));

        _bench.Link.AckTime.Should().Be(TimeSpan.FromSeconds(expected));
    }

    [Fact]
    public void The_time_for_an_acknowledgement_stays_within_its_limits()
    {
        for (int round = 1; round <= 20; round++)
        {
            _bench.Send(1);
            _bench.Pass(0.001);
            _bench.Receive(AshWords.Ack(round % 8));
        }

        TimeSpan least = _bench.Link.AckTime;
        _bench.Send(1);
        _bench.Pass(60);
        _bench.Receive(AshWords.Ack(5));

        (least, _bench.Link.AckTime).Should().Be((TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(2.4)));
    }

    [Fact]
    public void Six_rounds_without_progress_are_borne_and_the_seventh_time_out_is_the_end()
    {
        _bench.Send(1);
        int rounds = 0;
        while (_bench.TickWhenDue().Count == 1)
        {
            rounds++;
        }

        rounds.Should().Be(6);
        (_bench.Last.Event, _bench.Last.Failure).Should().Be((AshLinkEvent.Lost, AshLinkFailure.Unacknowledged));
    }

    [Fact]
    public void Progress_gives_all_rounds_again()
    {
        _bench.Send(1);
        _bench.Send(2);
        for (int round = 0; round < 6; round++)
        {
            _bench.TickWhenDue();
        }

        _bench.Receive(AshWords.Ack(1));
        for (int round = 0; round < 6; round++)
        {
            _bench.TickWhenDue().Should().ContainSingle();
        }

        _bench.Link.State.Should().Be(AshHostState.Connected);
    }

    [Fact]
    public void Nak_acknowledges_what_is_before_it_and_all_from_it_is_sent_again_once()
    {
        _bench.Send(1);
        _bench.Send(2);
        _bench.Send(3);

        _bench.Receive(AshWords.Nak(1)).Should().Equal("DATA 1 again, expects 0: 02", "DATA 2 again, expects 0: 03");

        _bench.Tick(0.3).Should().BeEmpty();
        _bench.Receive(AshWords.Ack(3)).Should().BeEmpty();
        _bench.Last.NextTick.Should().BeNull();
        _bench.Link.Counters.NaksReceived.Should().Be(1);
    }

    [Fact]
    public void A_line_that_damages_every_frame_is_given_up_also_when_each_is_answered_by_nak()
    {
        _bench.Send(1);
        int rounds = 0;
        while (_bench.Receive(AshWords.Nak(0)).Count == 1)
        {
            rounds++;
        }

        rounds.Should().Be(6);
        _bench.Last.Failure.Should().Be(AshLinkFailure.Unacknowledged);
    }

    [Fact]
    public void Nak_when_nothing_is_under_way_repeats_nothing()
    {
        _bench.Receive(AshWords.Nak(0), AshWords.Nak(0)).Should().BeEmpty();

        _bench.Last.NextTick.Should().BeNull();
    }

    [Fact]
    public void A_new_frame_while_others_are_sent_again_is_sent_as_new()
    {
        _bench.Send(1);
        _bench.TickWhenDue();

        _bench.Send(2).Should().Equal("DATA 1, expects 0: 02");

        _bench.Receive(AshWords.Nak(1)).Should().Equal("DATA 1 again, expects 0: 02");
    }

    [Fact]
    public void Xoff_holds_everything_back_until_xon_and_the_time_for_acknowledgements_stands_still()
    {
        _bench.Send(1);
        _bench.Receive([AshOctets.XOff]);

        _bench.Send(2).Should().BeEmpty();
        _bench.Receive(AshWords.Data(0, 0)).Should().BeEmpty();
        _bench.Tick(3).Should().BeEmpty();
        _bench.Receive([AshOctets.XOn]).Should().Equal("DATA 1, expects 1: 02");

        _bench.Link.Counters.AckTimeouts.Should().Be(0);
        _bench.Tick(0.79).Should().BeEmpty();
        _bench.Tick(0.02).Should().HaveCount(2);
    }

    [Fact]
    public void Xoff_without_xon_holds_for_five_seconds_and_not_for_ever()
    {
        _bench.Receive([AshOctets.XOff]);
        _bench.Send(1).Should().BeEmpty();

        _bench.Tick(4.9).Should().BeEmpty();
        _bench.TickWhenDue().Should().Equal("DATA 0, expects 0: 01");

        _bench.Link.Counters.HoldsExpired.Should().Be(1);
    }

    [Fact]
    public void On_a_line_with_rts_and_cts_a_stray_xoff_holds_nobody()
    {
        AshHostBench bench = new AshHostBench(new AshHostSettings { ObeysXOff = false }).Connected();

        bench.Receive([AshOctets.XOff]);

        bench.Send(1).Should().Equal("DATA 0, expects 0: 01");
    }

    [Fact]
    public void A_reset_goes_out_whatever_xoff_says()
    {
        _bench.Receive([AshOctets.XOff]);

        _bench.Connect().Should().Equal("RST");
    }
}
