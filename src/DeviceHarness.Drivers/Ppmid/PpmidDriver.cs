using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Srv;
using DeviceHarness.Drivers.Ppmid.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Ppmid;

/// <summary>Carries out service requests on a prepayment display by ZigBee Smart Energy, over the adapter of the bench.</summary>
/// <remarks>A display asks by itself: it reads the mirror of the gas meter and sends top-ups to it, which <see cref="Gpf.MirrorDesk"/>
/// serves and hands on. Firmware comes to it over the air; what became of it, it tells by alerts.</remarks>
public sealed class PpmidDriver : SmartEnergyDriver
{
    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and network.</param>
    public PpmidDriver(SmartEnergyOptions options)
        : this(Checked(options), new SmartEnergyDevice(options, ClusterCatalogue.Basic))
    {
    }

    private PpmidDriver(SmartEnergyOptions options, SmartEnergyDevice display)
        : base(options, display, Of(display, options))
    {
    }

    /// <summary>The service reference variants that the driver serves; 11.1, 11.3 and 11.4 only where the network has an upgrade server and
    /// the profile names the images of the model.</summary>
    public static IReadOnlyCollection<string> Served { get; } = ["6.13", "11.1", "11.2", "11.3", "11.4"];

    private static Dictionary<string, SrvHandler> Of(SmartEnergyDevice display, SmartEnergyOptions options)
    {
        SrvHandler[] handlers =
        [
            new Gsme.Srv.ReadEventOrSecurityLogHandler(display),
            .. FirmwareHandlers.Of(
                display, options,
                (firmware, time) => new UpdatePpmidFirmwareHandler(firmware, firmware, new Duis.Eui64(options.Eui64), time)),
        ];
        return handlers.ToDictionary(SrvHandlers.VariantOf, StringComparer.Ordinal);
    }
}
