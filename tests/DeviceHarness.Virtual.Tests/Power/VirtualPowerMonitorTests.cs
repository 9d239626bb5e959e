using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Virtual.Power;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Power;

/// <summary>The virtual sensors against the worked examples of the data sheets: 10 A at 12 V behind 2 milliohms (INA219: SBOS448F, table 3;
/// INA226: by the formulas of SBOS547, section 6.5).</summary>
public sealed class VirtualPowerMonitorTests
{
    [Theory]
    [InlineData(false, 0x399F, 0x5000, 0x07D0, 0x5D9A, 0x2710, 0x1766)]
    [InlineData(true, 0x4127, 0x0A00, 0x1F40, 0x2570, 0x2710, 0x12B8)]
    public void The_worked_example_is_in_its_registers(
        bool isIna226, int reset, int calibration, int shunt, int bus, int current, int power)
    {
        VirtualPowerMonitor sensor = new(isIna226, shuntOhms: 0.002) { Supply = () => (11.98, 10) };

        Read(sensor, 0x00).Should().Be(reset);
        Read(sensor, 0x04).Should().Be(0, "without a calibration it tells no current");
        Write(sensor, 0x05, calibration);

        new[] { 0x01, 0x02, 0x03, 0x04, 0x05 }.Select(register => Read(sensor, register))
            .Should().Equal(shunt, bus, power, current, calibration);
        Read(sensor, 0xFE).Should().Be(isIna226 ? 0x5449 : 0);
    }

    [Fact]
    public void It_forgets_what_it_was_told_when_its_own_supply_was_away_or_bit_15_is_written()
    {
        VirtualPowerMonitor sensor = new(isIna226: false, shuntOhms: 0.1);
        Write(sensor, 0x05, 0x1001);
        int kept = Read(sensor, 0x05);
        sensor.Restart();
        int restarted = Read(sensor, 0x05);
        Write(sensor, 0x05, 0x1000);
        Write(sensor, 0x00, 0x8000);

        (kept, restarted, Read(sensor, 0x05), Read(sensor, 0x00)).Should()
            .Be((0x1000, 0, 0, 0x399F), "bit 0 of the calibration is not there");
    }

    [Fact]
    public void One_that_is_unplugged_acknowledges_nothing()
    {
        VirtualPowerMonitor sensor = new(isIna226: true, shuntOhms: 0.1) { IsUnplugged = true };
        Action read = () => Read(sensor, 0x00);

        read.Should().Throw<TransportException>().Which.Code.Should().Be("I2C-003");
    }

    private static int Read(VirtualPowerMonitor sensor, int register)
    {
        byte[] octets = new byte[2];
        sensor.Transfer([(byte)register], octets);
        return (octets[0] << 8) | octets[1];
    }

    private static void Write(VirtualPowerMonitor sensor, int register, int value) =>
        sensor.Transfer([(byte)register, (byte)(value >> 8), (byte)value], []);
}
