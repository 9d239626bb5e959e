using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The commands of the elliptic curve library: those of the suite of the adapter's certificate work, the others are answered as
/// stock images do, which lack it.</summary>
/// <remarks>Source: EZSP reference, as this harness's ZigBee guide 4.5 sums it up. What it computes it tells later; a second key before the
/// first is cleared is refused by InvalidCall: an assumption of the harness. Signing and changing the certificate are not there.</remarks>
internal sealed class NcpCurves
{
    private const int SmallCertificateOctets = 48;
    private const int LargeCertificateOctets = 74;

    private static readonly TimeSpan ComputingTime = TimeSpan.FromMilliseconds(200);

    private readonly INcpHost _host;
    private readonly NcpKeys _keys;
    private readonly TestAuthority? _authority;
    private KeyExchangeRun? _run;

    public NcpCurves(INcpHost host, NcpKeys keys, EzspCommandTable table)
    {
        _host = host;
        _keys = keys;
        _authority = host.Options.Authority;
        EmberStatusParameter absent = new(EmberStatus.LibraryNotPresent);
        table.On(EzspCommands.SetPreinstalledCbkeData, _ => absent);
        table.On(EzspCommands.SavePreinstalledCbkeData283K1, _ => absent);
        table.On(EzspCommands.DsaSign, _ => absent);
        table.On(EzspCommands.DsaVerify, _ => absent);
        table.On(EzspCommands.DsaVerify283K1, _ => absent);
        AddSmall(table);
        AddLarge(table);
    }

    /// <summary>The adapter restarted: what was being agreed is gone.</summary>
    public void Reset() => Clear();

    private void AddSmall(EzspCommandTable table)
    {
        const EstablishmentSuites Suite = EstablishmentSuites.Suite1;
        table.On(EzspCommands.GetCertificate, _ => Certificate(Suite) is { } octets
            ? new CertificateResponse(EmberStatus.Success, octets)
            : new CertificateResponse(EmberStatus.LibraryNotPresent, new byte[SmallCertificateOctets]));
        table.On(EzspCommands.GenerateCbkeKeys, _ => new EmberStatusParameter(Generate(Suite, octets =>
            _host.Tell(EzspCallbacks.GenerateCbkeKeysHandler, new GeneratedCbkeKeys(EmberStatus.Success, octets)))));
        table.On(EzspCommands.CalculateSmacs, request => new EmberStatusParameter(Calculate(
            Suite, request.IsInitiator, request.PartnerCertificate, request.PartnerEphemeralPublicKey,
            smacs => _host.Tell(EzspCallbacks.CalculateSmacsHandler, smacs))));
        table.On(EzspCommands.ClearTemporaryDataMaybeStoreLinkKey, request => new EmberStatusParameter(Store(Suite, request.Value != 0)));
    }

    private void AddLarge(EzspCommandTable table)
    {
        const EstablishmentSuites Suite = EstablishmentSuites.Suite2;
        table.On(EzspCommands.GetCertificate283K1, _ => Certificate(Suite) is { } octets
            ? new CertificateResponse283K1(EmberStatus.Success, octets)
            : new CertificateResponse283K1(EmberStatus.LibraryNotPresent, new byte[LargeCertificateOctets]));
        table.On(EzspCommands.GenerateCbkeKeys283K1, _ => new EmberStatusParameter(Generate(Suite, octets =>
            _host.Tell(EzspCallbacks.GenerateCbkeKeysHandler283K1, new GeneratedCbkeKeys283K1(EmberStatus.Success, octets)))));
        table.On(EzspCommands.CalculateSmacs283K1, request => new EmberStatusParameter(Calculate(
            Suite, request.IsInitiator, request.PartnerCertificate, request.PartnerEphemeralPublicKey,
            smacs => _host.Tell(EzspCallbacks.CalculateSmacsHandler283K1, smacs))));
        table.On(
            EzspCommands.ClearTemporaryDataMaybeStoreLinkKey283K1,
            request => new EmberStatusParameter(Store(Suite, request.Value != 0)));
    }

