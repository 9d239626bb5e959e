using System.Globalization;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Power;
using DeviceHarness.Transports.I2c;
using DeviceHarness.Virtual.Power;

namespace DeviceHarness.Guest;

/// <summary>The I2C transport and the current and voltage sensors on it, under the kernel's own bus driver; and the sensors' twins under
/// the kernel's own driver of such sensors, which nobody here wrote.</summary>
internal sealed class I2cChecks(CheckReport report)
{
    private const double Ohms = 0.1;
    private const double Volts = 5.12;
    private const double Amperes = 0.35;

    // What the kernel's driver takes its shunt for until it is told otherwise.
    private const double KernelsOhms = 0.01;
    private const int Ina226At = 0x40;
    private const int Ina219At = 0x41;
    private const int Kernels226At = 0x44;
    private const int Kernels219At = 0x45;
    private const int NobodyAt = 0x4A;

    private readonly VirtualPowerMonitor _ina226 = Twin(isIna226: true, Ohms);

    public async Task RunAsync()
    {
        UsbI2cBridge bridge = UsbI2cBridge.PlugIn(new Dictionary<int, II2cDevice>
        {
            [Ina226At] = _ina226,
            [Ina219At] = Twin(isIna226: false, Ohms),
            [Kernels226At] = Twin(isIna226: true, KernelsOhms),
            [Kernels219At] = Twin(isIna226: false, KernelsOhms),
        });
        try
        {
            string bus = await BusAsync().ConfigureAwait(false);
            await report.CheckAsync("an ina226 is set up and measures", () => Measure(bus, Ina226At, PowerMonitorKind.Ina226))
                .ConfigureAwait(false);
            await report.CheckAsync("an ina219 is set up and measures", () => Measure(bus, Ina219At, PowerMonitorKind.Ina219))
                .ConfigureAwait(false);
            await report.CheckAsync("a register is read in one transfer with a repeated start", () => OneTransfer(bus, bridge))
                .ConfigureAwait(false);
            await report.CheckAsync("an address that nobody acknowledges is told", () => NobodyAsync(bus)).ConfigureAwait(false);
            await report.CheckAsync("a sensor that lost its own supply is told", () => ForgetfulAsync(bus)).ConfigureAwait(false);
            await report.CheckAsync("the kernel's driver reads the twins as they are, and holds their addresses", () => KernelsAsync(bus))
                .ConfigureAwait(false);
            await report.CheckAsync("a bus that is pulled out fails, and is gone", () => PulledOutAsync(bus, bridge)).ConfigureAwait(false);
        }
        finally
        {
            bridge.Dispose();
        }

        await report.CheckAsync("a bus that comes back is taken again", ComesBackAsync).ConfigureAwait(false);
    }

