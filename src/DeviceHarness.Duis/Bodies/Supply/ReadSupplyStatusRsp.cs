namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>The answer to SRV 7.4.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadSupplyStatusRsp.</remarks>
public sealed record ReadSupplyStatusRsp : SrvResponseBody
{
    /// <summary>Whether the supply is on; null when absent.</summary>
    public SupplyState? SupplyState { get; init; }

    /// <summary>What is left of a gas meter's battery, in the unit of the device; null when absent.</summary>
    public long? RemainingBatteryCapacity { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadSupplyStatusRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("SupplyState", SupplyState?.ToString())
        .Add("Gas.RemainingBatteryCapacity", RemainingBatteryCapacity)
        .Entries;
}
