using System.Buffers.Binary;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>What the signature of an upgrade file shows.</summary>
public enum OtaSignatureVerdict
{
    /// <summary>The file has no signature.</summary>
    Absent = 0,

    /// <summary>The file is as its signer signed it, and an authority that is trusted issued the signer's certificate.</summary>
    Right,

    /// <summary>The signature is not one of this file by this signer.</summary>
    Wrong,

    /// <summary>The signature or the certificate has another length than its tag says, or is no certificate.</summary>
    Malformed,

    /// <summary>There is no certificate in front of the signature.</summary>
    CertificateMissing,

    /// <summary>The certificate is of an authority that is not trusted.</summary>
    UnknownIssuer,

    /// <summary>The signature names another signer than the certificate.</summary>
    OtherSigner,
}

/// <summary>Checks the signature of an upgrade file.</summary>
/// <remarks>
/// Spec: ZigBee OTA upgrade cluster, ECDSA signature elements, as this harness's ZigBee guide sums them up: the signature is over the
/// AES-MMO digest of the file from its magic number up to and with the signer's EUI-64; the certificate stands before it.
/// </remarks>
public static class OtaSignature
{
    /// <summary>The octets of the signer's EUI-64 in front of a signature.</summary>
    public const int SignerOctets = 8;

    /// <summary>Checks the first signature of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="authorities">The authorities that are trusted.</param>
    public static OtaSignatureVerdict Check(in OtaFile file, IReadOnlyList<TrustedAuthority> authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        EstablishmentSuites suite = EstablishmentSuites.Suite1;
        if (!file.TryFind(OtaElementTag.Signature, out OtaElement signature, out int offset))
        {
            suite = EstablishmentSuites.Suite2;
            if (!file.TryFind(OtaElementTag.Signature2, out signature, out offset))
            {
                return OtaSignatureVerdict.Absent;
            }
        }

        OtaElementTag tag = CertificateTag(suite);
        if (!file.TryFind(tag, out OtaElement element, out int certificateOffset) || certificateOffset > offset)
        {
            return OtaSignatureVerdict.CertificateMissing;
        }

        if (signature.Content.Length != SignerOctets + CurveSignature.OctetCount(suite.Curve())
            || !ImplicitCertificate.TryCreate(element.Content, out ImplicitCertificate? certificate, out _)
            || certificate.Suite != suite)
        {
            return OtaSignatureVerdict.Malformed;
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(signature.Content) != certificate.Subject)
        {
            return OtaSignatureVerdict.OtherSigner;
        }

        ReadOnlySpan<byte> signed = file.Octets[..(offset + OtaElement.HeadOctets + SignerOctets)];
        return Verify(signed, signature.Content[SignerOctets..], certificate, authorities);
    }

    internal static OtaElementTag CertificateTag(EstablishmentSuites suite) =>
        suite == EstablishmentSuites.Suite1 ? OtaElementTag.SigningCertificate : OtaElementTag.SigningCertificate2;

    internal static OtaElementTag Tag(EstablishmentSuites suite) =>
        suite == EstablishmentSuites.Suite1 ? OtaElementTag.Signature : OtaElementTag.Signature2;

    private static OtaSignatureVerdict Verify(
        ReadOnlySpan<byte> signed,
        ReadOnlySpan<byte> signature,
        ImplicitCertificate certificate,
        IReadOnlyList<TrustedAuthority> authorities)
    {
        if (authorities.FirstOrDefault(candidate => candidate.Issued(certificate)) is not { } authority)
        {
            return OtaSignatureVerdict.UnknownIssuer;
        }

        Span<byte> digest = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(signed, digest);
        return certificate.TryReconstruct(authority.PublicPoint, out CurvePoint? point, out _)
            && CurveSignature.Verify(point, digest, signature)
                ? OtaSignatureVerdict.Right
                : OtaSignatureVerdict.Wrong;
    }
}
