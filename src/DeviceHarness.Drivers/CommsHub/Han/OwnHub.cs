using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>The hub that the harness itself is: its adapter, which no message over the air reaches.</summary>
internal sealed class OwnHub(SmartEnergyOptions options) : SmartEnergyDevice(options, ClusterCatalogue.Basic)
{
    private const string OtherAdapter = "HAN-061";

    private readonly SmartEnergyOptions _options = options;

    /// <inheritdoc/>
    internal override bool IsFound => false;

    /// <summary>Makes sure that the adapter is who the rig file says that the hub is.</summary>
    /// <exception cref="WrongDeviceException">HAN-061: it is another.</exception>
    internal override Task FindAsync(CancellationToken cancellationToken) => _options.Network.Identity?.Eui64 == Eui64
        ? Task.CompletedTask
        : throw new WrongDeviceException(
            OtherAdapter, $"{Name}: the hub of this network is the adapter itself, and that has another EUI-64",
            $"{Eui64:X16}", $"{_options.Network.Identity?.Eui64:X16}");

    /// <summary>Whether its network is up.</summary>
    internal override Task<bool> ProbeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_options.Network.Network is { Role: ZigBeeRole.Coordinator });
}
