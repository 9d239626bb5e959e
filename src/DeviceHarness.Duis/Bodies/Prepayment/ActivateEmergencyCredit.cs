namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 2.5: give the emergency credit. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, ActivateEmergencyCredit.</remarks>
public sealed record ActivateEmergencyCredit : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "2.5";

    /// <inheritdoc/>
    public override string ElementName => "ActivateEmergencyCredit";
}
