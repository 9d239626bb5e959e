using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub.Srv;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>Carries out service requests on the comms hub function of a hub, at its service port, by DLMS/COSEM over HDLC.</summary>
/// <remarks>That a SMETS1 hub has such a port is an assumption; the profile says what is at it. One request at a time, as with
/// <see cref="EsmeDriver"/>.</remarks>
public sealed class HubDriver : IDeviceDriver, IHubReporting, IHanGateway, IIdentifiedDevice
{
    private readonly HubOptions _options;
    private readonly ServiceDialogue _dialogue;
    private readonly IReadOnlyDictionary<string, SrvHandler> _handlers;

    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and line.</param>
    /// <exception cref="ConfigurationException">A key is missing or wrong, or the profile is of another kind of device.</exception>
    public HubDriver(HubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        HubObjectMap map = options.Profile.Hub;
        _dialogue = new ServiceDialogue(options, map.Identity);
        HubObjects hub = new(_dialogue.Client, map, options.Transport.Name);
        Diagnostics = hub;
        List<SrvHandler> handlers =
            [new ReadFirmwareVersionHandler(new FirmwareVersionObject(_dialogue.Client, map.FirmwareActive, options.Transport.Name))];
        if (map.EventLogs.Count > 0)
        {
            handlers.Add(new ReadEventOrSecurityLogHandler(
                new EventLogBuffers(_dialogue.Client, map.EventLogs, map.ClockTime, options.Transport.Name, _dialogue.Notes)));
        }

        if (map.DeviceLog is not null)
        {
            handlers.Add(new ReadDeviceLogHandler(hub));
            handlers.Add(new UpdateHANDeviceLogHandler(hub));
        }

        _handlers = handlers.ToDictionary(SrvHandlers.VariantOf, StringComparer.Ordinal);
        ServiceReferenceVariants = [.. _handlers.Keys];
    }

    /// <summary>The service reference variants that the driver serves, whatever the profile.</summary>
    public static IReadOnlyCollection<string> Served { get; } = ["6.13", "8.9", "8.11", "11.2"];

    /// <inheritdoc/>
    public DeviceId Id => _options.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ServiceReferenceVariants { get; }

    /// <summary>What the hub tells of itself; needs an association, which any request opens.</summary>
    public IHubDiagnostics Diagnostics { get; }

    /// <inheritdoc/>
    public Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        _dialogue.ExecuteAsync(_handlers, body, cancellationToken);

    /// <inheritdoc/>
    public void ForgetIdentity() => _dialogue.ForgetIdentity();

    /// <inheritdoc/>
    public Task<HubReport> ReportAsync(bool takesAlerts, CancellationToken cancellationToken) =>
        _dialogue.ConductAsync("report", () => ReadReportAsync(takesAlerts, cancellationToken));

    /// <inheritdoc/>
    public IDeviceDriver Behind(HanDeviceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new HanDeviceDriver(options, _dialogue, _options.Transport.Name, _options.TimeProvider);
    }

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) => _dialogue.CloseAsync(cancellationToken);

    /// <summary>Ends the driver without a word to the device: call <see cref="DisconnectAsync"/> first. The line stays open.</summary>
    public ValueTask DisposeAsync()
    {
        _dialogue.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HubReport> ReadReportAsync(bool takesAlerts, CancellationToken cancellationToken)
    {
        bool wasOpen = _dialogue.Session.IsOpen;
        try
        {
            return await ReadOpenAsync(takesAlerts, cancellationToken).ConfigureAwait(false);
        }
        catch (RemoteProtocolException lost) when (wasOpen && lost.Code == LostLink.Disconnected)
        {
            // A hub that was without supply meanwhile knows nothing of the link of before.
            _dialogue.Session.Forget();
            return await ReadOpenAsync(takesAlerts, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HubReport> ReadOpenAsync(bool takesAlerts, CancellationToken cancellationToken)
    {
        if (!_dialogue.Session.IsOpen)
        {
            await _dialogue.Session.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await _dialogue.Session.AssociateAsync(cancellationToken).ConfigureAwait(false);
        }

        Eui64 identity = await Diagnostics.ReadIdentityAsync(cancellationToken).ConfigureAwait(false);
        WanStatus? wan = await Diagnostics.ReadWanStatusAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<QueuedAlert> alerts = await Diagnostics.ReadAlertsAsync(cancellationToken).ConfigureAwait(false);
        if (takesAlerts && alerts.Count > 0)
        {
            await Diagnostics.ClearAlertsAsync(cancellationToken).ConfigureAwait(false);
        }

        _dialogue.Session.Touch();
        return new HubReport(identity, wan, alerts);
    }
}
