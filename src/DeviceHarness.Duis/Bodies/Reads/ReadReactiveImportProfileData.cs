using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.8.2: read the half-hourly reactive energy imported in a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadReactiveImportProfileData.</remarks>
public sealed record ReadReactiveImportProfileData(
    ReadLogPeriod Period, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IPeriodRequest
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.8.2";

    /// <inheritdoc/>
    public override string ElementName => "ReadReactiveImportProfileData";

    /// <inheritdoc/>
    /// <remarks>The schema has no certificate in this request.</remarks>
    public string? KaPublicSecurityCredentials => null;
}
