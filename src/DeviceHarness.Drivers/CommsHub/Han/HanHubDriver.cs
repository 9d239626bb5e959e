using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Srv;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>Carries out service requests on a comms hub function by its home area network, over the adapter of the bench.</summary>
/// <remarks>
/// Where the adapter is the trust centre, the harness is the hub: 8.9 and 8.11 are about its own network. Where it is a device in a hub's
/// network, the hub tells its neighbours and its Basic cluster, and fetches firmware as an OTA client; what a hub tells by its service port
/// alone is answered as not over this link. No public text gives a hub an Events server.
/// </remarks>
public sealed class HanHubDriver : SmartEnergyDriver
{
    private const string ServicePort =
        "give the hub a device with a link to its DLMS service port (via: serial or tcp) in the rig file, and send it there";

    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">The hub, profile and network.</param>
    public HanHubDriver(SmartEnergyOptions options)
        : this(
            Checked(options), options.DeviceLog is null ? new SmartEnergyDevice(options, ClusterCatalogue.Basic) : new OwnHub(options))
    {
    }

    private HanHubDriver(SmartEnergyOptions options, SmartEnergyDevice hub)
        : base(options, hub, options.DeviceLog is null ? OfForeign(hub, options) : OfOwn(options))
    {
    }

    /// <summary>The service reference variants that the driver answers, in whichever role; 11.1 and 11.3 on a hub in whose network the
    /// harness is only where the profile names the images of the model.</summary>
    public static IReadOnlyCollection<string> Served { get; } = ["6.2.4", "6.13", "8.9", "8.11", "11.1", "11.2", "11.3"];

    private static Dictionary<string, SrvHandler> OfOwn(SmartEnergyOptions options)
    {
        const string NoHub = "the hub of this network is the harness itself, which keeps no events and runs no hub's firmware: "
            + ServicePort;
        Dictionary<string, SrvHandler> handlers = new(StringComparer.Ordinal)
        {
            ["8.9"] = new ReadTrustCentreLogHandler(options.DeviceLog!),
            ["8.11"] = new UpdateTrustCentreLogHandler(options.DeviceLog!),
        };
        foreach (string variant in Served)
        {
            handlers.TryAdd(variant, new NotOverThisLinkHandler(NoHub));
        }

        return handlers;
    }

    private static Dictionary<string, SrvHandler> OfForeign(SmartEnergyDevice hub, SmartEnergyOptions options)
    {
        Dictionary<string, SrvHandler> handlers = new(StringComparer.Ordinal)
        {
            ["6.2.4"] = new ReadDeviceConfigurationIdentityHandler(hub),
            ["6.13"] = new NotOverThisLinkHandler($"a hub serves no events over the air: {ServicePort}"),
            ["8.9"] = new ReadNeighboursHandler(new NeighbourLog(hub)),
            ["8.11"] = new NotOverThisLinkHandler($"a hub lets nobody of its network change its device log: {ServicePort}"),
        };
        foreach (SrvHandler firmware in FirmwareHandlers.Of(hub, options))
        {
            handlers[SrvHandlers.VariantOf(firmware)] = firmware;
        }

        return handlers;
    }
}
