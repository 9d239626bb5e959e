using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeviceHarness.Duis.Signatures;

/// <summary>A signing key held in memory. Safe for use from any thread.</summary>
public sealed class XmlSigningKey : IXmlSigningKey, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    /// <summary>Takes a private key over; it is disposed of with this object.</summary>
    /// <param name="key">The private key, on P-256.</param>
    /// <param name="signer">Whose it is.</param>
    /// <exception cref="CryptographicException">The key is on another curve.</exception>
    public XmlSigningKey(ECDsa key, XmlSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        _key = EcdsaP256.Checked(key);
        Signer = signer;
    }

    /// <inheritdoc/>
    public XmlSigner Signer { get; }

    /// <summary>Reads a private key and the certificate that belongs to it.</summary>
    /// <param name="keyPem">The key in PEM, not encrypted.</param>
    /// <param name="certificatePem">The certificate in PEM; may be the same text.</param>
    /// <exception cref="CryptographicException">There is no such key or certificate, they do not belong together, or the curve is not
    /// P-256.</exception>
    public static XmlSigningKey FromPem(string keyPem, string certificatePem)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        ECDsa key = EcdsaP256.Checked(certificate.GetECDsaPrivateKey());
        return new XmlSigningKey(key, XmlSigner.Of(certificate));
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
