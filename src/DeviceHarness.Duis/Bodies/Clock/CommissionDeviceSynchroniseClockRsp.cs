namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>The answer to SRV 8.1.1.</summary>
/// <remarks>Spec: MMC XML schema 5.4, CommissionDeviceSynchroniseClockRsp.</remarks>
public sealed record CommissionDeviceSynchroniseClockRsp : ClockRsp
{
    /// <inheritdoc/>
    public override string ElementName => "CommissionDeviceSynchroniseClockRsp";
}
