using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>What one exchange knows and computes; erased with it.</summary>
internal sealed class EstablishmentExchange : IDisposable
{
    private readonly EstablishmentSettings _settings;
    private readonly CbkeIdentity _identity;
    private readonly EstablishmentRole _role;
    private readonly ulong _peer;
    private readonly CurvePrivateKey _ephemeral;
    private readonly CurvePoint _ephemeralPoint;
    private CurvePoint? _peerPoint;
    private CbkeKeys? _keys;
    private CbkeParties? _parties;

    public EstablishmentExchange(EstablishmentSettings settings, CbkeIdentity identity, EstablishmentRole role, ulong peer)
    {
        _settings = settings;
        _identity = identity;
        _role = role;
        _peer = peer;
        _ephemeral = CurvePrivateKey.Generate(identity.Certificate.Suite.Curve(), settings.Random);
        _ephemeralPoint = _ephemeral.PublicPoint();
    }

    public TimeSpan PeerEphemeralTime { get; private set; }

    public TimeSpan PeerConfirmTime { get; private set; }

    public ImplicitCertificate? PeerCertificate { get; private set; }

    public EstablishmentMessage Initiate() => Message(EstablishmentCommand.Initiate, new InitiatePayload(
        _identity.Certificate.Suite,
        EstablishmentSettings.Seconds(_settings.OwnEphemeralTime),
        EstablishmentSettings.Seconds(_settings.OwnConfirmTime),
        _identity.Certificate.Octets.ToArray()).ToOctets(_role));

    public EstablishmentMessage Ephemeral() => Message(EstablishmentCommand.Ephemeral, _ephemeralPoint.ToCompressed());

    public EstablishmentMessage Confirm()
    {
        byte[] mac = new byte[AesMmo.DigestOctets];
        _keys!.Confirm(_parties!, _role == EstablishmentRole.Initiator, mac);
        return Message(EstablishmentCommand.Confirm, mac);
    }

    public CipherKey LinkKey() => _keys!.LinkKey();

    /// <summary>Takes the peer's certificate and times.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public TerminateStatus? TakeInitiate(in InitiatePayload payload)
    {
        EstablishmentSuites suite = _identity.Certificate.Suite;
        if (payload.Suite != suite)
        {
            return TerminateStatus.UnsupportedSuite;
        }

        if (!ImplicitCertificate.TryCreate(payload.Certificate.Span, out ImplicitCertificate? certificate, out _)
            || certificate.Suite != suite
            || certificate.Subject != _peer
            || (_settings.ValidAt is { } instant && !certificate.IsValidAt(instant)))
        {
            return TerminateStatus.BadMessage;
        }

        if (_settings.Authorities.FirstOrDefault(candidate => candidate.Issued(certificate)) is not { } authority)
        {
            return TerminateStatus.UnknownIssuer;
        }

        if (!certificate.MayAgreeKeys)
        {
            return TerminateStatus.InvalidKeyUsage;
        }

        if (!certificate.TryReconstruct(authority.PublicPoint, out CurvePoint? point, out _))
        {
            return TerminateStatus.BadMessage;
        }

        _peerPoint = point;
        PeerCertificate = certificate;
        PeerEphemeralTime = TimeSpan.FromSeconds(payload.EphemeralSeconds);
        PeerConfirmTime = TimeSpan.FromSeconds(payload.ConfirmSeconds);
        return null;
    }

    /// <summary>Takes the peer's ephemeral key and computes the keys.</summary>
    /// <returns>False when it is no key that may be used.</returns>
    public bool TryTakeEphemeral(ReadOnlySpan<byte> octets)
    {
        if (!_ephemeral.Curve.TryDecompress(octets, out CurvePoint? point, out _)
            || !CbkeAgreement.TryAgree(_identity.PrivateKey, _ephemeral, _peerPoint!, point, out _keys))
        {
            return false;
        }

        _parties = _role == EstablishmentRole.Initiator
            ? new(_identity.Certificate.Subject, _peer, _ephemeralPoint, point)
            : new(_peer, _identity.Certificate.Subject, point, _ephemeralPoint);
        _ephemeral.Dispose();
        return true;
    }

    public bool IsConfirmedBy(ReadOnlySpan<byte> mac) =>
        _keys!.IsConfirmedBy(_parties!, _role != EstablishmentRole.Initiator, mac);

    public void Dispose()
    {
        _ephemeral.Dispose();
        _keys?.Dispose();
    }

    private EstablishmentMessage Message(EstablishmentCommand command, byte[] payload) => new(command, _role, payload);
}
