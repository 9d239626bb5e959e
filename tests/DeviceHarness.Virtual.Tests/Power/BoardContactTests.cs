using DeviceHarness.Abstractions.Power;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Power;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Virtual.Tests.Power.BoardBench;

namespace DeviceHarness.Virtual.Tests.Power;

/// <summary>What the coils of a virtual relay board do to the meters behind their contacts, and each defect of a board beside the same
/// board without it.</summary>
public sealed class BoardContactTests
{
    private const string FirstOn = "01 05 0000 FF00";
    private const string FirstOff = "01 05 0000 0000";
    private const string ReadFirst = "01 01 0000 0001";

    private static readonly RelayBoardOptions Modbus = new(RelayBoardProtocol.Modbus);

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    public void A_contact_stands_where_its_spring_holds_it_until_its_coil_is_driven(bool isNormallyClosed, bool atRest, bool driven)
    {
        BoardBench bench = new(Modbus, isNormallyClosed);
        bool first = bench.Meter.IsRunning;
        bench.Hear(Frame(FirstOn));
        bool then = bench.Meter.IsRunning;
        bench.Hear(Frame(FirstOff));

        (first, then, bench.Meter.IsRunning).Should().Be((atRest, driven, atRest));
    }

    [Fact]
    public void A_coil_moves_its_own_contact_alone()
    {
        BoardBench bench = new(Modbus);

        bench.Hear(Frame("01 0F 0001 0007 01 7F"));

        bench.Meter.IsRunning.Should().BeTrue();
    }

    [Fact]
    public void The_terminals_of_the_meter_see_when_it_was_moved()
    {
        BoardBench bench = new(Modbus);
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        bench.Hear(Frame(FirstOn));
        bench.Time.Advance(TimeSpan.FromSeconds(4));
        bench.Hear(Frame(FirstOff));

        bench.Meter.Sense(SupplyTerminal.Mains).Edges.Should().Equal(
            new SupplyEdge(1, IsPresent: false, TimeSpan.FromSeconds(3)), new SupplyEdge(2, IsPresent: true, TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public void Contacts_in_one_path_feed_only_while_all_are_closed()
    {
        BoardBench bench = new(Modbus);
        VirtualRelayBoard other = new("others", Modbus, [new BoardContact(2, isNormallyClosed: true, [bench.Relay])], bench.Time);
        bench.Hear(Frame(FirstOn));
        other.Step(Frame("01 05 0001 FF00").Octets());
        bench.Hear(Frame(FirstOff));
        bool withOneOpen = bench.Meter.IsRunning;
        bench.Relay.Set(isOn: false);
        other.Step(Frame("01 05 0001 0000").Octets());
        bool withTheBenchsOpen = bench.Meter.IsRunning;
        bench.Relay.Set(isOn: true);

        (withOneOpen, withTheBenchsOpen, bench.Meter.IsRunning).Should().Be((false, false, true));
    }

    [Fact]
    public void No_contact_of_a_board_bridges_an_emergency_stop()
    {
        BoardBench bench = new(Modbus);
        bench.Relay.Isolate(isIsolated: true);
        bench.Hear(Frame(FirstOn));
        bench.Hear(Frame(FirstOff));
        bool whileIsolated = bench.Meter.IsRunning;
        bench.Relay.Isolate(isIsolated: false);

        (whileIsolated, bench.Meter.IsRunning).Should().Be((false, true));
    }

    [Fact]
    public void A_coil_stays_driven_when_nobody_speaks_any_more()
    {
        BoardBench bench = new(Modbus);
        bench.Hear(Frame(FirstOn));

        bench.Wait(TimeSpan.FromDays(1));

        (bench.Board.IsDriven(1), bench.Meter.IsRunning).Should().Be((true, false));
    }

    [Fact]
    public void Every_defect_has_a_name_and_is_caught_here()
    {
        RelayBoardDefectNames.All.Keys.Should().BeEquivalentTo(["stuck", "silent", "bad-crc", "forgets"]);
        RelayBoardDefectNames.All.Values.Should().BeEquivalentTo(Enum.GetValues<RelayBoardDefects>().Except([RelayBoardDefects.None]));
        RelayBoardDefectNames.Of(RelayBoardProtocol.Modbus).Should().Equal("bad-crc", "forgets", "silent", "stuck");
        RelayBoardDefectNames.Of(RelayBoardProtocol.Lcus).Should().Equal("forgets", "stuck");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("stuck", true)]
    public void Stuck(string? defect, bool hasSupply)
    {
        BoardBench bench = With(defect);

        bench.Hear(Frame(FirstOn)).Should().Be(Frame(FirstOn));

        bench.Hear(Frame(ReadFirst)).Should().Be(Frame("01 01 01 01"), "it believes that it did");
        bench.Meter.IsRunning.Should().Be(hasSupply);
    }

    [Theory]
    [InlineData(null, FirstOn)]
    [InlineData("silent", "")]
    public void Silent(string? defect, string answer)
    {
        BoardBench bench = With(defect);

        bench.Say(Frame(FirstOn)).Should().Be(answer.Length == 0 ? string.Empty : Frame(answer));

        bench.Meter.IsRunning.Should().BeFalse("it does what it is told");
    }

    [Theory]
    [InlineData(null, "8C3A")]
    [InlineData("bad-crc", "8CC5")]
    public void Bad_crc(string? defect, string checksum)
    {
        BoardBench bench = With(defect);

        bench.Hear(Frame(FirstOn)).Should().Be("01050000FF00" + checksum);

        bench.Meter.IsRunning.Should().BeFalse("it does what it is told");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("forgets", true)]
    public void Forgets(string? defect, bool hasSupply)
    {
        BoardBench bench = With(defect);
        bench.Say(Frame(FirstOn));
        bench.Wait(bench.Options.ForgetsAfter - bench.Options.Silence - TimeSpan.FromTicks(1));
        bool before = bench.Meter.IsRunning;
        bench.Wait(TimeSpan.FromTicks(1));

        before.Should().BeFalse();
        bench.Meter.IsRunning.Should().Be(hasSupply);
        bench.Hear(Frame(ReadFirst)).Should().Be(Frame(hasSupply ? "01 01 01 00" : "01 01 01 01"), "nor does it say otherwise");
    }

    [Fact]
    public void A_board_that_forgets_counts_from_the_last_word_and_wants_to_be_looked_at_in_time()
    {
        BoardBench bench = With("forgets");
        bench.Say(Frame(FirstOn));
        bench.Wait(TimeSpan.FromSeconds(4));
        bench.Say(Frame(FirstOn));
        TimeSpan left = bench.Board.TimeToNextStep;
        bench.Say(Frame(FirstOff));

        left.Should().Be(bench.Options.ForgetsAfter - bench.Options.Silence);
        bench.Board.TimeToNextStep.Should().Be(Timeout.InfiniteTimeSpan, "a coil that is not driven has nothing to forget");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(257, 1)]
    [InlineData(8, 0)]
    [InlineData(8, 9)]
    public void A_board_has_the_channels_that_its_contacts_are_at(int channels, int contact)
    {
        Action make = () => _ = new VirtualRelayBoard(
            "relays", Modbus with { Channels = channels }, [new BoardContact(contact, isNormallyClosed: true, [])], TimeProvider.System);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static BoardBench With(string? defect) =>
        new(Modbus with { Defects = defect is null ? RelayBoardDefects.None : RelayBoardDefectNames.All[defect] });
}
