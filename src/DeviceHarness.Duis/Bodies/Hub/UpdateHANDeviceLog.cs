namespace DeviceHarness.Duis.Bodies.Hub;

/// <summary>The request of SRV 8.11: add a device to the comms hub's log, or remove one.</summary>
/// <param name="Device">The device.</param>
/// <param name="RequestType">Whether it is added or removed.</param>
/// <param name="Join">How a device that is added may join; null when the request does not say.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, UpdateHANDeviceLog.</remarks>
public sealed record UpdateHANDeviceLog(
    Eui64 Device, HanLogChange RequestType, HanDeviceJoin? Join = null, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "8.11";

    /// <inheritdoc/>
    public override string ElementName => "UpdateHANDeviceLog";
}

/// <summary>What SRV 8.11 does to the log.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, UpdateHANDeviceLog, RequestType.</remarks>
public enum HanLogChange
{
    /// <summary>The device is added.</summary>
    Add,

    /// <summary>The device is removed.</summary>
    Remove,
}
