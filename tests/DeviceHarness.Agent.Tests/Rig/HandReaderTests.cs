using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Transports.Gpio;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>The parts <c>tamper</c> and <c>buttons</c> of a rig file.</summary>
public sealed class HandReaderTests
{
    private const string Hands = """

        tamper:
          - { via: gpio, device: esme-01, cover: meter, chip: pins, line: 5, active-low: true,
              seen-by: { chip: pins, line: 6, bias: pull-up } }
          - { via: gpio, device: esme-01, cover: terminal, chip: pins, line: 7 }
        buttons:
          - { via: gpio, device: esme-01, button: display, chip: pins, line: 8 }
          - { via: virtual, device: esme-01, button: boost-2 }
        """;

    [Fact]
    public void Covers_and_buttons_are_read_with_their_lines()
    {
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText + Hands);
        DeviceId device = new("esme-01");

        rig.Tampers.Should().Equal(
            new RigTamper(
                device, MeterCover.Meter,
                new GpioHand(
                    new GpioLineSettings { Chip = "pins", Line = "5", IsActiveLow = true },
                    new GpioLineSettings { Chip = "pins", Line = "6", Bias = GpioBias.PullUp })),
            new RigTamper(
                device, MeterCover.Terminal, new GpioHand(new GpioLineSettings { Chip = "pins", Line = "7" }, SeenBy: null)));
        rig.Buttons.Should().Equal(
            new RigButton(device, "display", new GpioHand(new GpioLineSettings { Chip = "pins", Line = "8" }, SeenBy: null)),
            new RigButton(device, "boost-2", new VirtualHand()));
    }

    [Fact]
    public void A_virtual_meter_has_both_covers_unless_one_is_named()
    {
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText + "\ntamper: [ { via: virtual, device: esme-01 } ]");

        rig.Tampers.Should().Equal(new RigTamper(new DeviceId("esme-01"), Cover: null, new VirtualHand()));
    }

    [Theory]
    [InlineData("cover: meter, ", "", "tamper[0].cover")]
    [InlineData("cover: terminal", "cover: meter", "tamper[1].device")]
    [InlineData("cover: terminal", "cover: roof", "tamper[1].cover")]
    [InlineData("line: 6", "line: 5", "tamper[0].seen-by.line")]
    [InlineData("line: 8", "line: 7", "buttons[0].line")]
    [InlineData("line: 8", "lines: 8", "buttons[0].line")]
    [InlineData("bias: pull-up", "pull: up", "tamper[0].seen-by.pull")]
    [InlineData("button: display", "button: Display", "buttons[0].button")]
    [InlineData("button: boost-2", "button: boost-6", "buttons[1].button")]
    [InlineData("via: virtual, device: esme-01, button: boost-2",
        "via: gpio, device: esme-01, button: display, chip: pins, line: 9", "buttons[1].button")]
    [InlineData("via: virtual, device: esme-01", "via: virtual, device: esme-02", "buttons[1].device")]
    [InlineData("via: virtual", "via: radio", "buttons[1].via")]
    public void What_is_wrong_is_told_with_its_place(string from, string to, string key)
    {
        Action parse = () => BenchFolder.Parse(BenchFolder.RigText + Hands.Replace(from, to, StringComparison.Ordinal));

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }
}
