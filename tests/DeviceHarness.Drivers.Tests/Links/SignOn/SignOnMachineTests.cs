using System.Text;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Drivers.Tests.Links.SignOn;

/// <summary>The sign-on, held to the messages of other implementations and real meters.</summary>
public sealed class SignOnMachineTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_125;

    private static readonly byte[] Identification = MeterFrames.Vector("identification-grx-9600");
    private static readonly byte[] Confirmation = MeterFrames.Vector("ack-mode-e-9600");
    private static readonly LineSetting SignOnLine = new(300, SerialFormat.SevenEven1);

    private TimeSpan _now;

    [Fact]
    public void Request_select_and_switch_are_those_of_another_implementation()
    {
        SignOnMachine machine = new(new SignOnSettings());

        SignOnStep request = machine.Start(_now);
        request.Line.Should().Be(SignOnLine);
        request.Transmit.ToArray().ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("request-any-device")));
        SignOnStep reaction = machine.Receive(Identification, At(1));
        reaction.Transmit.IsEmpty.Should().BeTrue("the meter may need 200 ms before it listens");
        reaction.NextTick.Should().Be(_now + TimeSpan.FromMilliseconds(200));
        SignOnStep select = machine.Tick(Later(reaction));
        select.Transmit.ToArray().ShouldBeHex(Convert.ToHexString(Confirmation));
        SignOnStep settling = machine.Receive(Confirmation, At(0.5));
        settling.Line.Should().Be(new LineSetting(9600, SerialFormat.EightNone1));
        SignOnStep done = machine.Tick(Later(settling));

        done.Event.Should().Be(SignOnEvent.SignedOn);
        (machine.AgreedBaud, machine.Identification, machine.State).Should().Be((9600, "GRX512345678", SignOnState.Idle));
    }

    [Fact]
    public void A_device_with_a_lower_case_flag_is_answered_sooner()
    {
        SignOnMachine machine = new(new SignOnSettings());
        machine.Start(_now);

        machine.Receive("/GRx5A\r\n"u8, _now).NextTick.Should().Be(_now + TimeSpan.FromMilliseconds(20));
    }

    [Theory]
    [InlineData('5', 9600, '5')]
    [InlineData('6', 9600, '5')]
    [InlineData('4', 9600, '4')]
    [InlineData('6', 115_200, '6')]
    [InlineData('5', 2400, '3')]
    [InlineData('0', 9600, '0')]
    public void No_rate_above_the_offer_or_above_our_limit_is_asked_for(char offered, int maximumBaud, char expected)
    {
        SignOnMachine machine = new(new SignOnSettings { MaximumBaud = maximumBaud });

        Select(machine, $"/GRX{offered}A\r\n")[2].Should().Be((byte)expected);
    }

    [Fact]
    public void A_device_may_confirm_less_than_it_was_asked_for()
    {
        SignOnMachine machine = new(new SignOnSettings());
        Select(machine, "/GRX5A\r\n");

        SignOnStep step = machine.Receive("063233320D0A".Octets(), _now);

        step.Line.Should().Be(new LineSetting(2400, SerialFormat.EightNone1));
        machine.AgreedBaud.Should().Be(2400);
    }

    [Theory]
    [InlineData("063236320D0A", SignOnFailure.Violation)]
    [InlineData("063241320D0A", SignOnFailure.Violation)]
    [InlineData("063035320D0A", SignOnFailure.Violation)]
    [InlineData("063235360D0A", SignOnFailure.Violation)]
    public void A_confirmation_of_something_else_fails_at_once(string answer, SignOnFailure expected)
    {
        SignOnMachine machine = new(new SignOnSettings());
        Select(machine, "/GRX5A\r\n");

        SignOnStep step = machine.Receive(answer.Octets(), _now);

        (step.Event, machine.Failure, step.NextTick).Should().Be((SignOnEvent.Failed, expected, (TimeSpan?)null));
        machine.OffendingOctets.ToArray().Should().NotBeEmpty();
    }

    [Fact]
    public void After_a_read_out_the_line_is_left_until_it_is_silent_and_then_tried_again()
    {
        SignOnMachine machine = new(new SignOnSettings { Tries = 2 });
        byte[] readOut = MeterFrames.Vector("answer-data-single");
        Select(machine, "/GRX5A\r\n");

        machine.Receive(readOut, _now).Event.Should().Be(SignOnEvent.None);
        SignOnStep rest = machine.Receive(readOut, At(1));
        rest.NextTick.Should().Be(_now + new SignOnSettings().RetryBreak, "it still speaks");
        machine.Tick(Later(rest)).Transmit.ToArray().Should().Equal("/?!\r\n"u8.ToArray());
        machine.Receive(Identification, _now);
        machine.Tick(At(1));
        machine.Receive(readOut, _now).Event.Should().Be(SignOnEvent.Failed);

        machine.Failure.Should().Be(SignOnFailure.ReadOut);
        machine.OffendingOctets.ToArray().Should().Equal(readOut);
    }

    [Theory]
    [InlineData("/GRXA12\r\n")]
    [InlineData("/GRX 12\r\n")]
    public void An_offer_of_another_mode_fails_at_once(string identification)
    {
        SignOnMachine machine = new(new SignOnSettings());
        machine.Start(_now);

        machine.Receive(Encoding.ASCII.GetBytes(identification), _now).Event.Should().Be(SignOnEvent.Failed);

        machine.Failure.Should().Be(SignOnFailure.Violation);
    }

    [Fact]
    public void Silence_is_tried_again_after_a_break_and_then_told()
    {
        SignOnMachine machine = new(new SignOnSettings { Tries = 3 });
        List<string> line = [];

        SignOnStep step = machine.Start(_now);
        while (step.Event == SignOnEvent.None)
        {
            line.Add($"{Encoding.ASCII.GetString(step.Transmit.Span).Trim()} {(step.NextTick!.Value - _now).TotalMilliseconds:0}");
            step = machine.Tick(Later(step));
        }

        // Five characters of 33 ms, then two seconds.
        line.Should().Equal("/?! 2167", " 1600", "/?! 2167", " 1600", "/?! 2167");
        (machine.Failure, machine.Attempt).Should().Be((SignOnFailure.Silence, 3));
    }

    [Fact]
    public void A_device_that_does_not_confirm_is_asked_again_from_the_start()
    {
        SignOnMachine machine = new(new SignOnSettings { Tries = 2 });
        Select(machine, "/GRX5A\r\n");

        SignOnStep pause = machine.Tick(At(60));
        SignOnStep request = machine.Tick(Later(pause));

        request.Line.Should().Be(SignOnLine);
        request.Transmit.ToArray().Should().Equal("/?!\r\n"u8.ToArray());
        machine.Receive(Identification, _now);
        machine.Tick(At(1));
        machine.Tick(At(60)).Event.Should().Be(SignOnEvent.Failed);
        machine.Failure.Should().Be(SignOnFailure.NoConfirmation);
    }

    [Fact]
    public void Noise_before_and_between_is_passed_over()
    {
        SignOnMachine machine = new(new SignOnSettings());
        machine.Start(_now);

        machine.Receive([0x00, 0xFF, .. "/G1"u8, 0x81, .. Identification], _now);
        machine.State.Should().Be(SignOnState.Reacting);
        machine.Tick(At(1));
        machine.Receive([0x55, 0x06, 0x0D, .. Confirmation], _now);

        machine.State.Should().Be(SignOnState.Settling);
    }

    [Fact]
    public void What_an_optical_head_sends_back_is_no_answer()
    {
        SignOnMachine machine = new(new SignOnSettings());
        machine.Start(_now);

        machine.Receive([.. "/?!\r\n"u8, .. Identification], _now);
        machine.Tick(At(1)).Transmit.ToArray().Should().Equal(Confirmation);
        machine.Receive(Confirmation, _now).Line.Should().BeNull("that was our own message");
        machine.State.Should().Be(SignOnState.AwaitingConfirmation);
        machine.Receive(Confirmation, _now).Line.Should().NotBeNull();

        machine.State.Should().Be(SignOnState.Settling);
    }

    [Fact]
    public void A_line_that_babbles_does_not_hold_a_try_for_ever()
    {
        SignOnMachine machine = new(new SignOnSettings { Tries = 1 });
        SignOnStep step = machine.Start(_now);
        int pieces = 0;

        while (step.Event == SignOnEvent.None)
        {
            step = machine.Receive("X"u8, At(0.1));
            pieces++;
        }

        machine.Failure.Should().Be(SignOnFailure.NoIdentification);
        pieces.Should().BeInRange(10, 200);
    }

    [Fact]
    public void Parity_in_software_is_sent_and_checked()
    {
        SignOnMachine machine = new(new SignOnSettings { IsParityInSoftware = true, IsRateFixed = true, MaximumBaud = 300 });
        byte[] identification = [.. "/GRX0A\r\n"u8];
        byte[] withParity = [.. identification.Select(octet => (byte)(octet | (int.PopCount(octet) % 2 << 7)))];

        machine.Start(_now).Transmit.ToArray().ShouldBeHex("AF 3F 21 8D 0A");
        machine.Receive(identification, _now);
        machine.State.Should().Be(SignOnState.AwaitingIdentification, "without parity some characters are damaged");
        machine.Receive(withParity, _now);

        machine.State.Should().Be(SignOnState.Reacting);
        machine.Tick(At(1)).Transmit.ToArray().ShouldBeHex("06 B2 30 B2 8D 0A");
    }

    [Theory]
    [InlineData("/GRX4A\r\n", null, SignOnFailure.RateFixed)]
    [InlineData("/GRX5A\r\n", "063234320D0A", SignOnFailure.RateFixed)]
    public void On_a_fixed_line_no_other_rate_will_do(string identification, string? confirmation, SignOnFailure expected)
    {
        SignOnMachine machine = new(new SignOnSettings { IsRateFixed = true, MaximumBaud = 9600 });
        machine.Start(_now);

        SignOnStep step = machine.Receive(Encoding.ASCII.GetBytes(identification), _now);
        if (confirmation is not null)
        {
            machine.Tick(At(1));
            step = machine.Receive(confirmation.Octets(), _now);
        }

        (step.Event, machine.Failure).Should().Be((SignOnEvent.Failed, expected));
    }

    [Fact]
    public void Octet_by_octet_is_the_same_as_whole_and_hostile_octets_never_throw()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int round = 0; round < 5_000; round++)
        {
            SignOnMachine machine = new(new SignOnSettings { Tries = 1, IsParityInSoftware = random.Next(2) == 0 });
            SignOnStep step = machine.Start(_now);
            for (int piece = 0; piece < 200 && step.Event == SignOnEvent.None; piece++)
            {
                byte[] octets = random.Next(3) switch
                {
                    0 => Identification,
                    1 => Confirmation,
                    _ => new byte[random.Next(1, 20)],
                };
                octets = [.. octets];
                if (random.Next(2) == 0)
                {
                    octets[random.Next(octets.Length)] = (byte)random.Next(256);
                }

                step = random.Next(4) == 0 ? machine.Tick(At(random.NextDouble() * 3)) : machine.Receive(octets, _now);
                (step.NextTick is null).Should().Be(step.Event != SignOnEvent.None, $"seed {Seed}, round {round}");
            }
        }

        SignOnMachine single = new(new SignOnSettings());
        single.Start(_now);
        foreach (byte octet in Identification)
        {
            single.State.Should().Be(SignOnState.AwaitingIdentification);
            single.Receive([octet], At(0.03));
        }

        single.State.Should().Be(SignOnState.Reacting);
    }

    [Fact]
    public void Settings_out_of_range_are_wrong_arguments()
    {
        FluentActions.Invoking(() => new SignOnMachine(new SignOnSettings { Tries = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SignOnMachine(new SignOnSettings { Tries = 11 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SignOnMachine(new SignOnSettings { MaximumBaud = 299 }))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SignOnMachine(new SignOnSettings { DeviceAddress = "1!" })).Should().Throw<ArgumentException>();
    }

    private byte[] Select(SignOnMachine machine, string identification)
    {
        machine.Start(_now);
        machine.Receive(Encoding.ASCII.GetBytes(identification), _now).Event.Should().Be(SignOnEvent.None);
        return machine.Tick(At(1)).Transmit.ToArray();
    }

    private TimeSpan At(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    private TimeSpan Later(SignOnStep step) => _now = step.NextTick!.Value;
}
