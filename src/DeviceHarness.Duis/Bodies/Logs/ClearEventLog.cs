namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>The request of SRV 3.3: empty the event log.</summary>
/// <param name="Log">Which log; null where the request does not say, which is taken for the meter's own.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ClearEventLog.</remarks>
public sealed record ClearEventLog(ClearedEventLog? Log = null) : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "3.3";

    /// <inheritdoc/>
    public override string ElementName => "ClearEventLog";
}
