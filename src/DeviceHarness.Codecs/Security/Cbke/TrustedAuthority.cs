using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>An authority whose certificates are taken.</summary>
/// <param name="Suite">The suite of its certificates: one.</param>
/// <param name="Name">Its name in certificates, as a number.</param>
/// <param name="PublicPoint">Its public key.</param>
public sealed record TrustedAuthority(EstablishmentSuites Suite, ulong Name, CurvePoint PublicPoint)
{
    /// <summary>Whether it issued a certificate, as far as the certificate says so.</summary>
    /// <param name="certificate">The certificate.</param>
    public bool Issued(ImplicitCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Suite == Suite && certificate.Issuer == Name;
    }
}
