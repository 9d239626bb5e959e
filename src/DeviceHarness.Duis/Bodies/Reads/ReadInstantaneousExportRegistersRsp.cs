namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.2. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadInstantaneousExportRegistersRsp.</remarks>
public sealed record ReadInstantaneousExportRegistersRsp : SrvResponseBody
{
    /// <summary>Active energy exported, in Wh; null when absent.</summary>
    public RegisterReading? ActiveExportRegister { get; init; }

    /// <summary>Reactive energy exported, in varh; null when absent.</summary>
    public RegisterReading? ReactiveExportRegister { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadInstantaneousExportRegistersRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("ActiveExportRegister.Value", ActiveExportRegister?.Value)
        .Add("ReactiveExportRegister.Value", ReactiveExportRegister?.Value)
        .Entries;
}
