namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.6: switch an auxiliary load off.</summary>
/// <param name="Index">The load, 1 to 5.</param>
/// <param name="Duration">For how long, 0 to 65,535; the schema names no unit.</param>
/// <remarks>Spec: DUIS XML schema 5.1, DeactivateAuxiliaryLoad.</remarks>
public sealed record DeactivateAuxiliaryLoad(int Index, int Duration) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.6";

    /// <inheritdoc/>
    public override string ElementName => "DeactivateAuxiliaryLoad";
}