    private bool Has(EstablishmentSuites suite) => _authority?.Suite == suite;

    private byte[]? Certificate(EstablishmentSuites suite)
    {
        if (!Has(suite))
        {
            return null;
        }

        using CbkeIdentity identity = _authority!.Issue(_host.Options.Eui64);
        return identity.Certificate.Octets.ToArray();
    }

    private EmberStatus Generate(EstablishmentSuites suite, Action<byte[]> told)
    {
        if (!Has(suite))
        {
            return EmberStatus.LibraryNotPresent;
        }

        if (_run is not null)
        {
            return EmberStatus.InvalidCall;
        }

        KeyExchangeRun run = new(0, isInitiator: true) { OwnEphemeral = CurvePrivateKey.Generate(suite.Curve(), Random) };
        _run = run;
        byte[] point = run.OwnEphemeral.PublicPoint().ToCompressed();
        _host.Later(ComputingTime, () => told(point));
        return EmberStatus.OperationInProgress;
    }

    private EmberStatus Calculate(
        EstablishmentSuites suite, bool isInitiator, ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> ephemeral,
        Action<CalculatedSmacs> told)
    {
        if (!Has(suite))
        {
            return EmberStatus.LibraryNotPresent;
        }

        if (_run is not { Keys: null } generated)
        {
            return EmberStatus.InvalidCall;
        }

        byte[] ofInitiator = new byte[AesMmo.DigestOctets];
        byte[] ofResponder = new byte[AesMmo.DigestOctets];
        KeyExchangeRun run = new(0, isInitiator) { OwnEphemeral = generated.OwnEphemeral };
        _run = run;
        bool isAgreed = TryAgree(suite, run, certificate.Span, ephemeral.Span);
        if (isAgreed)
        {
            run.Keys!.Confirm(run.Parties!, byInitiator: true, ofInitiator);
            run.Keys.Confirm(run.Parties!, byInitiator: false, ofResponder);
        }

        EmberStatus status = isAgreed ? EmberStatus.Success : EmberStatus.SecurityDataInvalid;
        _host.Later(ComputingTime, () => told(new CalculatedSmacs(status, ofInitiator, ofResponder)));
        return EmberStatus.OperationInProgress;
    }

    private bool TryAgree(EstablishmentSuites suite, KeyExchangeRun run, ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> ephemeral)
    {
        using CbkeIdentity identity = _authority!.Issue(_host.Options.Eui64);
        TrustedAuthority trust = _authority.Trust;
        if (!ImplicitCertificate.TryCreate(certificate, out ImplicitCertificate? partner, out _) || !trust.Issued(partner)
            || !partner.TryReconstruct(trust.PublicPoint, out CurvePoint? partnerPublic, out _)
            || !suite.Curve().TryDecompress(ephemeral, out CurvePoint? point, out _))
        {
            return false;
        }

        run.PartnerSubject = partner.Subject;
        run.PartnerPublic = partnerPublic;
        return run.Agree(new KeyExchangeOptions { Eui64 = _host.Options.Eui64, Identity = identity, Authority = trust }, point);
    }

    private EmberStatus Store(EstablishmentSuites suite, bool isStored)
    {
        if (!Has(suite))
        {
            return EmberStatus.LibraryNotPresent;
        }

        EmberStatus status = EmberStatus.Success;
        if (isStored)
        {
            status = _run is { Keys: { } keys } run
                ? _keys.StoreLinkKey(run.PartnerSubject, new EzspKey(keys.LinkKey().Reveal()))
                : EmberStatus.InvalidCall;
        }

        Clear();
        return status;
    }

    private void Clear()
    {
        _run?.Dispose();
        _run = null;
    }

    private void Random(Span<byte> octets)
    {
        for (int index = 0; index < octets.Length; index++)
        {
            octets[index] = (byte)_host.Radio.Next(256);
        }
    }
}
