using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>One element of an upgrade file: <c>tag 2 | length 4 | content</c>, little-endian.</summary>
/// <remarks>Spec: ZigBee OTA upgrade cluster, sub-element format, as this harness's ZigBee guide sums it up.</remarks>
public readonly ref struct OtaElement
{
    /// <summary>The length of tag and length, in octets.</summary>
    public const int HeadOctets = 6;

    internal const string Clause = "ZigBee OTA upgrade file, element";

    /// <summary>What it holds.</summary>
    public OtaElementTag Tag { get; init; }

    /// <summary>What is in it.</summary>
    public ReadOnlySpan<byte> Content { get; init; }

    /// <summary>Decodes the element that the octets start with.</summary>
    /// <param name="source">The octets.</param>
    /// <param name="element">The element, when done.</param>
    /// <param name="consumedOctets">The element's length when done, otherwise 0.</param>
    /// <param name="fault">Where the octets end, when they end inside the element.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out OtaElement element, out int consumedOctets, out CodecFault fault)
    {
        element = default;
        consumedOctets = 0;
        long length = source.Length < HeadOctets ? HeadOctets : HeadOctets + (long)BinaryPrimitives.ReadUInt32LittleEndian(source[2..]);
        if (source.Length < length)
        {
            fault = new(CodecFaultKind.Truncated, source.Length, length, source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        element = new OtaElement
        {
            Tag = (OtaElementTag)BinaryPrimitives.ReadUInt16LittleEndian(source),
            Content = source[HeadOctets..(int)length],
        };
        consumedOctets = (int)length;
        fault = CodecFault.None;
        return OperationStatus.Done;
    }

    /// <summary>Encodes the element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">The element's length when done, otherwise 0.</param>
    public static OperationStatus Encode(in OtaElement element, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (target.Length < HeadOctets + element.Content.Length)
        {
            return OperationStatus.DestinationTooSmall;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)element.Tag);
        BinaryPrimitives.WriteUInt32LittleEndian(target[2..], (uint)element.Content.Length);
        element.Content.CopyTo(target[HeadOctets..]);
        writtenOctets = HeadOctets + element.Content.Length;
        return OperationStatus.Done;
    }
}
