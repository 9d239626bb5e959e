using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The request of SRV 4.17: read the daily consumption of a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <param name="KaPublicSecurityCredentials">The certificate of a User whom the device does not know, base64; null when absent.</param>
/// <remarks>Spec: DUIS XML schema 5.4, RetrieveDailyConsumptionLog.</remarks>
public sealed record RetrieveDailyConsumptionLog(
    ReadLogPeriod Period, DateTimeOffset? ExecutionDateTime = null, string? KaPublicSecurityCredentials = null)
    : SrvRequestBody, IPeriodRequest
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.17";

    /// <inheritdoc/>
    public override string ElementName => "RetrieveDailyConsumptionLog";
}
