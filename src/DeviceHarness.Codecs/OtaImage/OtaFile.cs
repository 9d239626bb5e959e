using System.Buffers;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>An upgrade file: a header, and elements up to the total size that it states.</summary>
/// <remarks>
/// Spec: ZigBee OTA upgrade cluster, upgrade file format, as this harness's ZigBee guide sums it up. Octets before the magic number and
/// after the total size are not part of the image: some vendors put their own there.
/// </remarks>
public readonly ref struct OtaFile
{
    /// <summary>The largest image that is taken, in octets.</summary>
    public const int MaximumOctets = 64 * 1024 * 1024;

    /// <summary>How far a vendor's own octets before the magic number may reach, in octets.</summary>
    public const int MaximumPrefixOctets = 4096;

    private const string Clause = "ZigBee OTA upgrade file, total image size";

    private static ReadOnlySpan<byte> MagicOctets => [0x1E, 0xF1, 0xEE, 0x0B];

    /// <summary>The header.</summary>
    public OtaHeader Header { get; private init; }

    /// <summary>The whole image, from its magic number to its total size.</summary>
    public ReadOnlySpan<byte> Octets { get; private init; }

    /// <summary>The elements, from the first.</summary>
    public OtaElementReader Elements => new(Octets[Header.OctetCount..], Header.OctetCount);

    /// <summary>Decodes the image that the octets start with.</summary>
    /// <param name="source">The octets, from the magic number.</param>
    /// <param name="image">The image, when done.</param>
    /// <param name="consumedOctets">The total image size when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out OtaFile image, out int consumedOctets, out CodecFault fault)
    {
        image = default;
        consumedOctets = 0;
        OperationStatus status = OtaHeader.Decode(source, out OtaHeader header, out int headerOctets, out fault);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        const int sizeOffset = 52;
        if (header.TotalOctets < headerOctets || header.TotalOctets > MaximumOctets)
        {
            fault = new(CodecFaultKind.BadLength, sizeOffset, headerOctets, header.TotalOctets, Clause);
            return OperationStatus.InvalidData;
        }

        if (source.Length < header.TotalOctets)
        {
            fault = new(CodecFaultKind.Truncated, source.Length, header.TotalOctets, source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        ReadOnlySpan<byte> octets = source[..(int)header.TotalOctets];
        int offset = headerOctets;
        while (offset < octets.Length)
        {
            if (OtaElement.Decode(octets[offset..], out _, out int elementOctets, out CodecFault inner) != OperationStatus.Done)
            {
                fault = new(CodecFaultKind.BadLength, offset, inner.Expected, octets.Length - offset, OtaElement.Clause);
                return OperationStatus.InvalidData;
            }

            offset += elementOctets;
        }

        image = new OtaFile { Header = header, Octets = octets };
        consumedOctets = octets.Length;
        return OperationStatus.Done;
    }

    /// <summary>Finds where an image begins in a file.</summary>
    /// <param name="file">The file's first octets.</param>
    /// <returns>The offset of the magic number; -1 when the first 4 KiB hold none.</returns>
    public static int FindStart(ReadOnlySpan<byte> file) =>
        file[..Math.Min(file.Length, MaximumPrefixOctets + MagicOctets.Length)].IndexOf(MagicOctets);

    /// <summary>Finds an element.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="element">The first element of that tag.</param>
    /// <param name="offset">Where it begins in the image.</param>
    /// <returns>False when there is none.</returns>
    public bool TryFind(OtaElementTag tag, out OtaElement element, out int offset)
    {
        OtaElementReader reader = Elements;
        while (reader.MoveNext())
        {
            if (reader.Current.Tag == tag)
            {
                element = reader.Current;
                offset = reader.Offset;
                return true;
            }
        }

        element = default;
        offset = -1;
        return false;
    }

    /// <summary>Computes the image integrity code and compares.</summary>
    public OtaIntegrity CheckIntegrity()
    {
        if (!TryFind(OtaElementTag.IntegrityCode, out OtaElement code, out int offset))
        {
            return OtaIntegrity.Absent;
        }

        Span<byte> digest = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(Octets[..offset], digest);
        if (code.Content.SequenceEqual(digest))
        {
            return OtaIntegrity.BeforeElement;
        }

        AesMmo.Hash(Octets[..(offset + OtaElement.HeadOctets)], digest);
        return code.Content.SequenceEqual(digest) ? OtaIntegrity.WithElementHead : OtaIntegrity.Wrong;
    }
}
