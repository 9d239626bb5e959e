using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Carries out service requests on an electricity meter by DLMS/COSEM over HDLC.</summary>
/// <remarks>The association stays open between requests. After any failure the next request connects and associates anew, so that an
/// answer that comes late is never taken for another's. One request at a time.</remarks>
public sealed class EsmeDriver : IDeviceDriver, INotifyingDevice, IKeyRotation, IIdentifiedDevice
{
    private readonly EsmeOptions _options;
    private readonly ServiceDialogue _dialogue;
    private readonly EsmeAlerts _alerts;
    private readonly EsmeKeys _keys;
    private readonly IReadOnlyDictionary<string, SrvHandler> _handlers;

    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and line.</param>
    /// <exception cref="ConfigurationException">A key is missing or wrong, or the profile is of another kind of device.</exception>
    public EsmeDriver(EsmeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        EsmeObjectMap map = options.Profile.Objects;
        _dialogue = new ServiceDialogue(options, PlaceOfIdentity(map));
        DlmsClient client = _dialogue.Client;
        RowClockNotes notes = _dialogue.Notes;
        _alerts = new EsmeAlerts(client, options.Profile.Alerts);
        _keys = new EsmeKeys(
            options, _dialogue.Session, new SecuritySetupObject(client, options.Profile.Association.SecuritySetup),
            _dialogue.Authentication);
        EsmeObjects meter = new(client, map, options.Transport.Name, options.Draws);
        EsmeLogs? logs = map.Logs == EsmeLogMap.None ? null : new EsmeLogs(client, map, options.Transport.Name, notes);
        ReadObjects reads = new(client, map, options.Transport.Name, notes, new AttributeList(client));
        WriteObjects writes = new(client, map, options.Calendar ?? options.TimeProvider);
        _handlers = SrvHandlers.Create(meter, reads, writes, logs, Firmware(map, meter), options.Calendar ?? options.TimeProvider);
        ServiceReferenceVariants = [.. _handlers.Keys];
    }

    /// <summary>The service reference variants that the driver serves, whatever the profile.</summary>
    public static IReadOnlyCollection<string> Served { get; } = SrvHandlers.Variants;

    /// <inheritdoc/>
    public DeviceId Id => _options.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ServiceReferenceVariants { get; }

    /// <inheritdoc/>
    public Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        _dialogue.ExecuteAsync(_handlers, body, cancellationToken);

    /// <inheritdoc/>
    public void ForgetIdentity() => _dialogue.ForgetIdentity();

    /// <inheritdoc/>
    public ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken) => _dialogue.ListenAsync(wait, cancellationToken);

    /// <inheritdoc/>
    public bool TryTakeNotification([NotNullWhen(true)] out DeviceNotification? notification) => _alerts.TryTake(out notification);

    /// <inheritdoc/>
    public ValueTask<bool> ProbeAsync(CancellationToken cancellationToken) => _dialogue.ProbeAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<KeyRotation> RotateAsync(CancellationToken cancellationToken) =>
        _dialogue.ConductAsync("rotation", () => _keys.RotateAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<KeyProbe> ProbeAsync(KeyProbeSubject subject, CancellationToken cancellationToken) =>
        _dialogue.ConductAsync("probe", () => _keys.ProbeAsync(subject, cancellationToken));

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) => _dialogue.CloseAsync(cancellationToken);

    /// <summary>Ends the driver without a word to the device: call <see cref="DisconnectAsync"/> first. The line stays open.</summary>
    public ValueTask DisposeAsync()
    {
        _dialogue.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Where a meter says who it is: where 6.2.4 reads it.</summary>
    private static CosemAttributeDescriptor? PlaceOfIdentity(EsmeObjectMap map) =>
        map.Reads.Variants.TryGetValue("6.2.4", out IReadOnlyDictionary<string, ReadObject>? values)
            && values.TryGetValue("DeviceIdentifier", out ReadObject? place)
                ? place.Attribute
                : null;

    private EsmeFirmware? Firmware(EsmeObjectMap map, EsmeObjects meter) =>
        map.ImageTransfer is not { } settings
            ? null
            : new EsmeFirmware(
                new ImageTransferObject(_dialogue.Client, settings.Name, _options.Transport.Name), settings, meter,
                new EsmeReconnection(_dialogue.Session, _options.TimeProvider), _options.TimeProvider, _options.FirmwareProgress)
            {
                Moments = _options.FirmwareMoments,
                Schedule = settings.Schedule is { } schedule ? new ActivationScheduleObject(_dialogue.Client, schedule) : null,
            };
}
