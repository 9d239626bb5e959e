namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.5: switch an auxiliary load on.</summary>
/// <param name="Index">The load, 1 to 5.</param>
/// <param name="Duration">For how long, 0 to 65,535; the schema names no unit.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ActivateAuxiliaryLoad.</remarks>
public sealed record ActivateAuxiliaryLoad(int Index, int Duration) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.5";

    /// <inheritdoc/>
    public override string ElementName => "ActivateAuxiliaryLoad";
}
