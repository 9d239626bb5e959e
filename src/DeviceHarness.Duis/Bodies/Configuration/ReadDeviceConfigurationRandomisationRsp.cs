namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer to SRV 6.2.2. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceConfigurationRandomisationRsp.</remarks>
public sealed record ReadDeviceConfigurationRandomisationRsp : SrvResponseBody
{
    /// <summary>The offset in force, in seconds; null when absent.</summary>
    public long? RandomisedOffset { get; init; }

    /// <summary>The number that the offset is computed from; null when absent.</summary>
    public long? RandomisedOffsetNumber { get; init; }

    /// <summary>The largest offset, in seconds; null when absent.</summary>
    public long? RandomisedOffsetLimit { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationRandomisationRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("RandomisedOffset", RandomisedOffset)
        .Add("RandomisedOffsetNumber", RandomisedOffsetNumber)
        .Add("RandomisedOffsetLimit", RandomisedOffsetLimit)
        .Entries;
}
