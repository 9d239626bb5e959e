using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub.Srv;
using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>SRV 8.9 on a hub in whose network the harness is: what the hub shows of its neighbours.</summary>
[Srv("8.9")]
internal sealed class ReadNeighboursHandler(IHanDeviceLog log) : ReadDeviceLogHandler(
    log, "the neighbours that the hub tells over the air: a device behind a router of its network is not among them, nor one that is away")
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => DeviceLogRefusal.OfNeighbours;
}
