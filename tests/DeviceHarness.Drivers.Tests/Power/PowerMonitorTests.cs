using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Power;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Power;

/// <summary>Registers of the worked examples of the data sheets: a load of 10 A at 12 V behind a shunt of 2 milliohms, with a step of 1 mA.
/// INA219: SBOS448F, table 3 of the section "Configure/measure/calculate example". INA226: the registers by the formulas of SBOS547,
/// section 6.5, for the same load.</summary>
public sealed class PowerMonitorTests
{
    private const double ShuntOhms = 0.002;

    // 1 mA in 2^15 steps.
    private const double MaximumAmperes = 32.768;

    public static TheoryData<string, int, int, int, int> Examples => new()
    {
        { "ina219", 0x5000, 0x5D98, 0x2710, 0x1766 },
        { "ina226", 0x0A00, 0x2570, 0x2710, 0x12B8 },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_worked_example_is_calibrated_and_read_as_the_data_sheet_has_it(
        string kind, int calibration, int bus, int current, int power)
    {
        Registers registers = new() { [0xFE] = 0x5449, [0x02] = bus, [0x03] = power, [0x04] = current };
        PowerMonitor monitor = new(registers, KindOf(kind), ShuntOhms, MaximumAmperes);

        monitor.Start();
        PowerSample sample = monitor.Read();

        registers[0x05].Should().Be(calibration);
        monitor.CurrentStepAmperes.Should().BeApproximately(0.001, 1e-9);
        (sample.Volts, Math.Round(sample.Amperes, 6), Math.Round(sample.Watts, 6)).Should().Be((11.98, 10.0, 119.8));
    }

    [Theory]
    [InlineData("ina219", 0.1, 3.2, 0x399F)]
    [InlineData("ina219", 0.1, 0.4, 0x219F)]
    [InlineData("ina219", 0.1, 0.41, 0x299F)]
    [InlineData("ina219", 0.1, 1.0, 0x319F)]
    [InlineData("ina226", 0.1, 0.8, 0x4127)]
    public void The_range_is_the_least_that_holds_and_the_widest_is_as_after_a_reset(
        string kind, double shunt, double maximum, int configuration)
    {
        Registers registers = new() { [0xFE] = 0x5449 };

        new PowerMonitor(registers, KindOf(kind), shunt, maximum).Start();

        registers[0x00].Should().Be(configuration);
    }

    [Theory]
    [InlineData("ina219", 0.0204, false)]
    [InlineData("ina219", 0.0205, true)]
    [InlineData("ina219", 0.32, true)]
    [InlineData("ina219", 0.321, false)]
    [InlineData("ina226", 0.0051, false)]
    [InlineData("ina226", 0.0052, true)]
    [InlineData("ina226", 0.0819, true)]
    [InlineData("ina226", 0.082, false)]
    public void A_calibration_that_overflows_and_a_voltage_beyond_the_range_do_not_fit(string kind, double volts, bool fits)
    {
        KindOf(kind).Fits(shuntOhms: 1, maximumAmperes: volts).Should().Be(fits);
        Action make = () => _ = new PowerMonitor(new Registers(), KindOf(kind), 1, volts);

        if (fits)
        {
            make.Should().NotThrow();
        }
        else
        {
            make.Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void Current_that_flows_back_is_negative()
    {
        Registers registers = new() { [0x04] = 0xD8F0, [0x02] = 0x5D98 };
        PowerMonitor monitor = new(registers, PowerMonitorKind.Ina219, ShuntOhms, MaximumAmperes);
        monitor.Start();

        Math.Round(monitor.Read().Amperes, 6).Should().Be(-10.0);
    }

    [Fact]
    public void Another_maker_is_told_with_what_it_says()
    {
        Action start = () => new PowerMonitor(new Registers { [0xFE] = 0x0000 }, PowerMonitorKind.Ina226, 0.1, 0.5).Start();

        TransportException fault = start.Should().Throw<TransportException>().Which;
        fault.Code.Should().Be("INA-001");
        fault.Message.Should().StartWith("bus 0x40").And.Contain("0000h").And.Contain("'address'");
    }

    [Fact]
    public void What_keeps_nothing_is_no_sensor_and_one_that_forgot_measures_nothing()
    {
        Action start = () => new PowerMonitor(new Registers { Keeps = false }, PowerMonitorKind.Ina219, 0.1, 0.5).Start();
        Registers registers = new() { [0x02] = 0x5D98 };
        PowerMonitor monitor = new(registers, PowerMonitorKind.Ina219, 0.1, 0.5);
        monitor.Start();
        registers[0x05] = 0;
        Action read = () => monitor.Read();

        start.Should().Throw<TransportException>().Which.Code.Should().Be("INA-002");
        read.Should().Throw<TransportException>().Which.Code.Should().Be("INA-002");
    }

    [Theory]
    [InlineData("ina219", 0x02, 0x5D99)]
    [InlineData("ina226", 0x06, 0x000C)]
    public void A_product_that_did_not_fit_is_no_measurement(string kind, int register, int value)
    {
        Registers registers = new() { [0xFE] = 0x5449, [(byte)register] = value };
        PowerMonitor monitor = new(registers, KindOf(kind), 0.1, 0.5);
        monitor.Start();
        Action read = () => monitor.Read();

        read.Should().Throw<TransportException>().Which.Code.Should().Be("INA-003");
    }

    private static PowerMonitorKind KindOf(string name) => name == "ina226" ? PowerMonitorKind.Ina226 : PowerMonitorKind.Ina219;

    /// <summary>Registers that hold what is put into them.</summary>
    private sealed class Registers : II2cDevice
    {
        private readonly Dictionary<byte, int> _values = [];

        public bool Keeps { get; init; } = true;

        public string Name => "bus 0x40";

        public int this[byte register]
        {
            get => _values.GetValueOrDefault(register);
            set => _values[register] = value;
        }

        public void Transfer(ReadOnlySpan<byte> written, Span<byte> read)
        {
            if (written.Length == 3 && Keeps)
            {
                this[written[0]] = (written[1] << 8) | written[2];
            }

            if (read.Length == 2)
            {
                read[0] = (byte)(this[written[0]] >> 8);
                read[1] = (byte)this[written[0]];
            }
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
