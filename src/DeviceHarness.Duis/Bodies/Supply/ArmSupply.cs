namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The request of SRV 7.3: let the consumer switch the supply on. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, ArmSupply.</remarks>
public sealed record ArmSupply : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.3";

    /// <inheritdoc/>
    public override string ElementName => "ArmSupply";
}
