namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.16: read the active power imported at this moment. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadActivePowerImport.</remarks>
public sealed record ReadActivePowerImport : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.16";

    /// <inheritdoc/>
    public override string ElementName => "ReadActivePowerImport";
}
