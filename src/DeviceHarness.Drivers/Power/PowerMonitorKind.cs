namespace DeviceHarness.Drivers.Power;

/// <summary>A kind of current and voltage sensor: its registers and what a step of each is worth.</summary>
/// <remarks>Spec: Texas Instruments SBOS448 (INA219), sections 8.5 and 8.6; SBOS547 (INA226), sections 6.5 and 7.1.</remarks>
public sealed record PowerMonitorKind
{
    // Those of the register of the current (04h) above zero.
    private const int CurrentSteps = 32_768;

    // The fraction is cut off, but not that of a binary number that is a whole one in decimals.
    private const double Rounding = 1e-6;

    private PowerMonitorKind(string name) => Name = name;

    /// <summary>INA219: 12 bits, shunt up to 320 mV, bus up to 26 V.</summary>
    public static PowerMonitorKind Ina219 { get; } = new("ina219")
    {
        BusStepVolts = 4e-3,
        BusShift = 3,
        CalibrationFactor = 0.04096,
        CalibrationMask = 0xFFFE,
        PowerSteps = 20,
        OverflowRegister = 0x02,
        OverflowMask = 0x0001,
        LargestShuntVolts = 0.32,
        ConversionTime = TimeSpan.FromMicroseconds(2 * 586),
    };

    /// <summary>INA226: 16 bits, shunt up to 81.92 mV, bus up to 36 V.</summary>
    public static PowerMonitorKind Ina226 { get; } = new("ina226")
    {
        BusStepVolts = 1.25e-3,
        BusShift = 0,
        CalibrationFactor = 0.00512,
        CalibrationMask = 0x7FFF,
        PowerSteps = 25,
        OverflowRegister = 0x06,
        OverflowMask = 0x0004,
        LargestShuntVolts = 0.08192,
        ConversionTime = TimeSpan.FromMicroseconds(2 * 1_210),
        ManufacturerId = 0x5449,
    };

    /// <summary>Its name in a rig file.</summary>
    public string Name { get; }

    /// <summary>How old a value may be that is read: the time of a conversion of both voltages, as it is set up.</summary>
    public TimeSpan ConversionTime { get; private init; }

    /// <summary>The largest voltage across the shunt that it measures.</summary>
    public double LargestShuntVolts { get; private init; }

    /// <summary>The smallest voltage across the shunt at the largest current for which its calibration register is wide enough.</summary>
    public double SmallestShuntVolts => CalibrationFactor * CurrentSteps / CalibrationMask;

    /// <summary>A step of the register of the bus voltage (02h), in volts.</summary>
    internal double BusStepVolts { get; private init; }

    /// <summary>How many bits below the bus voltage are something else.</summary>
    internal int BusShift { get; private init; }

    /// <summary>What the calibration is counted from: 0.04096 or 0.00512.</summary>
    internal double CalibrationFactor { get; private init; }

    /// <summary>The bits of the calibration register (05h) that there are.</summary>
    internal ushort CalibrationMask { get; private init; }

    /// <summary>How many steps of current a step of power is, in watts by amperes.</summary>
    internal int PowerSteps { get; private init; }

    /// <summary>The register whose bit says that a product did not fit.</summary>
    internal byte OverflowRegister { get; private init; }

    /// <summary>That bit.</summary>
    internal ushort OverflowMask { get; private init; }

    /// <summary>What the register FEh holds; null for a kind that has none.</summary>
    internal ushort? ManufacturerId { get; private init; }

    /// <summary>Whether its calibration register and its range hold a shunt and a current.</summary>
    /// <param name="shuntOhms">The shunt, in ohms.</param>
    /// <param name="maximumAmperes">The largest current, in amperes.</param>
    public bool Fits(double shuntOhms, double maximumAmperes) =>
        Volts(shuntOhms, maximumAmperes) >= SmallestShuntVolts && Volts(shuntOhms, maximumAmperes) <= LargestShuntVolts;

    /// <summary>The calibration for a shunt: so many steps of current make the largest one.</summary>
    internal ushort CalibrationOf(double shuntOhms, double maximumAmperes) =>
        (ushort)((int)((CalibrationFactor * CurrentSteps / (maximumAmperes * shuntOhms)) + Rounding) & CalibrationMask);

    /// <summary>The configuration (00h): both voltages, again and again; of an INA219 32 V and the least range of the shunt that
    /// holds.</summary>
    internal ushort ConfigurationOf(double shuntOhms, double maximumAmperes)
    {
        if (this == Ina226)
        {
            return 0x4127;
        }

        double shuntVolts = Volts(shuntOhms, maximumAmperes);
        int range = shuntVolts <= 0.04 ? 0 : shuntVolts <= 0.08 ? 1 : shuntVolts <= 0.16 ? 2 : 3;
        return (ushort)(0x219F | (range << 11));
    }

    // 0.1 ohms by 3.2 A are 0.32 V, which binary numbers are not to the last digit.
    private static double Volts(double shuntOhms, double amperes) => Math.Round(shuntOhms * amperes, digits: 9);
}
