namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The answer to SRV 7.1: it has no content but <see cref="SrvResponseBody.MessageSuccess"/>.</summary>
/// <remarks>Spec: MMC XML schema 5.4, EnableSupplyRsp.</remarks>
public sealed record EnableSupplyRsp : SrvResponseBody
{
    /// <inheritdoc/>
    public override string ElementName => "EnableSupplyRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Entries;
}
