using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>The firmware of one device: which one runs, and what is brought to it over the air.</summary>
/// <remarks>The upgrade client is taken to be on the endpoint of the device's other clusters.</remarks>
internal sealed class SmartEnergyFirmware(SmartEnergyDevice device, SmartEnergyOptions options) : IFirmwareStore, IFirmwareIdentity
{
    private HanFirmware? _store;

    /// <inheritdoc/>
    public bool TakesLaterTimes => true;

    // The endpoint is known once the device was found, which is before the first request.
    private HanFirmware Store => _store ??= new HanFirmware(new HanFirmwareOptions
    {
        Network = options.Network,
        Upgrades = options.Upgrades ?? throw new InvalidOperationException("the network has no upgrade server"),
        Target = device.Target,
        Model = options.Profile.Firmware ?? throw new InvalidOperationException("the profile names no images"),
        Identity = this,
        ActivationTimeout = options.Profile.ActivationTimeout,
        StartTimeout = options.Profile.ResponseTimeout,
        WakeInterval = options.Profile.WakeInterval,
        TimeProvider = options.TimeProvider,
        Progress = options.FirmwareProgress,
    });

    /// <inheritdoc/>
    public async ValueTask<string> ReadActiveVersionAsync(CancellationToken cancellationToken) =>
        await device.ReadFirmwareVersionAsync(cancellationToken).ConfigureAwait(false) ?? string.Empty;

    /// <inheritdoc/>
    public Task<FirmwareDelivery> DeliverAsync(
        FirmwareImage image, string version, ImageDelivery delivery, CancellationToken cancellationToken) =>
        Store.DeliverAsync(image, version, delivery, cancellationToken);

    /// <inheritdoc/>
    public Task<FirmwareActivation> ActivateAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        Store.ActivateAsync(hash, cancellationToken);

    /// <inheritdoc/>
    public Task<FirmwareActivation> ScheduleAsync(ReadOnlyMemory<byte> hash, DateTimeOffset time, CancellationToken cancellationToken) =>
        Store.ScheduleAsync(hash, time, cancellationToken);

    /// <inheritdoc/>
    public Task WithdrawAsync(CancellationToken cancellationToken) => Store.WithdrawAsync(cancellationToken);
}
