using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>One side of a certificate-based key establishment with one peer, as a pure machine: messages and ticks in; messages, event,
/// next tick out.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy, CBKE, as this harness's ZigBee guide sums it up. A certificate whose subject is not the peer's EUI-64 is
/// refused as a bad message. The ephemeral private key and what is computed of it are erased when the exchange ends, however it ends.
/// A responder takes Initiate in any state: a device that started anew begins anew. Any other message out of its turn ends the exchange.
/// Nothing is sent when the peer falls silent: it has forgotten, or will. Instants count from any origin. Not thread safe.
/// </remarks>
public sealed class EstablishmentMachine : IDisposable
{
    private readonly EstablishmentSettings _settings;
    private readonly ulong _peer;
    private EstablishmentExchange? _exchange;
    private TimeSpan? _due;

    /// <summary>Makes a machine that waits.</summary>
    /// <param name="settings">What this side has and allows.</param>
    /// <param name="role">Which side it is.</param>
    /// <param name="peer">The EUI-64 of the other side as a number, as the network knows it.</param>
    /// <exception cref="ArgumentException">There is no identity, or there are two of one suite.</exception>
    public EstablishmentMachine(EstablishmentSettings settings, EstablishmentRole role, ulong peer)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if ((settings.Identities.Count == 0 && settings.InAdapter is null)
            || settings.Identities.DistinctBy(identity => identity.Certificate.Suite).Count() != settings.Identities.Count)
        {
            throw new ArgumentException("key establishment needs one identity for each of its suites", nameof(settings));
        }

