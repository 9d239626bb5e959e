using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Esme.Han;

/// <summary>Reads an electricity meter by its Smart Energy side, over the adapter of the bench, so that it can be held against what the
/// meter tells at its service port.</summary>
public sealed class EsmeHanDriver : SmartEnergyDriver
{
    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and network.</param>
    public EsmeHanDriver(SmartEnergyOptions options)
        : this(Checked(options), new SmartEnergyDevice(options, ClusterCatalogue.Metering))
    {
    }

    private EsmeHanDriver(SmartEnergyOptions options, SmartEnergyDevice meter)
        : base(options, meter, Of(meter))
    {
    }

    /// <summary>The service reference variants that the driver serves.</summary>
    public static IReadOnlyCollection<string> Served { get; } = ["4.1.1", "4.3", "6.2.9", "7.4", "11.2"];

    private static Dictionary<string, SrvHandler> Of(SmartEnergyDevice meter) => ((SrvHandler[])
    [
        new ReadElectricityRegistersHandler(meter),
        new Gsme.Srv.ReadInstantaneousPrepayValuesHandler(meter),
        new Gsme.Srv.ReadDeviceConfigurationPaymentModeHandler(meter),
        new Gsme.Srv.ReadSupplyStatusHandler(meter),
        new Gsme.Srv.ReadFirmwareVersionHandler(meter),
    ]).ToDictionary(SrvHandlers.VariantOf, StringComparer.Ordinal);
}
