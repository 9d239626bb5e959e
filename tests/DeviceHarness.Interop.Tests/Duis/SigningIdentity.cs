using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Duis.Signatures;

namespace DeviceHarness.Interop.Tests.Duis;

/// <summary>A key and its certificate, made for one test.</summary>
internal sealed class SigningIdentity : IDisposable
{
    private static readonly DateTimeOffset NotBefore = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public SigningIdentity(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name},OU=07", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(NotBefore, NotBefore.AddYears(1));
        Key = XmlSigningKey.FromPem(key.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem());
        PublicKeyPem = key.ExportSubjectPublicKeyInfoPem();
    }

    public XmlSigningKey Key { get; }

    public string PublicKeyPem { get; }

    public void Dispose() => Key.Dispose();
}
