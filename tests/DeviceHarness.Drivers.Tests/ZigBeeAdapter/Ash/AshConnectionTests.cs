using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

public sealed class AshConnectionTests
{
    private readonly AshHostBench _bench = new();

    [Fact]
    public void Rst_goes_out_behind_a_cancel_octet_and_the_answer_to_it_connects()
    {
        _bench.Connect();
        byte[] sent = _bench.Last.Transmit.ToArray();

        List<string> answer = _bench.Receive("1AC1020B0A527E".Octets());

        sent.ShouldBeHex("1A C0 38 BC 7E");
        answer.Should().BeEmpty();
        (_bench.Last.Event, _bench.Link.State, _bench.Last.NextTick).Should().Be((AshLinkEvent.Connected, AshHostState.Connected, null));
    }

    [Fact]
    public void Nothing_but_rstack_counts_before_the_connection()
    {
        _bench.Connect();

        List<string> answers =
        [
            .. _bench.Receive(AshWords.Data(0, 0), AshWords.Ack(0), AshWords.Nak(3)),
            .. _bench.Receive(AshWords.Damaged(AshWords.Data(0, 0)), AshWords.Damaged(AshWords.SoftwareReset)),
            .. _bench.Receive(AshWords.Error(AshResetCode.TooManyAckTimeouts), [0x00, 0xFF, 0x11, 0x13, 0x18]),
        ];

        answers.Should().BeEmpty();
        _bench.Link.State.Should().Be(AshHostState.Connecting);
        _bench.Delivered.Should().BeEmpty();
    }

    [Fact]
    public void Five_resets_without_an_answer_are_the_end_and_no_tick_before_its_time_sends_one()
    {
        List<string> sent = _bench.Connect();
        for (int tries = 0; tries < 4; tries++)
        {
            sent.AddRange(_bench.Tick(3.1));
            sent.AddRange(_bench.TickWhenDue());
        }

        bool isTryingStill = _bench.Link.State == AshHostState.Connecting;
        List<string> last = _bench.TickWhenDue();

        sent.Should().Equal("RST", "RST", "RST", "RST", "RST");
        isTryingStill.Should().BeTrue();
        last.Should().BeEmpty();
        (_bench.Last.Event, _bench.Last.Failure, _bench.Link.State)
            .Should().Be((AshLinkEvent.Lost, AshLinkFailure.Silence, AshHostState.Down));
        _bench.Now.Should().Be(TimeSpan.FromSeconds(100 + (5 * 3.2)));
    }

    [Fact]
    public void An_answer_to_the_last_reset_still_connects()
    {
        _bench.Connect();
        for (int tries = 0; tries < 4; tries++)
        {
            _bench.TickWhenDue();
        }

        _bench.Receive(AshWords.SoftwareReset);

        _bench.Last.Event.Should().Be(AshLinkEvent.Connected);
    }

    [Fact]
    public void A_power_on_at_the_same_time_is_answered_with_another_reset_and_never_taken_for_its_answer()
    {
        _bench.Connect();

        List<string> again = _bench.Receive(AshWords.ResetAck(AshResetCode.PowerOn));
        AshHostState state = _bench.Link.State;
        _bench.Receive(AshWords.SoftwareReset);

        again.Should().Equal("RST");
        state.Should().Be(AshHostState.Connecting);
        _bench.Link.State.Should().Be(AshHostState.Connected);
    }

    [Fact]
    public void Rstack_for_another_reason_and_ours_in_one_piece_connect_without_one_more_reset()
    {
        _bench.Connect();

        _bench.Receive(AshWords.ResetAck(AshResetCode.External), AshWords.SoftwareReset, AshWords.Data(0, 0))
            .Should().Equal("ACK, expects 1");

        _bench.Delivered.Should().Equal(0);
    }

    [Fact]
    public void An_adapter_that_never_says_software_reset_is_given_up_with_its_code()
    {
        _bench.Connect();
        for (int tries = 0; tries < 5; tries++)
        {
            _bench.Receive(AshWords.ResetAck(AshResetCode.Watchdog));
        }

        (_bench.Last.Failure, _bench.Link.LastCode).Should().Be((AshLinkFailure.WrongReset, AshResetCode.Watchdog));
    }

