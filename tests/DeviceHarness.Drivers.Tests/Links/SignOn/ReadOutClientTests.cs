using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.Drivers.Links.SignOn;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.SignOn;

/// <summary>A read-out by mode C, against a device made of other implementations' octets.</summary>
public sealed class ReadOutClientTests
{
    private static readonly LineSetting Slow = new(300, SerialFormat.SevenEven1);
    private static readonly LineSetting Fast = new(9600, SerialFormat.SevenEven1);
    private static readonly byte[] Request = MeterFrames.Vector("request-any-device");

    // V = 0, Z = 5, Y = 0. The vectors have a select of mode C with Y = 2, which is none of ours.
    private static readonly byte[] Select = Convert.FromHexString("063035300D0A");

    private byte[] _readOut = MeterFrames.Vector("readout-block-mode-c");
    private int _damaged;

    [Fact]
    public async Task A_meter_is_read_out_at_the_rate_that_it_offers()
    {
        ScriptedLine line = new((_, octets) => Device(octets));

        ReadOut read = await Client(line, new SignOnSettings()).ReadAsync(CancellationToken.None);

        (read.Identification, read.Baud).Should().Be(("GRX512345678", 9600));
        read.Values.Should().Equal(new ReadOutValue("3:14", "314", "kWh"), new ReadOutValue("4:15", "415", "kWh"));
        line.Written.Select(write => write.Setting).Should().Equal([Slow, Slow], "request and select pass at 300 baud");
        line.Settings.Should().Equal([Slow, Fast], "nothing repeats the select, and the parity stays");
    }

    [Fact]
    public void The_line_keeps_its_rate_until_the_select_has_passed_and_changes_before_a_quick_meter_speaks()
    {
        SignOnMachine machine = new(new SignOnSettings { IsReadOut = true });
        TimeSpan passing = new LineRate(300, 10).TimeOf(Select.Length);
        machine.Start(TimeSpan.Zero);
        TimeSpan sent = machine.Receive(MeterFrames.Vector("identification-grx-9600"), TimeSpan.Zero).NextTick!.Value;

        SignOnStep select = machine.Tick(sent);
        SignOnStep passed = machine.Tick(sent + passing);
        SignOnStep switched = machine.Tick(select.NextTick!.Value);

        select.Transmit.ToArray().Should().Equal(Select);
        passed.Line.Should().BeNull("an adapter may still hold the last character");
        switched.Line.Should().Be(Fast);
        (select.NextTick - sent).Should().BeLessThan(passing + TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Behind_a_serial_server_the_rate_is_its_own_and_the_parity_is_made_here()
    {
        ScriptedLine line = new((_, octets) =>
        {
            EvenParity.Strip(octets).Should().Be(0, "each character has even parity");
            byte[]? answer = Device(octets)?.ToArray();
            EvenParity.Add(answer);
            return answer;
        })
        { CanChange = false };
        SignOnSettings settings = new() { MaximumBaud = 9600, InitialBaud = 9600, IsRateFixed = true, IsParityInSoftware = true };

        ReadOut read = await Client(line, settings).ReadAsync(CancellationToken.None);

        read.Values.Should().HaveCount(2);
        line.Settings.Should().BeEmpty();
    }

    [Fact]
    public async Task A_read_out_that_came_with_damage_is_asked_for_again()
    {
        _damaged = 1;
        ScriptedLine line = new((_, octets) => Device(octets));

        ReadOut read = await Client(line, new SignOnSettings()).ReadAsync(CancellationToken.None);

        read.Values.Should().HaveCount(2);
        line.Settings.Should().Equal(Slow, Fast, Slow, Fast);
    }

    [Fact]
    public async Task A_read_out_that_is_damaged_each_time_is_told_with_its_octets()
    {
        _damaged = int.MaxValue;
        ReadOutClient client = Client(new ScriptedLine((_, octets) => Device(octets)), new SignOnSettings());

        Func<Task> read = () => client.ReadAsync(CancellationToken.None);

        RemoteProtocolException fault = (await read.Should().ThrowAsync<RemoteProtocolException>()).Which;
        fault.Code.Should().Be("SIGN-017");
        fault.Message.Should().Contain("GRX512345678 sent a read-out with damage, 3 times");
    }

    [Theory]
    [InlineData("", "identified itself and sent no read-out")]
    [InlineData("02333A313428", "began a read-out and did not end it")]
    public async Task A_meter_that_does_not_read_out_is_told(string readOut, string text)
    {
        _readOut = Convert.FromHexString(readOut);
        ReadOutClient client = Client(new ScriptedLine((_, octets) => Device(octets)), new SignOnSettings());

        Func<Task> read = () => client.ReadAsync(CancellationToken.None);

        LinkTimeoutException fault = (await read.Should().ThrowAsync<LinkTimeoutException>()).Which;
        (fault.Code, fault.Attempts).Should().Be(("SIGN-016", 3));
        fault.Message.Should().Contain(text);
    }

    [Fact]
    public async Task A_read_out_that_is_no_list_of_data_sets_breaks_the_protocol()
    {
        byte[] message = new byte[16];
        _ = DataMessage.Encode(new DataMessage("no data set"u8), message, out int octets);
        _readOut = message[..octets];
        ReadOutClient client = Client(new ScriptedLine((_, octets) => Device(octets)), new SignOnSettings());

        Func<Task> read = () => client.ReadAsync(CancellationToken.None);

        (await read.Should().ThrowAsync<RemoteProtocolException>()).Which.Code.Should().Be("SIGN-013");
    }

    [Fact]
    public async Task A_host_that_is_held_up_longer_than_any_time_out_reads_out_at_the_first_attempt()
    {
        ScriptedLine line = new((_, octets) => Device(octets)) { Stall = TimeSpan.FromSeconds(30) };

        await Client(line, new SignOnSettings()).ReadAsync(CancellationToken.None);

        line.Written.Should().HaveCount(2, "request and select, each once");
    }

    private static ReadOutClient Client(ScriptedLine line, SignOnSettings settings) => new(line, settings, line.Time);

    private byte[]? Device(byte[] octets)
    {
        if (octets.SequenceEqual(Request))
        {
            return MeterFrames.Vector("identification-grx-9600");
        }

        if (!octets.SequenceEqual(Select))
        {
            return null;
        }

        byte[] answer = [.. _readOut];
        if (_damaged-- > 0)
        {
            answer[^1] ^= 1;
        }

        return answer;
    }
}
