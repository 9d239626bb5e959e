using System.Diagnostics;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Links.Wrapper;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Carries out service requests on one device by DLMS/COSEM, whatever kind of device it is: link, association, and what becomes
/// of a request.</summary>
/// <remarks>The association stays open between requests. After any failure the next request connects and associates anew, so that an
/// answer that comes late is never taken for another's. One request at a time.</remarks>
internal sealed class ServiceDialogue : IDisposable
{
    // No association has this number.
    private const int Unknown = -1;

    private readonly DlmsDriverOptions _options;
    private readonly IDeviceLink _link;
    private readonly IdentityCheck? _identity;
    private int _known = Unknown;
    private int _isBusy;
    private bool _isDisposed;

    /// <summary>Creates the dialogue; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and line.</param>
    /// <param name="identity">Where the device says who it is; null when it does not.</param>
    /// <exception cref="ConfigurationException">A key is missing or wrong.</exception>
    internal ServiceDialogue(DlmsDriverOptions options, CosemAttributeDescriptor? identity)
    {
        _options = options;
        _link = LinkOf(options);
        Client = new DlmsClient(_link);
        Authentication = new DeviceAuthentication(options);
        Client.UseAtRest(() => Authentication.Context);
        Session = new EsmeSession(options.Profile, _link, Client, Authentication);
        _identity = options.Identity is { } expected && identity is { } place
            ? new IdentityCheck(Client, place, expected, options.Id, options.Transport.Name)
            : null;
    }

    /// <summary>What reads, writes and invokes in the association.</summary>
    internal DlmsClient Client { get; }

    /// <summary>Link and association.</summary>
    internal EsmeSession Session { get; }

    /// <summary>The device's credentials.</summary>
    internal DeviceAuthentication Authentication { get; }

    /// <summary>What the rows that a request reads say of the device's clock.</summary>
    internal RowClockNotes Notes { get; } = new();

