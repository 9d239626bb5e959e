using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>What is computed here, with a private key that is held here; erased with it.</summary>
internal sealed class HostKeyAgreement : IKeyAgreement
{
    private readonly EstablishmentSettings _settings;
    private readonly CbkeIdentity _identity;
    private readonly EstablishmentRole _role;
    private readonly ulong _peer;
    private CurvePrivateKey? _ephemeral;
    private CurvePoint? _ephemeralPoint;
    private CurvePoint? _peerPoint;
    private CbkeKeys? _keys;
    private CbkeParties? _parties;

    public HostKeyAgreement(EstablishmentSettings settings, CbkeIdentity identity, EstablishmentRole role, ulong peer)
    {
        _settings = settings;
        _identity = identity;
        _role = role;
        _peer = peer;
    }

    public ImplicitCertificate Certificate => _identity.Certificate;

    public byte[] Ephemeral()
    {
        MakeEphemeral();
        return _ephemeralPoint!.ToCompressed();
    }

    public TerminateStatus? TakeCertificate(ImplicitCertificate peer)
    {
        if (_settings.Authorities.FirstOrDefault(candidate => candidate.Issued(peer)) is not { } authority)
        {
            return TerminateStatus.UnknownIssuer;
        }

        if (!peer.MayAgreeKeys)
        {
            return TerminateStatus.InvalidKeyUsage;
        }

        bool isKey = peer.TryReconstruct(authority.PublicPoint, out _peerPoint, out _);
        return isKey ? null : TerminateStatus.BadMessage;
    }

    public bool TryTakeEphemeral(ReadOnlySpan<byte> octets)
    {
        if (!_identity.Certificate.Suite.Curve().TryDecompress(octets, out CurvePoint? point, out _))
        {
            return false;
        }

        MakeEphemeral();
        if (!CbkeAgreement.TryAgree(_identity.PrivateKey, _ephemeral!, _peerPoint!, point, out _keys))
        {
            return false;
        }

        _parties = _role == EstablishmentRole.Initiator
            ? new(_identity.Certificate.Subject, _peer, _ephemeralPoint!, point)
            : new(_peer, _identity.Certificate.Subject, point, _ephemeralPoint!);
        _ephemeral!.Dispose();
        return true;
    }

    public byte[] Mac(EstablishmentRole of)
    {
        byte[] mac = new byte[AesMmo.DigestOctets];
        _keys!.Confirm(_parties!, of == EstablishmentRole.Initiator, mac);
        return mac;
    }

    public CipherKey LinkKey() => _keys!.LinkKey();

    public void Dispose()
    {
        _ephemeral?.Dispose();
        _keys?.Dispose();
    }

    /// <summary>Not before it is needed: who sends a damaged Initiate costs no multiplication.</summary>
    private void MakeEphemeral()
    {
        _ephemeral ??= CurvePrivateKey.Generate(_identity.Certificate.Suite.Curve(), _settings.Random);
        _ephemeralPoint ??= _ephemeral.PublicPoint();
    }
}
