using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>An authority that issues certificates for virtual and test devices. No production device trusts it.</summary>
/// <remarks>
/// Spec: SEC 4, ECQV. Requester and authority are one here, so that the authority knows every private key that it hands out: right for a
/// bench, and for nothing else. With a seeded source the same devices get the same certificates every time.
/// </remarks>
public sealed class CertificateAuthority : IDisposable
{
    private readonly CurvePrivateKey _key;

    private CertificateAuthority(EstablishmentSuites suite, ulong name, CurvePrivateKey key)
    {
        _key = key;
        Trust = new TrustedAuthority(suite, name, key.PublicPoint());
    }

    /// <summary>What others need to know of it: suite, name and public key.</summary>
    public TrustedAuthority Trust { get; }

    /// <summary>Smart Energy, and a manufacturer of none: what is put into certificates of suite 1.</summary>
    private static ReadOnlySpan<byte> ProfileAttributes => [0x01, 0x09, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Makes an authority with a new key.</summary>
    /// <param name="suite">One suite.</param>
    /// <param name="name">Its name in certificates, as a number.</param>
    /// <param name="random">Where its key comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">None, or more than one suite.</exception>
    public static CertificateAuthority Create(EstablishmentSuites suite, ulong name, RandomOctets random) =>
        new(suite, name, CurvePrivateKey.Generate(suite.Curve(), random));

    /// <summary>Issues a certificate and its private key.</summary>
    /// <param name="subject">The EUI-64 of the device, as a number.</param>
    /// <param name="terms">Serial number, validity and key usage; suite 1 has none of them.</param>
    /// <param name="random">Where the private key comes from.</param>
    /// <returns>The identity; its owner disposes of it.</returns>
    public CbkeIdentity Issue(ulong subject, CertificateTerms terms, RandomOctets random)
    {
        BinaryCurve curve = Trust.Suite.Curve();
        using CurvePrivateKey draw = CurvePrivateKey.Generate(curve, random);
        byte[] point = draw.PublicPoint().ToCompressed();
        ImplicitCertificate certificate = Trust.Suite == EstablishmentSuites.Suite1
            ? ImplicitCertificate.OfSuite1(point, subject, Trust.Name, ProfileAttributes)
            : ImplicitCertificate.OfSuite2(point, subject, Trust.Name, terms);
        FieldElement number = curve.Order.Add(curve.Order.Multiply(draw.Scalar(), certificate.HashNumber()), _key.Scalar());
        Span<byte> octets = stackalloc byte[curve.ScalarOctets];
        number.Write(octets);
        bool isKey = CurvePrivateKey.TryCreate(curve, octets, out CurvePrivateKey? key);
        octets.Clear();
        return isKey ? new CbkeIdentity(certificate, key!) : throw new InvalidOperationException("the draw gives a private key of zero");
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
