using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Power;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Virtual.Tests.Power.BoardBench;

namespace DeviceHarness.Virtual.Tests.Power;

/// <summary>The Modbus server of a virtual relay board, seen from its line.</summary>
public sealed class ModbusBoardTests
{
    private const string FirstOn = "01 05 0000 FF00";
    private const string ReadFirst = "01 01 0000 0001";
    private const string FirstIsOn = "01 01 01 01";

    private static readonly RelayBoardOptions Modbus = new(RelayBoardProtocol.Modbus);

    private readonly BoardBench _bench = new(Modbus);

    [Fact]
    public void It_does_what_other_peoples_octets_say_and_answers_as_they_show()
    {
        string on = _bench.Hear(Vector("waveshare_relay_0_on"));
        bool wasDriven = _bench.Board.IsDriven(1);
        bool hadSupply = _bench.Meter.IsRunning;
        string damaged = _bench.Say(Vector("waveshare_relay_0_on_with_a_flipped_bit"));
        bool isSecondDriven = _bench.Board.IsDriven(2);
        string off = _bench.Hear(Vector("waveshare_relay_0_off"));
        string read = _bench.Hear(Vector("waveshare_read_eight_relays"));

        on.Should().Be(Vector("waveshare_relay_0_on"));
        (wasDriven, hadSupply).Should().Be((true, false), "the contact is normally closed");
        damaged.Should().BeEmpty();
        isSecondDriven.Should().BeFalse();
        off.Should().Be(Vector("waveshare_relay_0_off"));
        read.Should().Be(Vector("waveshare_all_relays_off"));
        _bench.Meter.IsRunning.Should().BeTrue();
    }

    // The example values of the specification's own clauses 6.1 (outputs 20 to 38) and 6.11 (ten coils from 20).
    [Theory]
    [InlineData("01 0F 0013 0013 03 CD6B05", "01 0F 0013 0013", "01 01 0013 0013", "01 01 03 CD6B05")]
    [InlineData("01 0F 0013 000A 02 CD01", "01 0F 0013 000A", "01 01 0013 000A", "01 01 02 CD01")]
    [InlineData("01 0F 0000 0001 01 FF", "01 0F 0000 0001", "01 01 0000 0008", "01 01 01 01")]
    [InlineData("01 05 0027 FF00", "01 05 0027 FF00", "01 01 0020 0008", "01 01 01 80")]
    public void What_is_written_is_read_back(string write, string written, string read, string answer)
    {
        BoardBench bench = new(Modbus with { Channels = 40 });

        bench.Hear(Frame(write)).Should().Be(Frame(written));
        bench.Hear(Frame(read)).Should().Be(Frame(answer));
    }

    [Fact]
    public void Writing_several_coils_lets_go_of_those_whose_bits_are_zero()
    {
        _bench.Hear(Frame("01 0F 0000 0008 01 FF"));
        _bench.Hear(Frame("01 0F 0001 0006 01 15"));

        _bench.Hear(Frame("01 01 0000 0008")).Should().Be(Frame("01 01 01 AB"));
    }

    [Theory]
    [InlineData("01 02 0000 0008", "01 82 01", "Read Discrete Inputs")]
    [InlineData("01 0F 0000", "01 8F 03", "too short for its function")]
    [InlineData("01 05 0000", "01 85 03", "too short for its function")]
    [InlineData("01 05 0000 FF00 00", "01 85 03", "too long for its function")]
    [InlineData("01 01 0000 0008 00", "01 81 03", "too long for its function")]
    [InlineData("01 05 0000 5500", "01 85 03", "neither on nor off")]
    [InlineData("01 05 0000 00FF", "01 85 03", "neither on nor off")]
    [InlineData("01 05 0008 FF00", "01 85 02", "the ninth of eight")]
    [InlineData("01 05 FFFF 0000", "01 85 02", "the last that can be named")]
    [InlineData("01 05 0008 1234", "01 85 03", "the value is looked at before the address")]
    [InlineData("01 01 0000 0000", "01 81 03", "no coil")]
    [InlineData("01 01 0000 07D1", "01 81 03", "2001 coils")]
    [InlineData("01 01 0000 07D0", "01 81 02", "2000 coils are allowed, and not there")]
    [InlineData("01 01 0001 0008", "01 81 02", "one beyond the last")]
    [InlineData("01 01 FFFF 0001", "01 81 02", "the last that can be named")]
    [InlineData("01 0F 0000 0000 00", "01 8F 03", "no coil")]
    [InlineData("01 0F 0000 0008 02 FFFF", "01 8F 03", "an octet too many, and told")]
    [InlineData("01 0F 0000 0008 01 FFFF", "01 8F 03", "an octet too many, and not told")]
    [InlineData("01 0F 0000 0008 02 FF", "01 8F 03", "an octet too few")]
    [InlineData("01 0F 0001 0008 01 FF", "01 8F 02", "one beyond the last")]
    public void What_it_cannot_do_is_refused_and_nothing_moves(string request, string refusal, string because)
    {
        _bench.Say(Frame(request)).Should().Be(Frame(refusal), because);

        Enumerable.Range(1, 8).Where(_bench.Board.IsDriven).Should().BeEmpty();
    }

    [Fact]
    public void More_coils_at_once_than_a_frame_may_name_are_refused_by_their_number()
    {
        // 1968 fit their own limit and are not there; of 1969 a frame could still take the octets.
        string most = _bench.Say(Frame("01 0F 0000 07B0 F6" + new string('0', 2 * 246)));
        string tooMany = _bench.Say(Frame("01 0F 0000 07B1 F7" + new string('0', 2 * 247)));

        most.Should().Be(Frame("01 8F 02"));
        tooMany.Should().Be(Frame("01 8F 03"));
    }

