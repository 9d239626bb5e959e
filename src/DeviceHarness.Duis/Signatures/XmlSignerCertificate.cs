using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeviceHarness.Duis.Signatures;

/// <summary>A signer's public key. Safe for use from any thread.</summary>
/// <remarks>Whoever makes one says that the key is trusted: chain, dates and revocation are not looked at.</remarks>
public sealed class XmlSignerCertificate
{
    private readonly ECParameters _key;

    /// <summary>Takes signer and public key from a certificate.</summary>
    /// <exception cref="CryptographicException">The certificate's key is not an ECDSA key on P-256.</exception>
    public XmlSignerCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using ECDsa key = EcdsaP256.Checked(certificate.GetECDsaPublicKey());
        _key = key.ExportParameters(includePrivateParameters: false);
        Signer = XmlSigner.Of(certificate);
    }

    /// <summary>Whose key it is.</summary>
    public XmlSigner Signer { get; }

    /// <summary>Reads a certificate in PEM.</summary>
    /// <exception cref="CryptographicException">There is no certificate, or its key is not on P-256.</exception>
    public static XmlSignerCertificate FromPem(string certificatePem)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(certificatePem);
        return new XmlSignerCertificate(certificate);
    }

    /// <summary>Checks a signature of r and s.</summary>
    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = ECDsa.Create(_key);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