    [Fact]
    public void Another_protocol_version_is_refused()
    {
        _bench.Connect();

        _bench.Receive(AshWords.ResetAck(AshResetCode.Software, version: 3));

        (_bench.Last.Event, _bench.Last.Failure).Should().Be((AshLinkEvent.Lost, AshLinkFailure.WrongVersion));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void The_menu_of_the_bootloader_is_a_fault_of_its_own_in_any_pieces(int piece)
    {
        byte[] menu = Encoding.ASCII.GetBytes("\r\nGeckoGecko Bootloader v1.12.0\r\n1. upload gbl\r\n2. run\r\n3. ebl info\r\nBL > ");
        _bench.Connect();
        List<AshLinkFailure> failures = [];

        foreach (byte[] part in menu.Chunk(piece))
        {
            _bench.Receive(part);
            failures.Add(_bench.Last.Failure);
        }

        failures.Where(failure => failure != AshLinkFailure.None).Should().Equal(AshLinkFailure.Bootloader);
        _bench.Link.State.Should().Be(AshHostState.Down);
    }

    [Fact]
    public void An_adapter_that_falls_into_its_bootloader_in_the_middle_is_told()
    {
        _bench.Connected();

        _bench.Receive("Gecko Bootloader v2"u8.ToArray());

        _bench.Last.Failure.Should().Be(AshLinkFailure.Bootloader);
    }

    [Theory]
    [InlineData(AshResetCode.Watchdog)]
    [InlineData(AshResetCode.Software)]
    [InlineData((AshResetCode)0x85)]
    public void A_reboot_in_the_middle_is_told_with_its_code_and_what_came_before_it_is_delivered(AshResetCode code)
    {
        _bench.Connected();
        _bench.Send(0x11);

        List<string> answer = _bench.Receive(AshWords.Data(0, 1), AshWords.ResetAck(code), AshWords.Data(0, 0));

        answer.Should().BeEmpty();
        (_bench.Last.Event, _bench.Last.Failure, _bench.Link.LastCode).Should().Be((AshLinkEvent.Lost, AshLinkFailure.Rebooted, code));
        _bench.Delivered.Should().Equal(0);
        _bench.Last.NextTick.Should().BeNull();
    }

    [Fact]
    public void An_adapter_that_has_stopped_is_told_with_its_code_and_only_a_reset_helps()
    {
        _bench.Connected();

        _bench.Receive(AshWords.Error(AshResetCode.TooManyAckTimeouts));
        Func<List<string>> send = () => _bench.Send(1);

        (_bench.Last.Failure, _bench.Link.LastCode).Should().Be((AshLinkFailure.Stopped, AshResetCode.TooManyAckTimeouts));
        send.Should().Throw<LocalProtocolException>().Which.Code.Should().Be("ASH-001");
        _bench.Receive(AshWords.Data(0, 0)).Should().BeEmpty();
    }

    [Fact]
    public void Both_sides_count_from_0_again_after_a_reset_and_nothing_of_before_goes_out()
    {
        _bench.Connected();
        _bench.Send(0x11);
        _bench.Receive(AshWords.Data(0, 0));

        _bench.Connect();
        _bench.Receive(AshWords.SoftwareReset).Should().BeEmpty();

        _bench.Send(0x22).Should().Equal("DATA 0, expects 0: 22");
    }

    [Fact]
    public void A_setting_outside_its_range_is_refused()
    {
        foreach (AshHostSettings settings in (AshHostSettings[])
            [new() { WindowFrames = 0 }, new() { WindowFrames = 6 }, new() { ResetTries = 0 }, new() { RepeatRounds = 0 }])
        {
            Func<AshHostLink> create = () => new AshHostLink(settings);

            create.Should().Throw<ArgumentOutOfRangeException>();
        }
    }
}
