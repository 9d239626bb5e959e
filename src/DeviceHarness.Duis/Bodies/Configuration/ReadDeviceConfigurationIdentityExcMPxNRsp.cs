namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer to SRV 6.2.4. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceConfigurationIdentityExcMPxNRsp.</remarks>
public sealed record ReadDeviceConfigurationIdentityExcMPxNRsp : SrvResponseBody
{
    /// <summary>The longest model, in characters.</summary>
    public const int MaxModelCharacters = 8;

    /// <summary>The longest maker, in characters.</summary>
    public const int MaxManufacturerCharacters = 32;

    /// <summary>The longest variant, in characters.</summary>
    public const int MaxVariantCharacters = 1;

    /// <summary>Its identifier; null when absent.</summary>
    public Eui64? DeviceIdentifier { get; init; }

    /// <summary>Its model, at most 8 characters; null when absent.</summary>
    public string? ModelType { get; init; }

    /// <summary>Its maker, at most 32 characters; null when absent.</summary>
    public string? ManufacturerIdentifier { get; init; }

    /// <summary>What tampering does to the supply; null when absent.</summary>
    public SupplyTamperState? SupplyTamperState { get; init; }

    /// <summary>The variant of an electricity meter, one character; null when absent.</summary>
    public string? MeterVariant { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationIdentityExcMPxNRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("DeviceIdentifier", DeviceIdentifier?.ToString())
        .Add("ModelType", ModelType)
        .Add("ManufacturerIdentifier", ManufacturerIdentifier)
        .Add("Electricity.SupplyTamperState", SupplyTamperState?.ToString())
        .Add("Electricity.MeterVariant", MeterVariant)
        .Entries;
}
