using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Security;

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
        OtaHeader sized = new()
        {
            ManufacturerCode = header.ManufacturerCode,
            ImageType = header.ImageType,
            FileVersion = header.FileVersion,
            StackVersion = header.StackVersion,
            HeaderString = header.HeaderString,
            TotalOctets = (uint)total,
            SecurityCredentialVersion = header.SecurityCredentialVersion,
            Destination = header.Destination,
            Hardware = header.Hardware,
        };
        if (OtaHeader.Encode(sized, file, out int offset) != OperationStatus.Done)
        {
            throw new ArgumentException($"a header string has at most {OtaHeader.HeaderStringOctets} octets", nameof(header));
        }

        offset += Append(OtaElementTag.UpgradeImage, payload, file.AsSpan(offset));
        Span<byte> code = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(file.AsSpan(0, offset), code);
        _ = Append(OtaElementTag.IntegrityCode, code, file.AsSpan(offset));
        return file;
    }

    private static int Append(OtaElementTag tag, ReadOnlySpan<byte> content, Span<byte> target) =>
        OtaElement.Encode(new OtaElement { Tag = tag, Content = content }, target, out int written) == OperationStatus.Done
            ? written
            : throw new UnreachableException();
}
