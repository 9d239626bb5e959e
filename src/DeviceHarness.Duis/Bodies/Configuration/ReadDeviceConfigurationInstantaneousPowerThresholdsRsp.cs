namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer to SRV 6.2.5. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceConfigurationInstantaneousPowerThresholdsRsp.</remarks>
public sealed record ReadDeviceConfigurationInstantaneousPowerThresholdsRsp : SrvResponseBody
{
    /// <summary>From low to medium, in W; null when absent.</summary>
    public long? LowMediumPowerThreshold { get; init; }

    /// <summary>From medium to high, in W; null when absent.</summary>
    public long? MediumHighPowerThreshold { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationInstantaneousPowerThresholdsRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("LowMediumPowerThreshold", LowMediumPowerThreshold)
        .Add("MediumHighPowerThreshold", MediumHighPowerThreshold)
        .Entries;
}
