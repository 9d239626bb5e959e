namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A DCC alert: a request above the User's anomaly threshold was held back.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, QuarantinedRequest with ADUserThresholdBreach; the other two breaches of the schema are of
/// thresholds that the DCC sets and of attributes. <see cref="SrvResponseBody.MessageSuccess"/> is false and no part of the XML, see
/// <see cref="FirmwareVerificationAlert"/>.</remarks>
public sealed record QuarantinedRequest : SrvResponseBody
{
    /// <summary>The element that says whose threshold it was.</summary>
    public const string Breach = "ADUserThresholdBreach";

    /// <summary>Creates the alert.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="eventRef">The service's number of the event, of at most 20 digits.</param>
    public QuarantinedRequest(RequestId requestId, long eventRef)
    {
        RequestId = requestId;
        EventRef = eventRef;
        MessageSuccess = false;
    }

    /// <summary>The request.</summary>
    public RequestId RequestId { get; }

    /// <summary>The service's number of the event: QuarantineEventRef.</summary>
    public long EventRef { get; }

    /// <inheritdoc/>
    public override string ElementName => "QuarantinedRequest";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add($"{Breach}.RequestID", RequestId.ToString()).Add($"{Breach}.QuarantineEventRef", EventRef).Entries;
}
