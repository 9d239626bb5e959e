using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Gsme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gpf;

/// <summary>Reads a gas meter at its gas proxy function, which mirrors what the meter reported last, over the adapter of the
/// bench.</summary>
/// <remarks>A mirror has the clusters of its meter, so the handlers are the meter's own. It always listens, and answers with what was true
/// at the meter's last wake. It takes no command for the meter.</remarks>
public sealed class GpfDriver : SmartEnergyDriver
{
    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">The node and the endpoint of the mirror, profile and network.</param>
    public GpfDriver(SmartEnergyOptions options)
        : this(Checked(options), new GasMeter(options))
    {
    }

    private GpfDriver(SmartEnergyOptions options, GasMeter mirror)
        : base(options, mirror, Of(mirror, options))
    {
    }

    /// <summary>The service reference variants that the driver serves: reads of the mirror that the catalogue gives to a GPF.</summary>
    public static IReadOnlyCollection<string> Served { get; } = GasHandlers.VariantsOfMirror;

    private static Dictionary<string, SrvHandler> Of(GasMeter mirror, SmartEnergyOptions options) => GasHandlers.Create(mirror, options)
        .Where(handler => Served.Contains(handler.Key)).ToDictionary(StringComparer.Ordinal);
}