    /// <summary>Ends the dialogue without a word to the device: call <see cref="CloseAsync"/> first.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Session.Forget();
        Authentication.Dispose();
    }

    /// <summary>Carries out one request.</summary>
    /// <exception cref="LocalProtocolException">DRIV-001: no handler serves it; DRIV-002: another is under way.</exception>
    internal async Task<SrvResult> ExecuteAsync(
        IReadOnlyDictionary<string, SrvHandler> handlers, SrvRequestBody body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!handlers.TryGetValue(body.ServiceReferenceVariant, out SrvHandler? handler))
        {
            throw new LocalProtocolException(
                "DRIV-001", $"{_options.Id}: the driver does not serve this variant", "any", body.ServiceReferenceVariant);
        }

        return await AloneAsync(body.ServiceReferenceVariant, () => RunAsync(handler, body, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Carries out something that is no service request; after anything that did not end as it should, the next connects
    /// anew.</summary>
    /// <exception cref="LocalProtocolException">DRIV-002: another is under way.</exception>
    internal Task<T> ConductAsync<T>(string what, Func<Task<T>> act)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return AloneAsync(what, () => SettleAsync(act));
    }

    /// <summary>Releases the association and disconnects the link.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await Session.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes in what the device sends by itself.</summary>
    internal ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _link.ListenAsync(wait, cancellationToken);
    }

    /// <summary>Whether the device's link answers.</summary>
    internal async ValueTask<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return await Session.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Another device may be there: before the next command it is asked who it is. From any thread.</summary>
    internal void ForgetIdentity() => Volatile.Write(ref _known, Unknown);

    /// <summary>One dialogue at a time.</summary>
    private async Task<T> AloneAsync<T>(string what, Func<Task<T>> act)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new LocalProtocolException("DRIV-002", $"{_options.Id}: another request is under way", "busy", what);
        }

        try
        {
            return await act().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private async Task<T> SettleAsync<T>(Func<Task<T>> act)
    {
        bool isSettled = false;
        try
        {
            T result = await act().ConfigureAwait(false);
            isSettled = true;
            return result;
        }
        finally
        {
            if (!isSettled)
            {
                Session.Forget();
            }
        }
    }

    private async Task<SrvResult> RunAsync(SrvHandler handler, SrvRequestBody body, CancellationToken cancellationToken)
    {
        RequestTiming timing = new() { IsOpen = Session.IsOpen };
        _link.Clock.Restart(_link.Rate);
        bool isSettled = false;
        Notes.Clear();
        try
        {
            DeviceOutcome outcome = Explain(
                await TryAsync(handler, body, timing, cancellationToken).ConfigureAwait(false), body.ServiceReferenceVariant);
            if (outcome is { Kind: DeviceOutcomeKind.Done, Detail.Length: 0 })
            {
                outcome = outcome with { Detail = Notes.Text };
            }

            isSettled = outcome.Kind is DeviceOutcomeKind.Done or DeviceOutcomeKind.Refused;
            return new SrvResult(outcome, timing.Split(_link.Clock, _options.AdapterLatency));
        }
        finally
        {
            if (isSettled)
            {
                Session.Touch();
            }
            else
            {
                Session.Forget();
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
                return await ConductAsync(handler, body, timing, cancellationToken).ConfigureAwait(false);
            }
            catch (RemoteProtocolException lost)
                when (lost.Code == LostLink.Disconnected && timing.IsOpen && _link.AnswerCount == answersBefore)
            {
                // DM to the first request: the device had dropped the link in silence and has taken nothing. Anew, once.
                failed = await OpenAsync(timing, cancellationToken).ConfigureAwait(false);
                return failed ?? await ConductAsync(handler, body, timing, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DeviceRefusedException refusal)
        {
            return Refused(handler, refusal);
        }
        catch (RemoteProtocolException violation)
        {
            return new DeviceOutcome(DeviceOutcomeKind.ProtocolError, null, Told(handler, violation), null, null);
        }
        catch (LinkTimeoutException silence)
        {
            return await SilentAsync(silence, Told(handler, silence), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DeviceOutcome> ConductAsync(
        SrvHandler handler, SrvRequestBody body, RequestTiming timing, CancellationToken cancellationToken)
    {
        if (_identity is not null && Volatile.Read(ref _known) != Session.Association && IsCommand(body))
        {
            // Part of connecting, in no latency of the request.
            long started = Stopwatch.GetTimestamp();
            await _identity.RequireAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _known, Session.Association);
            timing.Connected(started);
            _link.Clock.Restart(_link.Rate);
        }

        return await handler.ConductAsync(body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a request may change the device: an image is not critical, and written all the same.</summary>
    private static bool IsCommand(SrvRequestBody body) => !UndoRules.IsRead(body)
        || (SrvCatalogue.TryFind(body.ServiceReferenceVariant, out SrvEntry? entry) && entry.Criticality == SrvCriticality.Critical);

    /// <summary>Connects and associates; returns why the device cannot be reached, or null.</summary>
    private async Task<DeviceOutcome?> OpenAsync(RequestTiming timing, CancellationToken cancellationToken)
    {
        timing.IsOpen = false;
        long started = Stopwatch.GetTimestamp();
        try
        {
            await Session.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LinkTimeoutException silence)
        {
            return new DeviceOutcome(DeviceOutcomeKind.Unreachable, null, silence.Message, null, LinkAnswersProbe: false);
        }
        catch (DeviceRefusedException refusal)
        {
            return new DeviceOutcome(DeviceOutcomeKind.Unreachable, null, refusal.Message, null, LinkAnswersProbe: true);
        }

        await Session.AssociateAsync(cancellationToken).ConfigureAwait(false);
        timing.Connected(started);
        _link.Clock.Restart(_link.Rate);
        return null;
    }

    /// <summary>Tells a silent application (E21) from a dead line (E20). Only a link that stood during the whole silence, and then answers
    /// a probe, shows the application silent: on a bad line a short probe may pass where longer frames did not.</summary>
    private async Task<DeviceOutcome> SilentAsync(LinkTimeoutException silence, string detail, CancellationToken cancellationToken)
    {
        bool answers = await Session.ProbeAsync(cancellationToken).ConfigureAwait(false);
        bool isSilentApplication = answers && LostLink.IsSilentApplication(silence);
        return new DeviceOutcome(
            isSilentApplication ? DeviceOutcomeKind.NoAnswer : DeviceOutcomeKind.Unreachable, null, detail, null,
            LinkAnswersProbe: answers);
    }

    /// <summary>Says of a refusal what is known of the model.</summary>
    private DeviceOutcome Explain(DeviceOutcome outcome, string variant)
    {
        ProfileQuirk? known = outcome.Kind == DeviceOutcomeKind.Refused
            ? _options.Profile.Quirks.FirstOrDefault(quirk => quirk.ServiceReferenceVariants.Contains(variant))
            : null;
        return known is null ? outcome : outcome with { Detail = $"{outcome.Detail}; known of {_options.Profile.Name}: {known}" };
    }

    private static IDeviceLink LinkOf(DlmsDriverOptions options) => options.Framing switch
    {
        LinkFraming.Hdlc when options.SignOn is { } signOn => new SignOnLink(options.Transport, signOn, HdlcOf(options)),
        LinkFraming.Hdlc => HdlcOf(options),
        LinkFraming.Wrapper => new WrapperLink(options.Transport, options.Profile.WrapperSettings(), options.TimeProvider),
        _ => throw new UnreachableException(),
    };

    private static HdlcLinkPump HdlcOf(DlmsDriverOptions options) => new(
        options.Transport, new HdlcClientLink(options.Profile.LinkSettings(options.Transport.Rate)), options.TimeProvider);

    private static DeviceOutcome Refused(SrvHandler handler, DeviceRefusedException refusal)
    {
        if (refusal is AssociationRefusedException)
        {
            return new DeviceOutcome(DeviceOutcomeKind.Refused, handler.Refused(), refusal.Message, refusal.DeviceCode, null);
        }

        string told = Told(handler, refusal);
        return handler.Refusals.TryGetValue(new SrvRefusal(refusal.Code, refusal.DeviceCode), out string? meaning)
            ? new DeviceOutcome(DeviceOutcomeKind.Refused, handler.Refused(), $"{told}: {meaning}", refusal.DeviceCode, null)
            : new DeviceOutcome(
                DeviceOutcomeKind.ProtocolError, null, $"{told}: not a legal answer to this request", refusal.DeviceCode, null);
    }

    private static string Told(SrvHandler handler, HarnessException failure) =>
        handler.Told(failure) is { } told ? $"{failure.Message}; {told}" : failure.Message;
}
