using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>The handlers of the firmware of a device on the network, whatever its type.</summary>
internal static class FirmwareHandlers
{
    /// <summary>11.2; and 11.1 and 11.3 where the network has an upgrade server and the profile names images.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">What its driver is made from.</param>
    /// <param name="further">What else its firmware is brought by, there; null for nothing.</param>
    internal static IReadOnlyList<SrvHandler> Of(
        SmartEnergyDevice device, SmartEnergyOptions options, Func<SmartEnergyFirmware, TimeProvider, SrvHandler>? further = null)
    {
        ReadFirmwareVersionHandler version = new(device);
        if (options is not { Upgrades: not null, Profile.Firmware: not null })
        {
            return [version];
        }

        SmartEnergyFirmware firmware = new(device, options);
        TimeProvider timeProvider = options.Calendar ?? options.TimeProvider;
        return
        [
            version, new UpdateHanFirmwareHandler(firmware, timeProvider), new ActivateHanFirmwareHandler(firmware, timeProvider),
            .. further is null ? (SrvHandler[])[] : [further(firmware, timeProvider)],
        ];
    }
}
