using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.11: gives the clock the time.</summary>
[Srv("6.11")]
internal sealed class SynchroniseGasClockHandler(IDeviceClock clock, TimeProvider timeProvider)
    : ClockHandler<SynchroniseClockRsp>(clock, timeProvider)
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfCommand;

    /// <inheritdoc/>
    protected override SynchroniseClockRsp Answer(DateTimeOffset? time, ClockTimeStatus status) =>
        new() { MessageSuccess = true, DeviceTime = time, GasClockTimeStatus = ClockRsp.StatusOf(status) };
}
