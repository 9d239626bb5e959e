namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.16. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadActivePowerImportRsp.</remarks>
public sealed record ReadActivePowerImportRsp : SrvResponseBody
{
    /// <summary>The unit of active power.</summary>
    public const string PowerUnit = "W";

    /// <summary>Active power imported, in W; null when absent.</summary>
    public long? ActivePowerImport { get; init; }

    /// <summary>Active power imported by the primary element of two, in W; null when absent.</summary>
    public long? PrimaryActivePowerImportValue { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadActivePowerImportRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("ActivePowerImport.Value", ActivePowerImport)
        .Add("ActivePowerImport.Unit", ActivePowerImport is null ? null : PowerUnit)
        .Add("PrimaryActivePowerImportValue", PrimaryActivePowerImportValue)
        .Entries;
}
