using System.Text;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Links.Optical;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Virtual.Tests.Links.Optical;

/// <summary>The optical port, spoken to in the octets of other implementations' clients.</summary>
public sealed class OpticalPortLinkTests(ITestOutputHelper output)
{
    private const string ReadOutLines = "1.8.0(000123.456*kWh)\r\n";
    private const int Seed = 20_261_126;

    private static readonly LineSetting SignOnLine = new(300, SerialFormat.SevenEven1);
    private static readonly LineSetting Fast = new(9600, SerialFormat.EightNone1);
    private static readonly TimeSpan Inactivity = TimeSpan.FromSeconds(120);

    private readonly ScriptedServerUser _user = new();
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    [Fact]
    public void A_client_of_another_implementation_is_led_into_hdlc()
    {
        OpticalPortLink port = Port(new OpticalPortOptions { Flag = "GRX", Identification = "12345678", IsModeEAnnounced = false });

        port.Line.Should().Be(SignOnLine);
        Send(port, Vector("request-any-device")).ShouldBeHex(Convert.ToHexString(Vector("identification-grx-9600")));
        Send(port, Vector("ack-mode-e-9600")).ShouldBeHex(Convert.ToHexString(Vector("ack-mode-e-9600")));
        port.Line.Should().Be(Fast);
        port.Phase.Should().Be(OpticalPortPhase.Hdlc);
        byte[] answer = port.Receive(Vector("snrm-1byte-public"), _now).ToArray();

        ClientFrames.Parse(answer).Single().Control.Should().Be(0x73);
        _user.Events.Should().Contain("connected 16");
    }

    [Fact]
    public void A_meter_that_announces_mode_e_says_so_as_a_real_one_does()
    {
        OpticalPortLink port = Port(new OpticalPortOptions { Flag = "APA", Identification = "NORAX30" });

        Send(port, "/?!\r\n"u8.ToArray()).ShouldBeHex(Convert.ToHexString(Vector("identification-apa-norax")));
    }

    [Theory]
    [InlineData("ack-mode-c-readout-9600")]
    [InlineData("ack-ill-formed-mode-e")]
    public void A_select_that_led_a_real_meter_into_a_read_out_does_so_here(string select)
    {
        OpticalPortLink port = Identified();

        byte[] answer = Send(port, Vector(select));

        answer.Should().StartWith([(byte)2]);
        CheckOf(answer).Should().Be(answer[^1]);
        (port.Phase, port.Line).Should().Be((OpticalPortPhase.Listening, SignOnLine));
    }

    [Fact]
    public void The_read_out_of_mode_c_leaves_at_the_new_rate_and_seven_bits()
    {
        OpticalPortLink port = Identified();

        port.Receive("063035300D0A".Octets(), _now).IsEmpty.Should().BeTrue();
        port.Line.Should().Be(new LineSetting(9600, SerialFormat.SevenEven1));
        byte[] answer = port.Tick(Later(port)).ToArray();

        Encoding.ASCII.GetString(answer).Should().StartWith("\x02" + ReadOutLines + "!\r\n\x03");
        port.Line.Should().Be(SignOnLine);
    }

    [Fact]
    public void Without_a_select_the_read_out_follows_at_the_rate_of_the_sign_on()
    {
        OpticalPortLink port = Identified();
        TimeSpan due = port.NextTick!.Value;

        port.Tick(due - TimeSpan.FromMilliseconds(1)).IsEmpty.Should().BeTrue();
        byte[] answer = port.Tick(due).ToArray();

        answer.Should().StartWith([(byte)2]);
        (port.Phase, port.Line).Should().Be((OpticalPortPhase.Listening, SignOnLine));
    }

    [Theory]
    [InlineData('5', '5', 9600)]
    [InlineData('3', '3', 2400)]
    [InlineData('0', '0', 300)]
    [InlineData('6', '5', 9600)]
    [InlineData('9', '5', 9600)]
    public void A_rate_above_the_offer_is_brought_down_to_it_and_told(char asked, char confirmed, int baud)
    {
        OpticalPortLink port = Identified();

        byte[] answer = Send(port, [6, (byte)'2', (byte)asked, (byte)'2', 13, 10]);

        answer.Should().Equal(6, (byte)'2', (byte)confirmed, (byte)'2', 13, 10);
        port.Line.Should().Be(new LineSetting(baud, SerialFormat.EightNone1));
    }

    [Theory]
    [InlineData("", "/?!\r\n", true)]
    [InlineData("00012345", "/?12345!\r\n", true)]
    [InlineData("12345", "/?00012345!\r\n", true)]
    [InlineData("12345", "/?54321!\r\n", false)]
    [InlineData("", "/?12345!\r\n", false)]
    [InlineData("", "/X!\r\n", false)]
    [InlineData("", "noise /?!\r\n", true)]
    public void Only_who_is_asked_answers(string address, string request, bool answers)
    {
        OpticalPortLink port = Port(new OpticalPortOptions { DeviceAddress = address });

        port.Receive(Encoding.ASCII.GetBytes(request), _now);

        (port.Phase == OpticalPortPhase.Answering).Should().Be(answers);
    }

    [Fact]
    public void After_disc_it_wants_a_sign_on_again()
    {
        OpticalPortLink port = InHdlc();
        port.Receive(ClientFrames.Snrm(), _now);

        ClientFrames.Parse(port.Receive(ClientFrames.Disc(), _now).Span).Single().Control.Should().Be(0x73);

        (port.Phase, port.Line).Should().Be((OpticalPortPhase.Listening, SignOnLine));
    }

