using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.6.2: read the daily readings of the export register.</summary>
/// <param name="Period">The period.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.4, RetrieveExportDailyReadLog.</remarks>
public sealed record RetrieveExportDailyReadLog(
    ReadLogPeriod Period, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IPeriodRequest
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.6.2";

    /// <inheritdoc/>
    public override string ElementName => "RetrieveExportDailyReadLog";

    /// <inheritdoc/>
    /// <remarks>The schema has no certificate in this request.</remarks>
    public string? KaPublicSecurityCredentials => null;
}