    [Fact]
    public void What_is_for_another_address_is_passed_over()
    {
        BoardBench third = new(Modbus with { Address = 3 });

        string other = third.Say(Frame(FirstOn));
        bool moved = third.Board.IsDriven(1);
        string own = third.Say(Frame("03 05 0000 FF00"));

        (other, moved).Should().Be((string.Empty, false));
        own.Should().Be(Frame("03 05 0000 FF00"));
    }

    [Theory]
    [InlineData("00 05 0000 FF00")]
    [InlineData("00 0F 0000 0001 01 01")]
    public void What_is_for_all_is_done_and_not_answered(string request)
    {
        _bench.Say(Frame(request)).Should().BeEmpty();

        _bench.Board.IsDriven(1).Should().BeTrue();
    }

    [Theory]
    [InlineData("00 01 0000 0008")]
    [InlineData("00 05 0008 FF00")]
    [InlineData("00 03 0000 0001")]
    public void What_is_for_all_is_not_answered_whatever_it_is(string request) => _bench.Say(Frame(request)).Should().BeEmpty();

    [Fact]
    public void No_flipped_bit_moves_a_coil_or_is_answered()
    {
        byte[] sound = Frame(FirstOn).Octets();

        for (int bit = 0; bit < sound.Length * 8; bit++)
        {
            byte[] damaged = [.. sound];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            _bench.Say(Convert.ToHexString(damaged)).Should().BeEmpty();
            Enumerable.Range(1, 8).Where(_bench.Board.IsDriven).Should().BeEmpty();
        }

        _bench.Say(Frame(FirstOn)).Should().Be(Frame(FirstOn), "the next one is sound");
    }

    [Theory]
    [InlineData("01 0F 0000 0001 01 01")]
    [InlineData(FirstOn)]
    public void A_frame_may_come_in_pieces_that_no_silence_parts(string request)
    {
        byte[] octets = Frame(request).Octets();
        TimeSpan shorter = _bench.Options.Silence - TimeSpan.FromTicks(1);

        foreach (byte octet in octets[..^1])
        {
            _bench.Hear(Convert.ToHexString([octet])).Should().BeEmpty();
            _bench.Wait(shorter).Should().BeEmpty();
        }

        _bench.Hear(Convert.ToHexString([octets[^1]])).Should().NotBeEmpty("the frame is whole");
        _bench.Board.IsDriven(1).Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_silence_parts_frames_whether_or_not_somebody_looked_meanwhile(bool isLooked)
    {
        string whole = Frame(FirstOn);
        _bench.Hear(whole[..8]);
        _bench.Time.Advance(_bench.Options.Silence);
        string meanwhile = isLooked ? _bench.Wait(TimeSpan.Zero) : string.Empty;

        string rest = _bench.Say(whole[8..]);

        (meanwhile, rest, _bench.Board.IsDriven(1)).Should().Be((string.Empty, string.Empty, false));
        _bench.Hear(whole).Should().Be(whole);
    }

    [Fact]
    public void Frames_that_came_in_one_row_are_each_answered()
    {
        string both = _bench.Hear(Frame(FirstOn) + Frame(ReadFirst));

        both.Should().Be(Frame(FirstOn) + Frame(FirstIsOn));
    }

    [Fact]
    public void Noise_longer_than_any_frame_is_passed_over_until_the_line_is_silent()
    {
        string noise = string.Concat(Enumerable.Repeat("5A", 10_000));

        string during = _bench.Hear(noise) + _bench.Hear(Frame(FirstOn));
        string after = _bench.Wait(_bench.Options.Silence);

        (during, after, _bench.Board.IsDriven(1)).Should().Be((string.Empty, string.Empty, false));
        _bench.Say(Frame(ReadFirst)).Should().Be(Frame("01 01 01 00"));
    }

    [Theory]
    [InlineData("", "01 90 01")]
    [InlineData("00", "")]
    public void The_longest_frame_is_looked_at_and_a_longer_one_is_none(string more, string answer)
    {
        string longest = Frame("01 10" + new string('0', 2 * 252));

        _bench.Say(longest + more).Should().Be(answer.Length == 0 ? string.Empty : Frame(answer));
    }

    [Fact]
    public void No_more_is_held_than_tells_that_it_is_too_long()
    {
        ModbusMachine machine = new(Modbus, new CoilBank(Modbus, []));

        for (int times = 0; times < 3; times++)
        {
            machine.Receive(new byte[200], TimeSpan.Zero);
        }

        machine.HeldOctets.Should().Be(257);
    }

    [Fact]
    public void A_line_that_is_opened_anew_finds_nothing_half_received_and_each_coil_as_it_was()
    {
        _bench.Say(Frame(FirstOn));
        _bench.Hear("01 05");

        _bench.Board.ResetLink();

        _bench.Hear(Frame(ReadFirst)).Should().Be(Frame(FirstIsOn));
    }

    [Fact]
    public void It_wants_to_be_looked_at_when_the_line_was_silent_and_else_never()
    {
        TimeSpan idle = _bench.Board.TimeToNextStep;
        _bench.Hear("01 05");
        TimeSpan half = _bench.Board.TimeToNextStep;
        _bench.Wait(_bench.Options.Silence);

        (idle, half, _bench.Board.TimeToNextStep).Should().Be((Timeout.InfiniteTimeSpan, _bench.Options.Silence, Timeout.InfiniteTimeSpan));
    }
}
