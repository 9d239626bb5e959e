namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.15: read the load limit and how often it acted.</summary>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadLoadLimitData.</remarks>
public sealed record ReadLoadLimitData(DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.15";

    /// <inheritdoc/>
    public override string ElementName => "ReadLoadLimitData";
}