        _settings = settings;
        Role = role;
        _peer = peer;
    }

    /// <summary>Which side it is.</summary>
    public EstablishmentRole Role { get; }

    /// <summary>Where it stands.</summary>
    public EstablishmentState State { get; private set; }

    /// <summary>Why it failed last.</summary>
    public EstablishmentFailure Failure { get; private set; }

    /// <summary>What was said when it was ended last, by either side.</summary>
    public TerminateStatus Status { get; private set; }

    /// <summary>When the peer asks to be tried again; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>The suites that the peer said it has when it ended the exchange.</summary>
    public EstablishmentSuites PeerSuites { get; private set; }

    /// <summary>The new link key; null before it is established, and where the adapter keeps it.</summary>
    public CipherKey? LinkKey { get; private set; }

    /// <summary>The certificate that the peer proved last; null before it is established.</summary>
    public ImplicitCertificate? PeerCertificate { get; private set; }

    private EstablishmentRole Peer =>
        Role == EstablishmentRole.Initiator ? EstablishmentRole.Responder : EstablishmentRole.Initiator;

    /// <summary>Begins, as initiator; what went on before is forgotten.</summary>
    /// <param name="now">The present instant.</param>
    /// <param name="suites">The suites to choose from; the first identity of them is taken.</param>
    /// <exception cref="InvalidOperationException">It is a responder, or there is no identity of these suites.</exception>
    public EstablishmentStep Start(
        TimeSpan now, EstablishmentSuites suites = EstablishmentSuites.Suite1 | EstablishmentSuites.Suite2)
    {
        if (Role != EstablishmentRole.Initiator)
        {
            throw new InvalidOperationException("a responder waits for its peer");
        }

        IKeyAgreement agreement = _settings.Begin(suites, Role, _peer)
            ?? throw new InvalidOperationException($"no identity of {suites} is held");
        Reset();
        _exchange = new EstablishmentExchange(_settings, agreement, Role, _peer);
        return Await(EstablishmentState.AwaitingInitiate, _exchange.Initiate(), _settings.FirstAnswerTime, now);
    }

    /// <summary>Takes a message of the peer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">When it came.</param>
    public EstablishmentStep Receive(in EstablishmentMessage message, TimeSpan now)
    {
        if (message.Sender == Role)
        {
            // The peer is both client and server of the cluster: this belongs to an exchange in the other direction.
            return new(null, EstablishmentEvent.Ignored, _due);
        }

        bool isNew = message.Command == EstablishmentCommand.Initiate && Role == EstablishmentRole.Responder;
        if (_exchange is null && !isNew)
        {
            return new(null, EstablishmentEvent.Ignored, _due);
        }

        return message.Command switch
        {
            EstablishmentCommand.Terminate => TakeTerminate(message.Payload.Span),
            EstablishmentCommand.Initiate when isNew => TakeInitiateRequest(message.Payload, now),
            EstablishmentCommand.Initiate when State == EstablishmentState.AwaitingInitiate =>
                TakeInitiateResponse(message.Payload, now),
            EstablishmentCommand.Ephemeral when State == EstablishmentState.AwaitingEphemeral =>
                TakeEphemeral(message.Payload.Span, now),
            EstablishmentCommand.Confirm when State == EstablishmentState.AwaitingConfirm => TakeConfirm(message.Payload.Span),
            _ => Refuse(TerminateStatus.BadMessage),
        };
    }

    /// <summary>Tells the time.</summary>
    /// <param name="now">The present instant.</param>
    public EstablishmentStep Tick(TimeSpan now)
    {
        if (_due is not { } due || now < due)
        {
            return new(null, EstablishmentEvent.None, _due);
        }

        Fail(EstablishmentFailure.Silence, TerminateStatus.Success);
        return new(null, EstablishmentEvent.Failed, null);
    }

    /// <summary>Gives the exchange up, as when the device leaves; the peer is told when there is one going on.</summary>
    /// <param name="retryAfter">When the peer may try again, at most 255 s.</param>
    public EstablishmentStep Abandon(TimeSpan retryAfter)
    {
        if (_exchange is null)
        {
            return new(null, EstablishmentEvent.None, null);
        }

        Fail(EstablishmentFailure.Abandoned, TerminateStatus.NoResources);
        return new(Refusal(_settings, Role, TerminateStatus.NoResources, retryAfter), EstablishmentEvent.Failed, null);
    }

    /// <summary>The answer to a peer that there is no machine for, as when too many ask at once.</summary>
    /// <param name="settings">Says which suites there are.</param>
    /// <param name="role">Which side answers.</param>
    /// <param name="status">Why.</param>
    /// <param name="retryAfter">When the peer may try again, at most 255 s.</param>
    public static EstablishmentMessage Refusal(
        EstablishmentSettings settings, EstablishmentRole role, TerminateStatus status, TimeSpan retryAfter)
    {
        ArgumentNullException.ThrowIfNull(settings);
        byte seconds = (byte)Math.Clamp(Math.Ceiling(retryAfter.TotalSeconds), 0, byte.MaxValue);
        return new(
            EstablishmentCommand.Terminate, role, new TerminatePayload(status, seconds, settings.Suites).ToOctets(role));
    }

    /// <summary>Erases what an exchange that is going on holds.</summary>
    public void Dispose() => EndExchange();

    private EstablishmentStep TakeInitiateRequest(ReadOnlyMemory<byte> octets, TimeSpan now)
    {
        Reset();
        if (!InitiatePayload.TryRead(Peer, octets.Span, out InitiatePayload payload))
        {
            return Refuse(TerminateStatus.BadMessage);
        }

        if (_settings.Begin(payload.Suite, Role, _peer) is not { } agreement)
        {
            return Refuse(TerminateStatus.UnsupportedSuite);
        }

        _exchange = new EstablishmentExchange(_settings, agreement, Role, _peer);
        return _exchange.TakeInitiate(payload) is { } wrong
            ? Refuse(wrong)
            : Await(EstablishmentState.AwaitingEphemeral, _exchange.Initiate(), _exchange.PeerEphemeralTime, now);
    }

    private EstablishmentStep TakeInitiateResponse(ReadOnlyMemory<byte> octets, TimeSpan now)
    {
        if (!InitiatePayload.TryRead(Peer, octets.Span, out InitiatePayload payload))
        {
            return Refuse(TerminateStatus.BadMessage);
        }

        return _exchange!.TakeInitiate(payload) is { } wrong
            ? Refuse(wrong)
            : Await(EstablishmentState.AwaitingEphemeral, _exchange.Ephemeral(), _exchange.PeerEphemeralTime, now);
    }

    private EstablishmentStep TakeEphemeral(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        EstablishmentExchange exchange = _exchange!;
        if (!exchange.TryTakeEphemeral(octets))
        {
            return Refuse(TerminateStatus.BadMessage);
        }

        EstablishmentMessage answer = Role == EstablishmentRole.Responder ? exchange.Ephemeral() : exchange.Confirm();
        return Await(EstablishmentState.AwaitingConfirm, answer, exchange.PeerConfirmTime, now);
    }

    private EstablishmentStep TakeConfirm(ReadOnlySpan<byte> mac)
    {
        EstablishmentExchange exchange = _exchange!;
        if (!exchange.IsConfirmedBy(mac))
        {
            return Refuse(TerminateStatus.BadKeyConfirm);
        }

        EstablishmentMessage? answer = Role == EstablishmentRole.Responder ? exchange.Confirm() : null;
        LinkKey = exchange.LinkKey();
        PeerCertificate = exchange.PeerCertificate;
        State = EstablishmentState.Established;
        EndExchange();
        return new(answer, EstablishmentEvent.Established, null);
    }

    private EstablishmentStep TakeTerminate(ReadOnlySpan<byte> octets)
    {
        if (!TerminatePayload.TryRead(Peer, octets, out TerminatePayload payload))
        {
            return Refuse(TerminateStatus.BadMessage);
        }

        Fail(EstablishmentFailure.RefusedByPeer, payload.Status);
        PeerSuites = payload.Suites;
        RetryAfter = payload.Status == TerminateStatus.NoResources ? TimeSpan.FromSeconds(payload.WaitSeconds) : null;
        return new(null, EstablishmentEvent.Failed, null);
    }

    private EstablishmentStep Refuse(TerminateStatus status)
    {
        Fail(EstablishmentFailure.RefusedPeer, status);
        return new(Refusal(_settings, Role, status, TimeSpan.Zero), EstablishmentEvent.Failed, null);
    }

    private EstablishmentStep Await(EstablishmentState state, EstablishmentMessage message, TimeSpan stated, TimeSpan now)
    {
        State = state;
        _due = now + stated + _settings.Margin + _settings.PollLatency;
        return new(message, EstablishmentEvent.None, _due);
    }

    private void Fail(EstablishmentFailure failure, TerminateStatus status)
    {
        Failure = failure;
        Status = status;
        State = EstablishmentState.Failed;
        EndExchange();
    }

    private void Reset()
    {
        EndExchange();
        State = EstablishmentState.Idle;
        Failure = EstablishmentFailure.None;
        Status = TerminateStatus.Success;
        RetryAfter = null;
        PeerSuites = EstablishmentSuites.None;
        LinkKey = null;
        PeerCertificate = null;
    }

    private void EndExchange()
    {
        _exchange?.Dispose();
        _exchange = null;
        _due = null;
    }
}
