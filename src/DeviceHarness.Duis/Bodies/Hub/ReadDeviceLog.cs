namespace DeviceHarness.Duis.Bodies.Hub;

/// <summary>The request of SRV 8.9: read the log of the devices on the home area network.</summary>
/// <param name="ReadsSecurityDetails">Whether the devices' security details are asked for in place of their links.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadDeviceLog.</remarks>
public sealed record ReadDeviceLog(bool ReadsSecurityDetails = false, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "8.9";

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceLog";
}
