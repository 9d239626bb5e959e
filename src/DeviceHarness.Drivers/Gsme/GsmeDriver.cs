using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme;

/// <summary>Carries out service requests on a gas meter by ZigBee Smart Energy, over the adapter of the bench.</summary>
/// <remarks>A meter that sleeps is asked at its next wake, and is not called silent before that is over. One request at a time.</remarks>
public sealed class GsmeDriver : SmartEnergyDriver
{
    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and network.</param>
    public GsmeDriver(SmartEnergyOptions options)
        : this(Checked(options), new GasMeter(options))
    {
    }

    private GsmeDriver(SmartEnergyOptions options, GasMeter meter)
        : base(options, meter, Of(meter, options))
    {
    }

    /// <summary>The service reference variants that the driver serves.</summary>
    public static IReadOnlyCollection<string> Served { get; } = GasHandlers.Variants;

    private static Dictionary<string, SrvHandler> Of(GasMeter meter, SmartEnergyOptions options) => GasHandlers.Create(meter, options)
        .Where(handler => Served.Contains(handler.Key)).ToDictionary(StringComparer.Ordinal);
}
