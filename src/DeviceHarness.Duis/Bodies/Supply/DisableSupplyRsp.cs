namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The answer to SRV 7.2: it has no content but <see cref="SrvResponseBody.MessageSuccess"/>.</summary>
/// <remarks>Spec: MMC XML schema 5.4, DisableSupplyRsp.</remarks>
public sealed record DisableSupplyRsp : SrvResponseBody
{
    /// <inheritdoc/>
    public override string ElementName => "DisableSupplyRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Entries;
}
