namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A DCC alert: a comms hub took the change of its log that SRV 8.11 asked for.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateHANDeviceLogResult, which holds the request's identifier alone.</remarks>
public sealed record UpdateHANDeviceLogResult : SrvResponseBody
{
    /// <summary>Creates the alert.</summary>
    /// <param name="requestId">The request.</param>
    public UpdateHANDeviceLogResult(RequestId requestId) => RequestId = requestId;

    /// <summary>The request.</summary>
    public RequestId RequestId { get; }

    /// <inheritdoc/>
    public override string ElementName => "UpdateHANDeviceLogResult";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        BodyValues.Of(this).Add("UpdateHANDeviceLogServiceRequestID", RequestId.ToString()).Entries;
}
