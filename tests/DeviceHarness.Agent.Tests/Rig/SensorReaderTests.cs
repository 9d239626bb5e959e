using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Power;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>A current and voltage sensor under <c>power.sense</c> of a rig file.</summary>
public sealed class SensorReaderTests
{
    private const string Sense = """

        power:
          sense:
            - { via: i2c, sensor: ina219, bus: /dev/i2c-1, address: 0x41, shunt: 0.1, maximum: 0.8, reads: voltage, on-at: 6, off-at: 3,
                period: 50ms, device: esme-01, terminal: hub }
            - { via: i2c, sensor: ina226, bus: /dev/i2c-1, address: 64, shunt: 0.05, maximum: 1, reads: current, on-at: 0.02, off-at: 0.01,
                device: esme-01, terminal: mains }
        """;

    [Fact]
    public void Sensors_are_read_with_their_thresholds()
    {
        RigPower power = BenchFolder.Parse(BenchFolder.RigText + Sense).Power;

        power.Inputs.Select(input => input.Sensor).Should().Equal(
            new RigSensor(
                PowerMonitorKind.Ina219, "/dev/i2c-1", 0x41, 0.1, 0.8, SensedQuantity.Voltage, 6, 3, TimeSpan.FromMilliseconds(50)),
            new RigSensor(
                PowerMonitorKind.Ina226, "/dev/i2c-1", 0x40, 0.05, 1, SensedQuantity.Current, 0.02, 0.01, TimeSpan.FromMilliseconds(100)));
        power.Inputs.Select(input => $"{input.Point}").Should().Equal("esme-01 hub", "esme-01 mains");
    }

    [Theory]
    [InlineData("sensor: ina219", "sensor: ina260", "power.sense[0].sensor")]
    [InlineData("address: 0x41", "address: 0x50", "power.sense[0].address")]
    [InlineData("shunt: 0.1", "shunt: 0", "power.sense[0].shunt")]
    [InlineData("maximum: 0.8", "maximum: 0.1", "power.sense[0].maximum")]
    [InlineData("maximum: 1", "maximum: 2", "power.sense[1].maximum")]
    [InlineData("reads: voltage", "reads: power", "power.sense[0].reads")]
    [InlineData("off-at: 3", "off-at: 6", "power.sense[0].off-at")]
    [InlineData("period: 50ms", "period: 1ms", "power.sense[0].period")]
    [InlineData("on-at: 6, ", "", "power.sense[0].on-at")]
    [InlineData("bus: /dev/i2c-1", "chip: /dev/i2c-1", "power.sense[0].bus")]
    [InlineData("period: 50ms", "bias: pull-up", "power.sense[0].bias")]
    public void What_is_wrong_is_told_with_its_place(string from, string to, string key)
    {
        int place = Sense.IndexOf(from, StringComparison.Ordinal);
        string sense = string.Concat(Sense.AsSpan(0, place), to, Sense.AsSpan(place + from.Length));
        Action parse = () => BenchFolder.Parse(BenchFolder.RigText + sense);

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Fact]
    public void A_calibration_that_would_overflow_is_told_with_what_would_fit()
    {
        string sense = Sense.Replace("maximum: 0.8", "maximum: 0.1", StringComparison.Ordinal);
        Action parse = () => BenchFolder.Parse(BenchFolder.RigText + sense);

        parse.Should().Throw<ConfigurationException>().Which.Message
            .Should().Contain("10 mV across the shunt").And.Contain("20.48 to 320 mV").And.Contain("overflows");
    }
}
