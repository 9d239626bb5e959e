namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 6.2.2: read how switching times are randomised. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceConfigurationRandomisation.</remarks>
public sealed record ReadDeviceConfigurationRandomisation : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.2.2";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationRandomisation";
}
