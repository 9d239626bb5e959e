using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.11: gives the clock the time.</summary>
[Srv("6.11")]
internal sealed class SynchroniseClockHandler(IDeviceClock clock, TimeProvider timeProvider)
    : ClockHandler<SynchroniseClockRsp>(clock, timeProvider);
