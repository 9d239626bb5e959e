using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Duis.Signatures;

namespace DeviceHarness.Duis.Tests.Signatures;

/// <summary>A key and its certificate, made for one test.</summary>
internal sealed class SigningIdentity : IDisposable
{
    public SigningIdentity(string name)
        : this(new X500DistinguishedName($"CN={name},OU=07"), DuisFixtures.Now)
    {
    }

    public SigningIdentity(X500DistinguishedName subject, DateTimeOffset notBefore)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(notBefore, notBefore.AddYears(1));
        Key = XmlSigningKey.FromPem(key.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem());
        Certificate = XmlSignerCertificate.FromPem(certificate.ExportCertificatePem());
    }

    public XmlSigningKey Key { get; }

    public XmlSignerCertificate Certificate { get; }

    public void Dispose() => Key.Dispose();
}
