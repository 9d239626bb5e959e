namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer to SRV 6.2.1. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceConfigurationVoltageRsp.</remarks>
public sealed record ReadDeviceConfigurationVoltageRsp : SrvResponseBody
{
    /// <summary>The average voltage above which the over-voltage counter moves, as the device counts it; null when absent.</summary>
    public long? AverageRmsOverVoltageThreshold { get; init; }

    /// <summary>The average voltage below which the under-voltage counter moves; null when absent.</summary>
    public long? AverageRmsUnderVoltageThreshold { get; init; }

    /// <summary>How long an extreme overvoltage must last, in seconds; null when absent.</summary>
    public long? RmsExtremeOverVoltageMeasurementPeriod { get; init; }

    /// <summary>The voltage of an extreme overvoltage, as the device counts it; null when absent.</summary>
    public long? RmsExtremeOverVoltageThreshold { get; init; }

    /// <summary>How long an extreme undervoltage must last, in seconds; null when absent.</summary>
    public long? RmsExtremeUnderVoltageMeasurementPeriod { get; init; }

    /// <summary>The voltage of an extreme undervoltage, as the device counts it; null when absent.</summary>
    public long? RmsExtremeUnderVoltageThreshold { get; init; }

    /// <summary>How long a voltage sag must last, in seconds; null when absent.</summary>
    public long? RmsVoltageSagMeasurementPeriod { get; init; }

    /// <summary>The voltage of a voltage sag, as the device counts it; null when absent.</summary>
    public long? RmsVoltageSagThreshold { get; init; }

    /// <summary>How long a voltage swell must last, in seconds; null when absent.</summary>
    public long? RmsVoltageSwellMeasurementPeriod { get; init; }

    /// <summary>The voltage of a voltage swell, as the device counts it; null when absent.</summary>
    public long? RmsVoltageSwellThreshold { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationVoltageRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("SinglePhaseVoltageSettings.AverageRMSOverVoltageThreshold", AverageRmsOverVoltageThreshold)
        .Add("SinglePhaseVoltageSettings.AverageRMSUnderVoltageThreshold", AverageRmsUnderVoltageThreshold)
        .Add("RMSVoltageSettings.RMSExtremeOverVoltageMeasurementPeriod", RmsExtremeOverVoltageMeasurementPeriod)
        .Add("RMSVoltageSettings.RMSExtremeOverVoltageThreshold", RmsExtremeOverVoltageThreshold)
        .Add("RMSVoltageSettings.RMSExtremeUnderVoltageMeasurementPeriod", RmsExtremeUnderVoltageMeasurementPeriod)
        .Add("RMSVoltageSettings.RMSExtremeUnderVoltageThreshold", RmsExtremeUnderVoltageThreshold)
        .Add("RMSVoltageSettings.RMSVoltageSagMeasurementPeriod", RmsVoltageSagMeasurementPeriod)
        .Add("RMSVoltageSettings.RMSVoltageSagThreshold", RmsVoltageSagThreshold)
        .Add("RMSVoltageSettings.RMSVoltageSwellMeasurementPeriod", RmsVoltageSwellMeasurementPeriod)
        .Add("RMSVoltageSettings.RMSVoltageSwellThreshold", RmsVoltageSwellThreshold)
        .Entries;
}
