namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.15. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadLoadLimitDataRsp.</remarks>
public sealed record ReadLoadLimitDataRsp : SrvResponseBody
{
    /// <summary>How often the limit acted; null when absent.</summary>
    public long? LoadLimitCounterValue { get; init; }

    /// <summary>The limit, in W; null when absent.</summary>
    public long? LoadLimitPowerThreshold { get; init; }

    /// <summary>How long the limit must be exceeded, in seconds; null when absent.</summary>
    public long? LoadLimitPeriod { get; init; }

    /// <summary>How long the supply then stays off, in seconds; null when absent.</summary>
    public long? LoadLimitRestorationPeriod { get; init; }

    /// <summary>What becomes of the supply; null when absent.</summary>
    public LoadLimitSupplyState? LoadLimitSupplyState { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadLoadLimitDataRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("LoadLimitCounterValue", LoadLimitCounterValue)
        .Add("LoadLimitPowerThreshold", LoadLimitPowerThreshold)
        .Add("LoadLimitPeriod", LoadLimitPeriod)
        .Add("LoadLimitRestorationPeriod", LoadLimitRestorationPeriod)
        .Add("LoadLimitSupplyState", LoadLimitSupplyState?.ToString())
        .Entries;
}
