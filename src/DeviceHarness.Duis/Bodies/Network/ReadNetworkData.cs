using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Bodies.Network;

/// <summary>The request of SRV 4.10: read the average voltages of a period, and how often they left their limits.</summary>
/// <param name="Period">The period.</param>
/// <param name="ExecutionDateTime">When the service is to send it to the device; null for at once.</param>
/// <param name="KaPublicSecurityCredentials">The certificate of a User whom the device does not know, base64; null when absent.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadNetworkData.</remarks>
public sealed record ReadNetworkData(
    ReadLogPeriod Period, DateTimeOffset? ExecutionDateTime = null, string? KaPublicSecurityCredentials = null)
    : SrvRequestBody, IPeriodRequest
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.10";

    /// <inheritdoc/>
    public override string ElementName => "ReadNetworkData";
}