    /// <summary>Serves a sensor whose supply is there while a file begins with 1, until somebody ends this program.</summary>
    /// <param name="level">The file.</param>
    public static async Task ServeAsync(string level)
    {
        VirtualPowerMonitor sensor = new(isIna226: true, Ohms)
        {
            Supply = () => File.ReadAllText(level).StartsWith('1') ? (Volts, Amperes) : (0, 0),
        };
        using UsbI2cBridge bridge = UsbI2cBridge.PlugIn(new Dictionary<int, II2cDevice> { [Ina226At] = sensor });
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System).ConfigureAwait(false);
    }

    private static VirtualPowerMonitor Twin(bool isIna226, double ohms) =>
        new(isIna226, ohms) { Supply = static () => (Volts, Amperes) };

    private static async Task<string> BusAsync()
    {
        await CheckReport.UntilAsync(() => UsbI2cBridge.FindBus() is not null, "no bus came of the adapter").ConfigureAwait(false);
        return UsbI2cBridge.FindBus()!;
    }

    private static PowerMonitor MonitorOf(II2cDevice device, PowerMonitorKind kind) => new(device, kind, Ohms, maximumAmperes: 0.8);

    private static Task Measure(string bus, int address, PowerMonitorKind kind)
    {
        using I2cDevice device = I2cDevice.Open(bus, address);
        PowerMonitor monitor = MonitorOf(device, kind);
        monitor.Start();
        PowerSample sample = monitor.Read();
        CheckReport.Require(
            Math.Abs(sample.Volts - Volts) < 0.002 && Math.Abs(sample.Amperes - Amperes) < 0.0002
            && Math.Abs(sample.Watts - (Volts * Amperes)) < 0.005,
            string.Create(
                CultureInfo.InvariantCulture,
                $"wanted {Volts} V, {Amperes} A and their product, found {sample.Volts}, {sample.Amperes}, {sample.Watts} W"));
        return Task.CompletedTask;
    }

    private static Task OneTransfer(string bus, UsbI2cBridge bridge)
    {
        using I2cDevice device = I2cDevice.Open(bus, Ina226At);
        _ = bridge.Traffic();
        byte[] maker = new byte[2];
        device.Transfer([0xFE], maker);
        CheckReport.RequireEqual(bridge.Traffic(), "S 40 W FE S 40 R 5449 P", "what went over the bus");
        device.Transfer([0x05, 0x08, 0x00], []);
        CheckReport.RequireEqual(bridge.Traffic(), "S 40 W 050800 P", "what went over the bus");
        return Task.CompletedTask;
    }

    private static async Task NobodyAsync(string bus)
    {
        using I2cDevice device = I2cDevice.Open(bus, NobodyAt);
        _ = await CheckReport.RequireFaultAsync("I2C-003", () => device.Transfer([0x00], new byte[2])).ConfigureAwait(false);
    }

    private async Task ForgetfulAsync(string bus)
    {
        using I2cDevice device = I2cDevice.Open(bus, Ina226At);
        PowerMonitor monitor = MonitorOf(device, PowerMonitorKind.Ina226);
        monitor.Start();
        _ina226.Restart();
        _ = await CheckReport.RequireFaultAsync("INA-002", () => _ = monitor.Read()).ConfigureAwait(false);
    }

    private static async Task KernelsAsync(string bus)
    {
        foreach ((string kind, int address) in new[] { ("ina226", Kernels226At), ("ina219", Kernels219At) })
        {
            string folder = $"/sys/bus/i2c/devices/{Path.GetFileName(bus)}";
            string place = string.Create(CultureInfo.InvariantCulture, $"0x{address:x2}");
            await File.WriteAllTextAsync($"{folder}/new_device", $"{kind} {place}").ConfigureAwait(false);
            string device = string.Create(CultureInfo.InvariantCulture, $"{folder}/{Path.GetFileName(bus)[4..]}-00{address:x2}");
            await CheckReport.UntilAsync(
                () => Directory.GetDirectories(device, "iio:device*").Length == 1, $"the kernel's driver does not take the {kind}")
                .ConfigureAwait(false);
            string values = Directory.GetDirectories(device, "iio:device*")[0];
            double Value(string channel) => Number(values, $"{channel}_raw") * Number(values, $"{channel}_scale") / 1000;
            (double volts, double amperes, double watts) = (Value("in_voltage1"), Value("in_current3"), Value("in_power2"));
            CheckReport.Require(
                Math.Abs(volts - Volts) < 0.005 && Math.Abs(amperes - Amperes) < 0.002 && Math.Abs(watts - (Volts * Amperes)) < 0.03,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind}: wanted {Volts} V, {Amperes} A and their product; the kernel's driver says {volts}, {amperes}, {watts} W"));
            _ = await CheckReport.RequireFaultAsync("I2C-002", () => I2cDevice.Open(bus, address).Dispose()).ConfigureAwait(false);

            await File.WriteAllTextAsync($"{folder}/delete_device", place).ConfigureAwait(false);
            I2cDevice.Open(bus, address).Dispose();
        }
    }

    private static double Number(string folder, string file) =>
        double.Parse(File.ReadAllText(Path.Combine(folder, file)), CultureInfo.InvariantCulture);

    private static async Task PulledOutAsync(string bus, UsbI2cBridge bridge)
    {
        I2cDevice device = I2cDevice.Open(bus, Ina226At);
        try
        {
            bridge.Dispose();
            await CheckReport.UntilAsync(() => !IsAnswered(device), "it still answers").ConfigureAwait(false);
            _ = await CheckReport.RequireFaultAsync("I2C-004", () => device.Transfer([0xFE], new byte[2])).ConfigureAwait(false);
        }
        finally
        {
            device.Dispose();
        }

        // The kernel keeps the bus as long as somebody has it open.
        await CheckReport.UntilAsync(() => !File.Exists(bus), $"{bus} is still there").ConfigureAwait(false);
        _ = await CheckReport.RequireFaultAsync("I2C-001", () => I2cDevice.Open(bus, Ina226At).Dispose()).ConfigureAwait(false);
    }

    private static bool IsAnswered(I2cDevice device)
    {
        try
        {
            device.Transfer([0xFE], new byte[2]);
            return true;
        }
        catch (Abstractions.Errors.TransportException)
        {
            return false;
        }
    }

    private async Task ComesBackAsync()
    {
        using UsbI2cBridge bridge = UsbI2cBridge.PlugIn(new Dictionary<int, II2cDevice> { [Ina226At] = _ina226 });
        await Measure(await BusAsync().ConfigureAwait(false), Ina226At, PowerMonitorKind.Ina226).ConfigureAwait(false);
    }
}
