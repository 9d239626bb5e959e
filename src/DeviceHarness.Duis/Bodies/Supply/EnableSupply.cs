namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The request of SRV 7.1: switch the supply on. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, EnableSupply.</remarks>
public sealed record EnableSupply : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.1";

    /// <inheritdoc/>
    public override string ElementName => "EnableSupply";
}
