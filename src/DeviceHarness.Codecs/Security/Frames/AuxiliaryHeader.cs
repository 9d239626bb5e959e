using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Security.Frames;

/// <summary>What stands between the header of a secured frame and its payload.</summary>
/// <remarks>
/// Spec: ZigBee specification, auxiliary frame header, as this harness's ZigBee guide sums it up. Numbers little-endian. The level of
/// security is sent as 0, whatever it is.
/// <code>
/// control 1 | frame counter 4 | source EUI-64 8 (extended nonce) | key sequence number 1 (network key)
/// control: bits 0-2 level, bits 3-4 key identifier, bit 5 extended nonce
/// </code>
/// </remarks>
/// <param name="KeyId">The key.</param>
/// <param name="FrameCounter">The sender's counter: with one key never used twice.</param>
/// <param name="Source">The sender's EUI-64 as a number; null when the frame does not say it.</param>
/// <param name="KeySequence">The number of the network key; 0 with another key.</param>
public readonly record struct AuxiliaryHeader(FrameKeyId KeyId, uint FrameCounter, ulong? Source = null, byte KeySequence = 0)
{
    /// <summary>The longest header, in octets.</summary>
    public const int MaximumOctets = FixedOctets + SourceOctets + 1;

    internal const string Clause = "ZigBee specification, auxiliary frame header";

    private const int FixedOctets = 5;
    private const int SourceOctets = 8;
    private const byte LevelMask = 0x07;
    private const byte SourceBit = 0x20;
    private const int KeyIdShift = 3;
    private const byte ReservedMask = 0xC0;

    /// <summary>The length of the header, in octets: 5 to 14.</summary>
    public int OctetCount => FixedOctets + (Source is null ? 0 : SourceOctets) + (KeyId == FrameKeyId.Network ? 1 : 0);

    /// <summary>The control octet as it is sent, with level 0.</summary>
    public byte Control => (byte)(((int)KeyId << KeyIdShift) | (Source is null ? 0 : SourceBit));

    /// <summary>Decodes the header that the octets start with. The level is not looked at: it is not sent.</summary>
    /// <param name="source">The octets.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">The header's length when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out AuxiliaryHeader header, out int consumedOctets, out CodecFault fault)
    {
        header = default;
        consumedOctets = 0;
        if (source.IsEmpty)
        {
            fault = new(CodecFaultKind.Truncated, 0, FixedOctets, 0, Clause);
            return OperationStatus.NeedMoreData;
        }

        byte control = source[0];
        if ((control & ReservedMask) != 0)
        {
            fault = new(CodecFaultKind.UnexpectedValue, 0, control & ~ReservedMask, control, Clause);
            return OperationStatus.InvalidData;
        }

        FrameKeyId keyId = (FrameKeyId)((control >> KeyIdShift) & 3);
        bool hasSource = (control & SourceBit) != 0;
        int octets = FixedOctets + (hasSource ? SourceOctets : 0) + (keyId == FrameKeyId.Network ? 1 : 0);
        if (source.Length < octets)
        {
            fault = new(CodecFaultKind.Truncated, source.Length, octets, source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        fault = CodecFault.None;
        consumedOctets = octets;
        header = new(
            keyId,
            BinaryPrimitives.ReadUInt32LittleEndian(source[1..]),
            hasSource ? BinaryPrimitives.ReadUInt64LittleEndian(source[FixedOctets..]) : null,
            keyId == FrameKeyId.Network ? source[octets - 1] : (byte)0);
        return OperationStatus.Done;
    }

    /// <summary>Encodes the header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">The header's length when done, otherwise 0.</param>
    /// <returns>Done, or the target is too small.</returns>
    public static OperationStatus Encode(in AuxiliaryHeader header, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        int octets = header.OctetCount;
        if (target.Length < octets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[0] = header.Control;
        BinaryPrimitives.WriteUInt32LittleEndian(target[1..], header.FrameCounter);
        if (header.Source is { } source)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target[FixedOctets..], source);
        }

        if (header.KeyId == FrameKeyId.Network)
        {
            target[octets - 1] = header.KeySequence;
        }

        writtenOctets = octets;
        return OperationStatus.Done;
    }

    internal static byte WithLevel(byte control) => (byte)((control & ~LevelMask) | FrameCipher.Level);
}
