namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The bounds of a single-phase meter's voltage: times in seconds, voltages as the device counts them.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, RMSVoltageSettings and AverageRMSVoltageSettings.</remarks>
public sealed record VoltageSettings
{
    /// <summary>How long an extreme overvoltage must last.</summary>
    public required long RmsExtremeOverVoltageMeasurementPeriod { get; init; }

    /// <summary>The voltage of an extreme overvoltage.</summary>
    public required long RmsExtremeOverVoltageThreshold { get; init; }

    /// <summary>How long an extreme undervoltage must last.</summary>
    public required long RmsExtremeUnderVoltageMeasurementPeriod { get; init; }

    /// <summary>The voltage of an extreme undervoltage.</summary>
    public required long RmsExtremeUnderVoltageThreshold { get; init; }

    /// <summary>How long a sag must last.</summary>
    public required long RmsVoltageSagMeasurementPeriod { get; init; }

    /// <summary>The voltage of a sag.</summary>
    public required long RmsVoltageSagThreshold { get; init; }

    /// <summary>How long a swell must last.</summary>
    public required long RmsVoltageSwellMeasurementPeriod { get; init; }

    /// <summary>The voltage of a swell.</summary>
    public required long RmsVoltageSwellThreshold { get; init; }

    /// <summary>The average voltage above which the counter moves.</summary>
    public required long AverageRmsOverVoltageThreshold { get; init; }

    /// <summary>The average voltage below which the counter moves.</summary>
    public required long AverageRmsUnderVoltageThreshold { get; init; }

    /// <summary>Over how long the voltage is averaged.</summary>
    public required long AverageRmsVoltageMeasurementPeriod { get; init; }
}
