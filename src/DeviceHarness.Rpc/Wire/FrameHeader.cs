using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Rpc.Wire;

/// <summary>The five octets before each message.</summary>
/// <remarks>
/// <code>
/// | flag (1): 0 plain, 1 compressed | length of the payload (4, most significant octet first, unsigned) |
/// </code>
/// Spec: gRPC, PROTOCOL-HTTP2, Length-Prefixed-Message.
/// </remarks>
/// <param name="Flag">The flag octet as it came.</param>
/// <param name="PayloadOctets">The length of the payload; up to 4 GiB less one.</param>
internal readonly record struct FrameHeader(byte Flag, uint PayloadOctets)
{
    public const int Octets = 5;
    public const byte Plain = 0;
    public const byte Compressed = 1;

    /// <summary>Reads a header if all of it is there.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> source, out FrameHeader header)
    {
        if (source.Length < Octets)
        {
            header = default;
            return false;
        }

        Span<byte> octets = stackalloc byte[Octets];
        if (source.FirstSpan.Length >= Octets)
        {
            source.FirstSpan[..Octets].CopyTo(octets);
        }
        else
        {
            source.Slice(0, Octets).CopyTo(octets);
        }

        header = new FrameHeader(octets[0], BinaryPrimitives.ReadUInt32BigEndian(octets[1..]));
        return true;
    }

    /// <summary>Writes the header of a plain message.</summary>
    public static void WritePlain(Span<byte> target, int payloadOctets) => Write(target, Plain, payloadOctets);

    /// <summary>Writes a header.</summary>
    public static void Write(Span<byte> target, byte flag, int payloadOctets)
    {
        target[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)payloadOctets);
    }
}
