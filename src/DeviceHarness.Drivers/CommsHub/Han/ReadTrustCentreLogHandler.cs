using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub.Srv;
using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>SRV 8.9 where the harness is the hub of its own network: from its trust centre's list of devices.</summary>
[Srv("8.9")]
internal sealed class ReadTrustCentreLogHandler(IHanDeviceLog log) : ReadDeviceLogHandler(log)
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => DeviceLogRefusal.OfTrustCentre;
}
