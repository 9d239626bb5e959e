namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The request of SRV 3.2: keep what was recorded before a moment from the consumer.</summary>
/// <param name="RestrictionDateTime">The moment.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, RestrictAccessForChangeOfTenancy.</remarks>
public sealed record RestrictAccessForChangeOfTenancy(DateTimeOffset RestrictionDateTime, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IFutureDatable
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "3.2";

    /// <inheritdoc/>
    public override string ElementName => "RestrictAccessForChangeOfTenancy";
}
