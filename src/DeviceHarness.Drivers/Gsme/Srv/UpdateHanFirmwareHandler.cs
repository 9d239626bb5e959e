using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 11.1 on one device of the network: it fetches the image block by block and verifies it. What runs does not
/// change.</summary>
[Srv(UpdateFirmware.Variant)]
internal sealed class UpdateHanFirmwareHandler(IFirmwareStore firmware, TimeProvider timeProvider)
    : UpdateFirmwareHandler(firmware, timeProvider)
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfCommand;
}
