using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub.Srv;
using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>SRV 8.11 where the harness is the hub of its own network: lets a device join for a while by its install code, or removes one
/// with its link key.</summary>
[Srv("8.11")]
internal sealed class UpdateTrustCentreLogHandler(IHanDeviceLog log) : UpdateHANDeviceLogHandler(log)
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => DeviceLogRefusal.OfTrustCentre;
}
