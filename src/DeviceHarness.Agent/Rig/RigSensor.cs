using DeviceHarness.Drivers.Power;

namespace DeviceHarness.Agent.Rig;

/// <summary>A current and voltage sensor at an I2C bus that sees a supply.</summary>
/// <param name="Kind">Which sensor.</param>
/// <param name="Bus">The path of the bus, such as <c>/dev/i2c-1</c>.</param>
/// <param name="Address">Its address of seven bits.</param>
/// <param name="ShuntOhms">The shunt that is fitted, in ohms.</param>
/// <param name="MaximumAmperes">The largest current, in amperes.</param>
/// <param name="Reads">What says whether the supply is there.</param>
/// <param name="OnAt">It is there from this value up, in volts or amperes.</param>
/// <param name="OffAt">It is away from this value down; between the two it is what it was.</param>
/// <param name="Period">How often the sensor is asked.</param>
public sealed record RigSensor(
    PowerMonitorKind Kind, string Bus, int Address, double ShuntOhms, double MaximumAmperes, SensedQuantity Reads, double OnAt,
    double OffAt, TimeSpan Period);

/// <summary>What a sensor says of a supply.</summary>
public enum SensedQuantity
{
    /// <summary>The voltage behind the shunt, in volts.</summary>
    Voltage,

    /// <summary>The current through the shunt, in amperes.</summary>
    Current,
}
