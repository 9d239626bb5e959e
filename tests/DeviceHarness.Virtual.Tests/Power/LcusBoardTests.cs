using DeviceHarness.Virtual.Power;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Virtual.Tests.Power.BoardBench;

namespace DeviceHarness.Virtual.Tests.Power;

/// <summary>The four octets of a virtual LCUS board, which answers nothing.</summary>
public sealed class LcusBoardTests
{
    private readonly BoardBench _bench = new(new RelayBoardOptions(RelayBoardProtocol.Lcus));

    [Fact]
    public void It_does_what_sellers_octets_say()
    {
        string on = _bench.Say(Vector("lcus_channel_1_on"));
        bool hadSupply = _bench.Meter.IsRunning;
        string off = _bench.Say(Vector("lcus_channel_1_off"));

        (on, off).Should().Be((string.Empty, string.Empty));
        hadSupply.Should().BeFalse("the contact is normally closed");
        _bench.Meter.IsRunning.Should().BeTrue();
    }

    [Theory]
    [InlineData("A0 01 01 A3", "a wrong sum")]
    [InlineData("A1 01 01 A2", "another start")]
    [InlineData("A1 01 01 A3", "another start, and the sum with it")]
    [InlineData("A0 01 02 A3", "another state")]
    [InlineData("A0 00 01 A1", "no channel")]
    [InlineData("A0 09 01 AA", "the ninth of eight")]
    [InlineData("A0 FF 01 A0", "the last that can be named")]
    public void What_it_does_not_understand_moves_nothing(string command, string because)
    {
        _bench.Say(command).Should().BeEmpty();

        Enumerable.Range(1, 8).Where(_bench.Board.IsDriven).Should().BeEmpty(because);
    }

    [Fact]
    public void A_state_that_is_neither_lets_nothing_go()
    {
        _bench.Say("A0 01 01 A2");

        _bench.Say("A0 01 02 A3");

        _bench.Board.IsDriven(1).Should().BeTrue();
    }

    [Theory]
    [InlineData("A0 A0 01 01 A2")]
    [InlineData("00 FF A0 01 01 A2")]
    [InlineData("A0 09 01 AA A0 01 01 A2")]
    public void A_command_is_found_behind_what_is_none(string octets)
    {
        _bench.Say(octets);

        _bench.Board.IsDriven(1).Should().BeTrue();
    }

    [Fact]
    public void A_silence_ends_what_is_half_received()
    {
        _bench.Say("A0 01");
        _bench.Say("01 A2");
        bool afterHalves = _bench.Board.IsDriven(1);
        _bench.Hear("A0 01");
        _bench.Hear("01 A2");

        (afterHalves, _bench.Board.IsDriven(1)).Should().Be((false, true));
    }
}