    [Fact]
    public void A_port_that_stays_in_hdlc_leaves_it_after_its_time_out()
    {
        OpticalPortLink port = InHdlc(new OpticalPortOptions { StaysInHdlc = true });
        port.Receive(ClientFrames.Snrm(), _now);
        port.Receive(ClientFrames.Disc(), _now);
        port.Phase.Should().Be(OpticalPortPhase.Hdlc);

        port.Tick(_now + Inactivity - TimeSpan.FromMilliseconds(1));
        port.Phase.Should().Be(OpticalPortPhase.Hdlc);
        port.Tick(_now + Inactivity);

        port.Phase.Should().Be(OpticalPortPhase.Listening);
    }

    [Fact]
    public void Without_a_frame_it_goes_back_to_the_sign_on()
    {
        OpticalPortLink port = InHdlc();

        port.Tick(port.NextTick!.Value);

        (port.Phase, port.Line).Should().Be((OpticalPortPhase.Listening, SignOnLine));
    }

    [Fact]
    public void Characters_too_far_apart_are_no_message()
    {
        OpticalPortLink port = Port(new OpticalPortOptions());

        port.Receive("/?"u8, _now);
        port.Receive("!\r\n"u8, _now + TimeSpan.FromMilliseconds(1501));

        port.Phase.Should().Be(OpticalPortPhase.Listening);
    }

    [Theory]
    [InlineData(OpticalPortFaults.NoConfirmation, null, 300)]
    [InlineData(OpticalPortFaults.UnknownRate, "063258320D0A", 300)]
    [InlineData(OpticalPortFaults.StaysSlow, "063235320D0A", 300)]
    [InlineData(OpticalPortFaults.FasterThanAsked, "063236320D0A", 19_200)]
    public void Each_fault_of_the_confirmation_does_what_it_says(OpticalPortFaults fault, string? confirmation, int baud)
    {
        OpticalPortLink port = Identified(new OpticalPortOptions { Faults = fault });

        byte[] answer = Send(port, Vector("ack-mode-e-9600"));

        answer.ShouldBeHex(confirmation ?? string.Empty);
        port.Line!.Value.Baud.Should().Be(baud);
    }

    [Fact]
    public void A_silent_port_and_a_wrong_check_character_can_be_planted()
    {
        OpticalPortLink silent = Port(new OpticalPortOptions { Faults = OpticalPortFaults.Silent });
        OpticalPortLink wrong = Identified(
            new OpticalPortOptions { Faults = OpticalPortFaults.IgnoresModeE | OpticalPortFaults.WrongCheck });

        silent.Receive("/?!\r\n"u8, _now);
        byte[] readOut = Send(wrong, Vector("ack-mode-e-9600"));

        silent.Phase.Should().Be(OpticalPortPhase.Listening);
        readOut[^1].Should().Be((byte)(CheckOf(readOut) ^ 1));
    }

    [Fact]
    public void No_hostile_octets_throw_or_keep_it_from_the_next_sign_on()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        byte[][] known =
        [
            .. TestVector.Load("dlms/dlms-vectors.json").Where(vector => vector.Layer == "iec62056-21").Select(vector => vector.Octets),
        ];
        OpticalPortLink port = Port(new OpticalPortOptions());
        for (int round = 0; round < 20_000; round++)
        {
            byte[] octets = [.. known[random.Next(known.Length)]];
            octets[random.Next(octets.Length)] ^= (byte)(random.Next(3) == 0 ? random.Next(256) : 0);
            port.Receive(octets, _now += TimeSpan.FromSeconds(random.NextDouble()));
            port.Tick(_now += TimeSpan.FromSeconds(random.NextDouble() * 3));
        }

        port.Reset();
        Send(port, "/?!\r\n"u8.ToArray()).Should().StartWith("/DHV5"u8.ToArray());
    }

    private static byte[] Vector(string name) => TestVector.Load("dlms/dlms-vectors.json").Single(vector => vector.Name == name).Octets;

    private static byte CheckOf(byte[] readOut) => readOut[1..^1].Aggregate((byte)0, (check, octet) => (byte)(check ^ octet));

    private OpticalPortLink Port(OpticalPortOptions options)
    {
        ServerLinkOptions link = new() { Address = HdlcAddress.Server(1), InactivityTimeout = Inactivity };
        return new OpticalPortLink(options, new HdlcServerLink(link, _user), Inactivity, () => ReadOutLines);
    }

    private OpticalPortLink Identified(OpticalPortOptions? options = null)
    {
        OpticalPortLink port = Port(options ?? new OpticalPortOptions());
        Send(port, "/?!\r\n"u8.ToArray()).Should().StartWith("/DHV5"u8.ToArray());
        port.Phase.Should().Be(OpticalPortPhase.AwaitingSelect);
        return port;
    }

    private OpticalPortLink InHdlc(OpticalPortOptions? options = null)
    {
        OpticalPortLink port = Identified(options);
        Send(port, Vector("ack-mode-e-9600"));
        port.Phase.Should().Be(OpticalPortPhase.Hdlc);
        return port;
    }

    /// <summary>Sends a message and waits as long as the port takes to answer it; nothing when it does not.</summary>
    private byte[] Send(OpticalPortLink port, byte[] octets)
    {
        port.Receive(octets, _now).IsEmpty.Should().BeTrue("a meter takes its time");
        return port.Phase == OpticalPortPhase.Answering ? port.Tick(Later(port)).ToArray() : [];
    }

    private TimeSpan Later(OpticalPortLink port) => _now = port.NextTick!.Value;
}
