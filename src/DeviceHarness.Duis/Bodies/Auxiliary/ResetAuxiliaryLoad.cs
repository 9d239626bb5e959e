namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.8: give an auxiliary load back to its calendar.</summary>
/// <param name="Index">The load, 1 to 5.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ResetAuxiliaryLoad.</remarks>
public sealed record ResetAuxiliaryLoad(int Index) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.8";

    /// <inheritdoc/>
    public override string ElementName => "ResetAuxiliaryLoad";
}
