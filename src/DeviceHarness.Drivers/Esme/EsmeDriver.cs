using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Links.Wrapper;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Carries out service requests on an electricity meter by DLMS/COSEM over HDLC.</summary>
/// <remarks>The association stays open between requests. After any failure the next request connects and associates anew, so that an
/// answer that comes late is never taken for another's. One request at a time.</remarks>
public sealed class EsmeDriver : IDeviceDriver, INotifyingDevice
{
    /// <summary>The link stood the whole time: it answered every poll, or the connection repeats by itself what is lost.</summary>
    private static readonly string[] SilentApplicationCodes = ["HDLC-011", "WRAP-011"];

    private readonly EsmeOptions _options;
    private readonly IDeviceLink _link;
    private readonly DeviceAuthentication _authentication;
    private readonly EsmeSession _session;
    private readonly EsmeAlerts _alerts;
    private readonly RowClockNotes _clockNotes = new();
    private readonly IReadOnlyDictionary<string, SrvHandler> _handlers;
    private int _isBusy;
    private bool _isDisposed;

    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and line.</param>
    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    public EsmeDriver(EsmeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _link = LinkOf(options);
        DlmsClient client = new(_link);
        _authentication = new DeviceAuthentication(options.Profile, options.Security, options.Random);
        client.UseAtRest(_authentication.Context);
        _alerts = new EsmeAlerts(client, options.Profile.Alerts);
        _session = new EsmeSession(options.Profile, _link, client, _authentication);
        EsmeObjects meter = new(client, options.Profile.Objects, options.Transport.Name);
        EsmeLogs? logs = options.Profile.Objects.Logs == EsmeLogMap.None
            ? null
            : new EsmeLogs(client, options.Profile.Objects, options.Transport.Name, _clockNotes);
        ReadObjects reads = new(client, options.Profile.Objects, options.Transport.Name, _clockNotes, new AttributeList(client));
        _handlers = SrvHandlers.Create(meter, reads, logs, Firmware(client, meter), options.TimeProvider);
        ServiceReferenceVariants = [.. _handlers.Keys];
    }

    /// <summary>The service reference variants that the driver serves, whatever the profile.</summary>
    public static IReadOnlyCollection<string> Served { get; } = SrvHandlers.Variants;

    /// <inheritdoc/>
    public DeviceId Id => _options.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ServiceReferenceVariants { get; }

