using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Power;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads a current and voltage sensor of a rig file.</summary>
internal static class SensorReader
{
    /// <summary>By a sensor at an I2C bus.</summary>
    internal const string I2c = "i2c";

    private const double MaximumOhms = 10;
    private const double MaximumAmperes = 100;
    private const double MaximumValue = 100;

    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MinimumPeriod = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaximumPeriod = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, PowerMonitorKind> Kinds =
        new[] { PowerMonitorKind.Ina219, PowerMonitorKind.Ina226 }.ToDictionary(kind => kind.Name);

    private static readonly Dictionary<string, SensedQuantity> Quantities =
        Enum.GetValues<SensedQuantity>().ToDictionary(quantity => quantity.ToString().ToLowerInvariant());

    /// <summary>Reads its keys; others of the entry are left to its reader.</summary>
    /// <exception cref="ConfigurationException">A key is missing or wrong, or the sensor's calibration does not hold shunt and
    /// current.</exception>
    internal static RigSensor Read(ConfigurationNode node)
    {
        PowerMonitorKind kind = node.Require("sensor").AsOneOf(Kinds);
        ConfigurationNode most = node.Require("maximum");
        ConfigurationNode off = node.Require("off-at");
        double shunt = node.Require("shunt").AsNumber(0.0001, MaximumOhms);
        double maximum = most.AsNumber(0.001, MaximumAmperes);
        RigSensor sensor = new(
            kind, node.Require("bus").AsText(), (int)node.Require("address").AsInteger(0x40, 0x4F), shunt, maximum,
            node.Require("reads").AsOneOf(Quantities), node.Require("on-at").AsNumber(0, MaximumValue), off.AsNumber(0, MaximumValue),
            node.Find("period")?.AsDuration(MinimumPeriod, MaximumPeriod) ?? DefaultPeriod);
        if (!kind.Fits(shunt, maximum))
        {
            throw most.Wrong(
                string.Create(CultureInfo.InvariantCulture, $"{maximum} A, which makes {shunt * maximum * 1000:0.###} mV across the shunt"),
                string.Create(
                    CultureInfo.InvariantCulture, $"a current that makes {kind.SmallestShuntVolts * 1000:0.##} to "
                    + $"{kind.LargestShuntVolts * 1000:0.##} mV: below, the calibration register of an {kind.Name} overflows; above, its "
                    + $"range ends"));
        }

        return sensor.OffAt < sensor.OnAt
            ? sensor
            : throw off.Wrong($"'{off.AsText()}'", "less than 'on-at': between the two a supply is what it was");
    }
}
