using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Wrapper;

/// <summary>The eight octets in front of an APDU on TCP.</summary>
/// <remarks>
/// Spec: IEC 62056-47, wrapper protocol data unit.
/// <code>
/// version 0001 | source port 2 | destination port 2 | APDU length 2
/// </code>
/// </remarks>
/// <param name="SourcePort">The sender's wrapper port: the client or logical device.</param>
/// <param name="DestinationPort">The receiver's wrapper port.</param>
/// <param name="ApduOctets">How many octets of APDU follow.</param>
public readonly record struct WrapperHeader(ushort SourcePort, ushort DestinationPort, ushort ApduOctets)
{
    /// <summary>How many octets the header has.</summary>
    public const int OctetCount = 8;

    /// <summary>The only version.</summary>
    public const ushort Version = 1;

    private const string Clause = "IEC 62056-47 wrapper header";

    /// <summary>Decodes the header that the octets start with.</summary>
    /// <param name="source">The octets; the APDU follows the header.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">8 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, when invalid.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out WrapperHeader header, out int consumedOctets, out CodecFault fault)
    {
        header = default;
        consumedOctets = 0;
        fault = CodecFault.None;
        if ((source.Length > 0 && source[0] != 0) || (source.Length > 1 && source[1] != Version))
        {
            long version = source.Length > 1 ? BinaryPrimitives.ReadUInt16BigEndian(source) : source[0] << 8;
            fault = new(CodecFaultKind.UnexpectedValue, 0, Version, version, Clause);
            return OperationStatus.InvalidData;
        }

        if (source.Length < OctetCount)
        {
            fault = new(CodecFaultKind.Truncated, source.Length, OctetCount, source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        header = new(
            BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(source[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(source[6..]));
        consumedOctets = OctetCount;
        return OperationStatus.Done;
    }

    /// <summary>Encodes the header.</summary>
    /// <param name="target">Where the eight octets go.</param>
    /// <param name="writtenOctets">8 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (target.Length < OctetCount)
        {
            return OperationStatus.DestinationTooSmall;
        }

        BinaryPrimitives.WriteUInt16BigEndian(target, Version);
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(target[6..], ApduOctets);
        writtenOctets = OctetCount;
        return OperationStatus.Done;
    }
}
