namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A DCC alert: a request above the User's anomaly threshold was held back.</summary>
/// <remarks>The element is of the DUIS XML schema 5.4. What stands in it was not public to us: the request's identifier is an assumption.
/// <see cref="SrvResponseBody.MessageSuccess"/> is false and no part of the XML, see <see cref="FirmwareVerificationAlert"/>.</remarks>
public sealed record QuarantinedRequest : SrvResponseBody
{
    /// <summary>Creates the alert.</summary>
    /// <param name="requestId">The request.</param>
    public QuarantinedRequest(RequestId requestId)
    {
        RequestId = requestId;
        MessageSuccess = false;
    }

    /// <summary>The request.</summary>
    public RequestId RequestId { get; }

    /// <inheritdoc/>
    public override string ElementName => "QuarantinedRequest";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this).Add("RequestID", RequestId.ToString()).Entries;
}
