using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 11.3: has the device run the image that it confirmed; at once, or when its clock says so.</summary>
[Srv("11.3")]
internal sealed class ActivateHanFirmwareHandler(IFirmwareStore firmware, TimeProvider timeProvider)
    : ActivateFirmwareHandler(firmware, timeProvider)
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfCommand;
}