    /// <inheritdoc/>
    public async Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_handlers.TryGetValue(body.ServiceReferenceVariant, out SrvHandler? handler))
        {
            throw new LocalProtocolException(
                "DRIV-001", $"{Id}: the driver does not serve this variant", "any", body.ServiceReferenceVariant);
        }

        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new LocalProtocolException("DRIV-002", $"{Id}: another request is under way", "busy", body.ServiceReferenceVariant);
        }

        try
        {
            return await RunAsync(handler, body, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    /// <inheritdoc/>
    public ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _link.ListenAsync(wait, cancellationToken);
    }

    /// <inheritdoc/>
    public bool TryTakeNotification([NotNullWhen(true)] out DeviceNotification? notification) => _alerts.TryTake(out notification);

    /// <inheritdoc/>
    public async ValueTask<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return await _session.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _session.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the driver without a word to the device: call <see cref="DisconnectAsync"/> first. The line stays open.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _session.Forget();
        _authentication.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SrvResult> RunAsync(SrvHandler handler, SrvRequestBody body, CancellationToken cancellationToken)
    {
        RequestTiming timing = new() { IsOpen = _session.IsOpen };
        _link.Clock.Restart(_link.Rate);
        bool isSettled = false;
        _clockNotes.Clear();
        try
        {
            DeviceOutcome outcome = await TryAsync(handler, body, timing, cancellationToken).ConfigureAwait(false);
            if (outcome is { Kind: DeviceOutcomeKind.Done, Detail.Length: 0 })
            {
                outcome = outcome with { Detail = _clockNotes.Text };
            }

            isSettled = outcome.Kind is DeviceOutcomeKind.Done or DeviceOutcomeKind.Refused;
            return new SrvResult(outcome, timing.Split(_link.Clock, _options.AdapterLatency));
        }
        finally
        {
            if (isSettled)
            {
                _session.Touch();
            }
            else
            {
                _session.Forget();
            }
        }
    }

    private async Task<DeviceOutcome> TryAsync(
        SrvHandler handler, SrvRequestBody body, RequestTiming timing, CancellationToken cancellationToken)
    {
        try
        {
            DeviceOutcome? failed = timing.IsOpen ? null : await OpenAsync(timing, cancellationToken).ConfigureAwait(false);
            if (failed is not null)
            {
                return failed;
            }

            long answersBefore = _link.AnswerCount;
            try
            {
                return await handler.ConductAsync(body, cancellationToken).ConfigureAwait(false);
            }
            catch (RemoteProtocolException lost)
                when (lost.Code == LostLink.Disconnected && timing.IsOpen && _link.AnswerCount == answersBefore)
            {
                // DM to the first request: the device had dropped the link in silence and has taken nothing. Anew, once.
                failed = await OpenAsync(timing, cancellationToken).ConfigureAwait(false);
                return failed ?? await handler.ConductAsync(body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DeviceRefusedException refusal)
        {
            return Refused(handler, refusal);
        }
        catch (RemoteProtocolException violation)
        {
            return new DeviceOutcome(DeviceOutcomeKind.ProtocolError, null, violation.Message, null, null);
        }
        catch (LinkTimeoutException silence)
        {
            return await SilentAsync(silence, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Connects and associates; returns why the device cannot be reached, or null.</summary>
    private async Task<DeviceOutcome?> OpenAsync(RequestTiming timing, CancellationToken cancellationToken)
    {
        timing.IsOpen = false;
        long started = Stopwatch.GetTimestamp();
        try
        {
            await _session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LinkTimeoutException silence)
        {
            return new DeviceOutcome(DeviceOutcomeKind.Unreachable, null, silence.Message, null, LinkAnswersProbe: false);
        }
        catch (DeviceRefusedException refusal)
        {
            return new DeviceOutcome(DeviceOutcomeKind.Unreachable, null, refusal.Message, null, LinkAnswersProbe: true);
        }

        await _session.AssociateAsync(cancellationToken).ConfigureAwait(false);
        timing.Connected(started);
        _link.Clock.Restart(_link.Rate);
        return null;
    }

    /// <summary>Tells a silent application (E21) from a dead line (E20). Only a link that stood during the whole silence, and then answers
    /// a probe, shows the application silent: on a bad line a short probe may pass where longer frames did not.</summary>
    private async Task<DeviceOutcome> SilentAsync(LinkTimeoutException silence, CancellationToken cancellationToken)
    {
        bool answers = await _session.ProbeAsync(cancellationToken).ConfigureAwait(false);
        bool isSilentApplication = answers && SilentApplicationCodes.Contains(silence.Code);
        return new DeviceOutcome(
            isSilentApplication ? DeviceOutcomeKind.NoAnswer : DeviceOutcomeKind.Unreachable, null, silence.Message, null,
            LinkAnswersProbe: answers);
    }

    private EsmeFirmware? Firmware(DlmsClient client, EsmeObjects meter) =>
        _options.Profile.Objects.ImageTransfer is not { } settings
            ? null
            : new EsmeFirmware(
                new ImageTransferObject(client, settings.Name, _options.Transport.Name), settings, meter,
                new EsmeReconnection(_session, _options.TimeProvider), _options.TimeProvider, _options.FirmwareProgress);

    private static IDeviceLink LinkOf(EsmeOptions options) => options.Framing switch
    {
        LinkFraming.Hdlc when options.SignOn is { } signOn => new SignOnLink(options.Transport, signOn, HdlcOf(options)),
        LinkFraming.Hdlc => HdlcOf(options),
        LinkFraming.Wrapper => new WrapperLink(options.Transport, options.Profile.WrapperSettings(), options.TimeProvider),
        _ => throw new UnreachableException(),
    };

    private static HdlcLinkPump HdlcOf(EsmeOptions options) => new(
        options.Transport, new HdlcClientLink(options.Profile.LinkSettings(options.Transport.Rate)), options.TimeProvider);

    private static DeviceOutcome Refused(SrvHandler handler, DeviceRefusedException refusal)
    {
        if (refusal is AssociationRefusedException)
        {
            return new DeviceOutcome(DeviceOutcomeKind.Refused, handler.Refused(), refusal.Message, refusal.DeviceCode, null);
        }

        return handler.Refusals.TryGetValue(new SrvRefusal(refusal.Code, refusal.DeviceCode), out string? meaning)
            ? new DeviceOutcome(DeviceOutcomeKind.Refused, handler.Refused(), $"{refusal.Message}: {meaning}", refusal.DeviceCode, null)
            : new DeviceOutcome(
                DeviceOutcomeKind.ProtocolError, null, $"{refusal.Message}: not a legal answer to this request", refusal.DeviceCode, null);
    }
}
