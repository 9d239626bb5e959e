namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>The answer to SRV 6.11.</summary>
/// <remarks>Spec: MMC XML schema 5.4, SynchroniseClockRsp.</remarks>
public sealed record SynchroniseClockRsp : ClockRsp
{
    /// <inheritdoc/>
    public override string ElementName => "SynchroniseClockRsp";
}
