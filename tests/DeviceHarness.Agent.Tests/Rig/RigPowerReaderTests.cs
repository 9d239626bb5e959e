using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>The part <c>power</c> of a rig file with real relays and inputs.</summary>
public sealed class RigPowerReaderTests
{
    private const string Rig = """
        rig: test-rig
        users:
          IS: 90-B3-D5-1F-30-01-00-01
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            profile: generic-smets1-esme
            link: { via: serial, port: /dev/serial/by-id/probe-1, baud: 9600 }
          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A1
            profile: generic-smets1-esme
            link: { via: serial, port: /dev/serial/by-id/probe-2, baud: 9600 }
        power:
          inrush-spacing: 2s
          boards:
            relays: { kind: modbus, via: serial, port: /dev/serial/by-id/relays, address: 3 }
          feeds:
            bench:
              via: gpio
              devices: [ esme-01 ]
              load: 2.5
              contact: normally-closed
              active-low: true
              line: GPIO17
              chip: pinctrl-bcm2711
            second:
              via: relay-board
              board: relays
              channel: 4
              contact: normally-open
              devices: [ esme-02 ]
              fed-by: bench
              daily-limit: 50
          sense:
            - { via: gpio, chip: pinctrl-bcm2711, line: GPIO27, bias: pull-up, debounce: 5ms, device: esme-01, terminal: mains }
          isolation: { via: gpio, chip: pinctrl-bcm2711, line: 22, active-low: true }
          acknowledge: { via: gpio, chip: pinctrl-bcm2711, line: 23 }
        """;

    [Fact]
    public void Relays_inputs_and_the_emergency_stop_are_read()
    {
        RigPower power = BenchFolder.Parse(Rig).Power;

        power.InrushSpacing.Should().Be(TimeSpan.FromSeconds(2));
        power.Boards.Should().Equal(new RelayBoardSettings("relays", RelayBoardKind.Modbus, "/dev/serial/by-id/relays", 9600, 3));
        power.Feeds[0].Switch.Should().BeOfType<GpioSwitch>().Which.Line.Should().Match<Transports.Gpio.GpioLineSettings>(
            line => line.Chip == "pinctrl-bcm2711" && line.Line == "GPIO17" && line.IsActiveLow);
        power.Feeds[0].LoadAmperes.Should().Be(2.5);
        power.Feeds[1].Switch.Should().Be(new BoardSwitch("relays", 4, IsNormallyClosed: false));
        (power.Feeds[1].FedBy, power.Feeds[1].DailyLimit).Should().Be(("bench", 50));
        power.Inputs[0].Line.Gpio!.Debounce.Should().Be(TimeSpan.FromMilliseconds(5));
        (power.Isolation!.Gpio!.Line, power.Acknowledge!.Gpio!.Line).Should().Be(("22", "23"));
    }

    [Fact]
    public void What_a_feed_takes_away_the_feeds_behind_it_lose_too()
    {
        RigPower power = BenchFolder.Parse(Rig).Power;

        power.Feeds[0].Own.Select(device => device.Value).Should().Equal("esme-01");
        power.Feeds[0].Feed.Devices.Select(device => device.Value).Should().Equal("esme-01", "esme-02");
        power.Feeds[1].Feed.Devices.Select(device => device.Value).Should().Equal("esme-02");
    }

    [Fact]
    public void A_power_strip_and_a_program_are_read()
    {
        const string Strip = """
            power:
              feeds:
                strip:
                  via: http
                  devices: [ esme-01 ]
                  on: { url: "http://strip/relay?turn=on" }
                  off: { method: POST, url: "http://strip/relay", body: "turn=off" }
                  state: { url: "http://strip/relay", on-when: '"ison":true' }
                last-resort: { via: exec, devices: [ esme-02 ], on: [ switch, "on" ], off: [ switch, "off" ] }
            """;
        RigPower power = BenchFolder.Parse(string.Concat(Rig.AsSpan(0, Rig.IndexOf("power:", StringComparison.Ordinal)), Strip)).Power;

        HttpSwitch outlet = power.Feeds[0].Switch.Should().BeOfType<HttpSwitch>().Subject;
        outlet.On.Should().Be(new HttpRequestText("GET", new Uri("http://strip/relay?turn=on"), string.Empty));
        outlet.Off.Should().Be(new HttpRequestText("POST", new Uri("http://strip/relay"), "turn=off"));
        outlet.State!.OnWhen.Should().Be("\"ison\":true");
        power.Feeds[1].Switch.Should().BeOfType<ExecSwitch>().Which.Off.Should().Equal("switch", "off");
    }

    [Theory]
    [InlineData("contact: normally-closed", "", "power.feeds.bench.contact")]
    [InlineData("contact: normally-closed", "contact: closed", "power.feeds.bench.contact")]
    [InlineData("chip: pinctrl-bcm2711\n", "\n", "power.feeds.bench.chip")]
    [InlineData("via: gpio\n", "via: virtual\n", "power.feeds.bench.devices[0]")]
    [InlineData("board: relays", "board: relay", "power.feeds.second.board")]
    [InlineData("channel: 4", "channel: 0", "power.feeds.second.channel")]
    [InlineData("fed-by: bench", "fed-by: second", "power.feeds.second.fed-by")]
    [InlineData("daily-limit: 50", "daily-limit: 0", "power.feeds.second.daily-limit")]
    [InlineData("devices: [ esme-02 ]", "devices: [ esme-01 ]", "power.feeds.second.devices[0]")]
    [InlineData("kind: modbus", "kind: canbus", "power.boards.relays.kind")]
    [InlineData("port: /dev/serial/by-id/relays, ", "", "power.boards.relays.port")]
    [InlineData("bias: pull-up", "bias: up", "power.sense[0].bias")]
    [InlineData("  isolation: {", "  isolations: {", "power.isolations")]
    public void What_is_wrong_is_told_with_its_place(string from, string to, string key)
    {
        Action parse = () => BenchFolder.Parse(Rig.Replace(from, to, StringComparison.Ordinal));

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Fact]
    public void A_button_without_an_emergency_stop_is_told()
    {
        string rig = string.Join('\n', Rig.Split('\n').Where(line => !line.Contains("isolation:")));
        Action parse = () => BenchFolder.Parse(rig);

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be("power.acknowledge");
    }
}
