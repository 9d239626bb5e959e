namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer to SRV 6.2.7. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceConfigurationMPxNRsp.</remarks>
public sealed record ReadDeviceConfigurationMPxNRsp : SrvResponseBody
{
    /// <summary>The import MPAN, at most 13 characters; null when absent.</summary>
    public string? ImportMpan { get; init; }

    /// <summary>The import MPAN of a second element; null when absent.</summary>
    public string? SecondaryImportMpan { get; init; }

    /// <summary>The export MPAN; null when absent.</summary>
    public string? ExportMpan { get; init; }

    /// <summary>A gas meter's MPRN, at most 10 characters; null when absent.</summary>
    public string? Mprn { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationMPxNRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("Electricity.ImportMPAN", ImportMpan)
        .Add("Electricity.SecondaryImportMPAN", SecondaryImportMpan)
        .Add("Electricity.ExportMPAN", ExportMpan)
        .Add("Gas.MPRN", Mprn)
        .Entries;
}
