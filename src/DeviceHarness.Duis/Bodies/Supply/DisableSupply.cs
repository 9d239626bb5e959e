namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The request of SRV 7.2: switch the supply off. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, DisableSupply.</remarks>
public sealed record DisableSupply : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.2";

    /// <inheritdoc/>
    public override string ElementName => "DisableSupply";
}
