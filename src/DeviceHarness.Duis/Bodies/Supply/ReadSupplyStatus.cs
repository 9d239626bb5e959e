namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The request of SRV 7.4: read whether the supply is on. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadSupplyStatus.</remarks>
public sealed record ReadSupplyStatus : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.4";

    /// <inheritdoc/>
    public override string ElementName => "ReadSupplyStatus";
}
