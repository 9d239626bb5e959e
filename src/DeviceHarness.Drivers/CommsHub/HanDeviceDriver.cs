using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>Brings firmware to a device of a hub's home area network: the hub takes the image and hands it on.</summary>
/// <remarks>Nothing of the network itself is seen. That a hub's service port shows the devices behind it, each under a channel, is an
/// assumption; the profile says where. Link and association are the hub's.</remarks>
internal sealed class HanDeviceDriver : IDeviceDriver
{
    private readonly ServiceDialogue _dialogue;
    private readonly IReadOnlyDictionary<string, SrvHandler> _handlers;

    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">The device.</param>
    /// <param name="dialogue">The dialogue with its hub.</param>
    /// <param name="port">The hub's port, for messages.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The profile is of another kind of device.</exception>
    internal HanDeviceDriver(HanDeviceOptions options, ServiceDialogue dialogue, string port, TimeProvider timeProvider)
    {
        Id = options.Id;
        _dialogue = dialogue;
        HanObjectMap map = options.Profile.Han;
        HanIdentity identity = new(dialogue.Client, map.Identity, options.Identifier, port);
        EsmeFirmware firmware = new(
            new ImageTransferObject(dialogue.Client, map.ImageTransfer.Name, port), map.ImageTransfer,
            new FirmwareVersionObject(dialogue.Client, map.FirmwareActive, port),
            new EsmeReconnection(dialogue.Session, timeProvider), timeProvider, options.FirmwareProgress)
        {
            Moments = options.FirmwareMoments,
        };
        SrvHandler[] handlers = [new UpdateFirmwareHandler(firmware, timeProvider), new ActivateFirmwareHandler(firmware, timeProvider)];
        _handlers = handlers.ToDictionary(
            SrvHandlers.VariantOf, handler => (SrvHandler)new HanDeviceHandler(handler, identity), StringComparer.Ordinal);
        ServiceReferenceVariants = [.. _handlers.Keys];
    }

    /// <inheritdoc/>
    public DeviceId Id { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ServiceReferenceVariants { get; }

    /// <inheritdoc/>
    public Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        _dialogue.ExecuteAsync(_handlers, body, cancellationToken);

    /// <summary>The association is the hub's, and stays open.</summary>
    public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The dialogue is the hub's, and goes on.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
