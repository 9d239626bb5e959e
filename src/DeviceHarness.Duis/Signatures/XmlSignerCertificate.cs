using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeviceHarness.Duis.Signatures;

/// <summary>A signer's public key. Safe for use from any thread.</summary>
/// <remarks>Whoever makes one says that the key is trusted: chain and revocation are not looked at. Dates and owner are for the caller to
/// hold against the message.</remarks>
public sealed class XmlSignerCertificate
{
    private const string UniqueIdentifierOid = "2.5.4.45";
    private readonly ECParameters _key;

    /// <summary>Takes signer and public key from a certificate.</summary>
    /// <exception cref="CryptographicException">The certificate's key is not an ECDSA key on P-256.</exception>
    public XmlSignerCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using ECDsa key = EcdsaP256.Checked(certificate.GetECDsaPublicKey());
        _key = key.ExportParameters(includePrivateParameters: false);
        Signer = XmlSigner.Of(certificate);
        NotBefore = certificate.NotBefore;
        NotAfter = certificate.NotAfter;
        Owner = OwnerIn(certificate.SubjectName);
    }

    /// <summary>How a signature names the certificate.</summary>
    public XmlSigner Signer { get; }

    /// <summary>From when the certificate is good.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Until when the certificate is good.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Whose it is: the EUI-64 in the subject's unique identifier; null when it holds none.</summary>
    /// <remarks>Seen in the certificates of the DCC's published test keys: a bit string of eight octets.</remarks>
    public Eui64? Owner { get; }

    /// <summary>Reads a certificate in PEM.</summary>
    /// <exception cref="CryptographicException">There is no certificate, or its key is not on P-256.</exception>
    public static XmlSignerCertificate FromPem(string certificatePem)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(certificatePem);
        return new XmlSignerCertificate(certificate);
    }

    private static Eui64? OwnerIn(X500DistinguishedName subject)
    {
        foreach (X500RelativeDistinguishedName part in subject.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements || part.GetSingleElementType().Value != UniqueIdentifierOid)
            {
                continue;
            }

            AsnReader attribute = new AsnReader(part.RawData, AsnEncodingRules.DER).ReadSetOf().ReadSequence();
            _ = attribute.ReadObjectIdentifier();
            return attribute.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveBitString)
                && attribute.TryReadPrimitiveBitString(out int unusedBits, out ReadOnlyMemory<byte> octets)
                && unusedBits == 0
                && octets.Length == sizeof(ulong)
                ? new Eui64(BinaryPrimitives.ReadUInt64BigEndian(octets.Span))
                : null;
        }

        return null;
    }

    /// <summary>Checks a signature of r and s.</summary>
    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = ECDsa.Create(_key);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
