using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The request of SRV 7.11: read what the boost button acts on.</summary>
/// <param name="Period">The period.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadBoostButtonDetails.</remarks>
public sealed record ReadBoostButtonDetails(
    ReadLogPeriod Period, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IPeriodRequest
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "7.11";

    /// <inheritdoc/>
    public override string ElementName => "ReadBoostButtonDetails";

    /// <inheritdoc/>
    /// <remarks>The schema has no certificate in this request.</remarks>
    public string? KaPublicSecurityCredentials => null;
}
