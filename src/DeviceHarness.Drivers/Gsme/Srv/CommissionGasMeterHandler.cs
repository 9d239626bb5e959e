using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 8.1.1: what commissioning asks of the device is the time; the rest of it is the service's inventory.</summary>
[Srv("8.1.1")]
internal sealed class CommissionGasMeterHandler(IDeviceClock clock, TimeProvider timeProvider)
    : ClockHandler<CommissionDeviceSynchroniseClockRsp>(clock, timeProvider)
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfCommand;

    /// <inheritdoc/>
    protected override CommissionDeviceSynchroniseClockRsp Answer(DateTimeOffset? time, ClockTimeStatus status) =>
        new() { MessageSuccess = true, DeviceTime = time, GasClockTimeStatus = ClockRsp.StatusOf(status) };
}
