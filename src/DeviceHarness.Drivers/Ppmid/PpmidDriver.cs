using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Ppmid;

/// <summary>Carries out service requests on a prepayment display by ZigBee Smart Energy, over the adapter of the bench.</summary>
/// <remarks>A display asks by itself: it reads the mirror of the gas meter and sends top-ups to it, which <see cref="Gpf.MirrorDesk"/>
/// serves and hands on. What it tells of its firmware comes as alerts.</remarks>
public sealed class PpmidDriver : SmartEnergyDriver
{
    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and network.</param>
    public PpmidDriver(SmartEnergyOptions options)
        : this(Checked(options), new SmartEnergyDevice(options, ClusterCatalogue.Basic))
    {
    }

    private PpmidDriver(SmartEnergyOptions options, SmartEnergyDevice display)
        : base(options, display, Of(display))
    {
    }

    /// <summary>The service reference variants that the driver serves.</summary>
    public static IReadOnlyCollection<string> Served { get; } = ["11.2"];

    private static Dictionary<string, SrvHandler> Of(SmartEnergyDevice display) => ((SrvHandler[])
    [
        new Gsme.Srv.ReadFirmwareVersionHandler(display),
    ]).ToDictionary(SrvHandlers.VariantOf, StringComparer.Ordinal);
}
