using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Objects;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual.Application;

/// <summary>What the application asks of the device that it runs in.</summary>
internal interface ICosemHost : IObjectHost
{
    /// <summary>What the device is.</summary>
    VirtualDeviceModel Model { get; }

    /// <summary>Its clock.</summary>
    MeterClock Clock { get; }

    /// <summary>Its power.</summary>
    MeterPower Power { get; }

    /// <summary>Its keys, invocation counters and failed authentications.</summary>
    MeterSecurity Security { get; }

    /// <summary>Enters an event into its logs.</summary>
    void Enter(EventCode code);

    /// <summary>A client opened the link.</summary>
    void OnLinkOpened();
}
