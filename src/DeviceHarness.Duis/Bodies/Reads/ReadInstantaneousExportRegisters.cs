namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.2: read the export registers as they stand.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadInstantaneousExportRegisters.</remarks>
public sealed record ReadInstantaneousExportRegisters(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.2";

    /// <inheritdoc/>
    public override string ElementName => "ReadInstantaneousExportRegisters";
}
