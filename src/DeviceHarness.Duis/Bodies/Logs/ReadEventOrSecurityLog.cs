namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>The request of SRV 6.13: read a log of events.</summary>
/// <param name="Period">The period.</param>
/// <param name="LogToRead">Which log.</param>
/// <remarks>Spec: DUIS XML schema 5.4, ReadEventOrSecurityLog.</remarks>
public sealed record ReadEventOrSecurityLog(ReadLogPeriod Period, EventLog LogToRead) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.13";

    /// <inheritdoc/>
    public override string ElementName => "ReadEventOrSecurityLog";
}
