using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>Makes upgrade files.</summary>
public static class OtaFileWriter
{
    /// <summary>Makes an image of one payload and the integrity code of all that stands before the code.</summary>
    /// <param name="header">The header; its total size is computed and need not be given.</param>
    /// <param name="payload">What the device is to run.</param>
    /// <returns>The file. The same header and payload always make the same octets.</returns>
    /// <exception cref="ArgumentException">The header string is longer than 32 octets, or the image would be too large.</exception>
    public static byte[] Write(in OtaHeader header, ReadOnlySpan<byte> payload)
    {
        long total = (long)header.OctetCount + OtaElement.HeadOctets + payload.Length + OtaElement.HeadOctets + AesMmo.DigestOctets;
        if (total > OtaFile.MaximumOctets)
        {
            throw new ArgumentException($"an image has at most {OtaFile.MaximumOctets} octets, not {total}", nameof(payload));
        }

        byte[] file = new byte[total];
        int offset = AppendHeader(header, file);
        offset += Append(OtaElementTag.UpgradeImage, payload, file.AsSpan(offset));
        Span<byte> code = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(file.AsSpan(0, offset), code);
        _ = Append(OtaElementTag.IntegrityCode, code, file.AsSpan(offset));
        return file;
    }

    /// <summary>Makes a signed image: payload, the signer's certificate, signature.</summary>
    /// <param name="header">The header; its total size is computed and need not be given.</param>
    /// <param name="payload">What the device is to run.</param>
    /// <param name="signer">Who signs it: suite 1 or 2.</param>
    /// <param name="random">Where the number that is used once comes from; outside of a test a cryptographic source.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The header string is longer than 32 octets, or the image would be too large.</exception>
    public static byte[] WriteSigned(in OtaHeader header, ReadOnlySpan<byte> payload, CbkeIdentity signer, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ImplicitCertificate certificate = signer.Certificate;
        int signatureOctets = OtaSignature.SignerOctets + CurveSignature.OctetCount(signer.PrivateKey.Curve);
        long total = (long)header.OctetCount + payload.Length + certificate.Octets.Length + signatureOctets + (3 * OtaElement.HeadOctets);
        if (total > OtaFile.MaximumOctets)
        {
            throw new ArgumentException($"an image has at most {OtaFile.MaximumOctets} octets, not {total}", nameof(payload));
        }

        byte[] file = new byte[total];
        int offset = AppendHeader(header, file);
        offset += Append(OtaElementTag.UpgradeImage, payload, file.AsSpan(offset));
        offset += Append(OtaSignature.CertificateTag(certificate.Suite), certificate.Octets, file.AsSpan(offset));

        // Tag, length and signer are signed too: they go in first, the signature behind them last.
        byte[] content = new byte[signatureOctets];
        BinaryPrimitives.WriteUInt64LittleEndian(content, certificate.Subject);
        _ = Append(OtaSignature.Tag(certificate.Suite), content, file.AsSpan(offset));
        int signedOctets = offset + OtaElement.HeadOctets + OtaSignature.SignerOctets;
        Span<byte> digest = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(file.AsSpan(0, signedOctets), digest);
        CurveSignature.Sign(signer.PrivateKey, digest, random).CopyTo(file, signedOctets);
        return file;
    }

    private static int AppendHeader(in OtaHeader header, Span<byte> file)
    {
        OtaHeader sized = new()
        {
            ManufacturerCode = header.ManufacturerCode,
            ImageType = header.ImageType,
            FileVersion = header.FileVersion,
            StackVersion = header.StackVersion,
            HeaderString = header.HeaderString,
            TotalOctets = (uint)file.Length,
            SecurityCredentialVersion = header.SecurityCredentialVersion,
            Destination = header.Destination,
            Hardware = header.Hardware,
        };
        return OtaHeader.Encode(sized, file, out int written) == OperationStatus.Done
            ? written
            : throw new ArgumentException($"a header string has at most {OtaHeader.HeaderStringOctets} octets", nameof(header));
    }

    private static int Append(OtaElementTag tag, ReadOnlySpan<byte> content, Span<byte> target) =>
        OtaElement.Encode(new OtaElement { Tag = tag, Content = content }, target, out int written) == OperationStatus.Done
            ? written
            : throw new UnreachableException();
}
