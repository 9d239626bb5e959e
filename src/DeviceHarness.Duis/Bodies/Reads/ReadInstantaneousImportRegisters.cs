namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.1.1: read the import registers as they stand.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadInstantaneousImportRegisters.</remarks>
public sealed record ReadInstantaneousImportRegisters(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.1.1";

    /// <inheritdoc/>
    public override string ElementName => "ReadInstantaneousImportRegisters";
}
