using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 8.1.1: what commissioning asks of the device is the time; the rest of it is the service's inventory.</summary>
[Srv("8.1.1")]
internal sealed class CommissionDeviceHandler(IDeviceClock clock, TimeProvider timeProvider)
    : ClockHandler<CommissionDeviceSynchroniseClockRsp>(clock, timeProvider);
