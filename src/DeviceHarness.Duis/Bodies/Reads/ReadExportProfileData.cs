using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.8.3: read the half-hourly energy exported in a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadExportProfileData.</remarks>
public sealed record ReadExportProfileData(
    ReadLogPeriod Period, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IPeriodRequest
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.8.3";

    /// <inheritdoc/>
    public override string ElementName => "ReadExportProfileData";

    /// <inheritdoc/>
    /// <remarks>The schema has no certificate in this request.</remarks>
    public string? KaPublicSecurityCredentials => null;
}
