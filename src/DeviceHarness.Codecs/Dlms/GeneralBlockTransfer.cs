using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>One block of any APDU.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, General-Block-Transfer. The data points into the octets that were decoded.
/// <code>
/// E0 | 7 last, 6 streaming, 5-0 window | block number 2 | block number acknowledged 2 | length data
/// </code>
/// </remarks>
public readonly ref struct GeneralBlockTransfer
{
    /// <summary>The largest window, in blocks.</summary>
    public const int MaximumWindowBlocks = 63;

    private const byte LastBit = 0x80;
    private const byte StreamingBit = 0x40;

    /// <summary>Makes a block.</summary>
    /// <param name="isLast">True for the last block.</param>
    /// <param name="isStreaming">True while blocks follow without an answer.</param>
    /// <param name="windowBlocks">0 to 63; taken modulo 64.</param>
    /// <param name="blockNumber">From 1.</param>
    /// <param name="acknowledgedBlockNumber">The last block received; 0 for none.</param>
    /// <param name="data">The block's part of the APDU; empty only acknowledges.</param>
    public GeneralBlockTransfer(
        bool isLast, bool isStreaming, int windowBlocks, ushort blockNumber, ushort acknowledgedBlockNumber, ReadOnlySpan<byte> data)
        : this(
            (byte)((isLast ? LastBit : 0) | (isStreaming ? StreamingBit : 0) | (windowBlocks & MaximumWindowBlocks)),
            blockNumber,
            acknowledgedBlockNumber,
            data)
    {
    }

    private GeneralBlockTransfer(byte control, ushort blockNumber, ushort acknowledgedBlockNumber, ReadOnlySpan<byte> data)
    {
        Control = control;
        BlockNumber = blockNumber;
        AcknowledgedBlockNumber = acknowledgedBlockNumber;
        Data = data;
    }

    /// <summary>The control octet as sent.</summary>
    public byte Control { get; }

    /// <summary>True for the last block.</summary>
    public bool IsLast => (Control & LastBit) != 0;

    /// <summary>True while blocks follow without an answer.</summary>
    public bool IsStreaming => (Control & StreamingBit) != 0;

    /// <summary>How many blocks the sender takes before it answers, 0 to 63.</summary>
    public int WindowBlocks => Control & MaximumWindowBlocks;

    /// <summary>From 1.</summary>
    public ushort BlockNumber { get; }

    /// <summary>The last block received; 0 for none.</summary>
    public ushort AcknowledgedBlockNumber { get; }

    /// <summary>The block's part of the APDU; empty only acknowledges.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone.</param>
    /// <param name="block">The block, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out GeneralBlockTransfer block, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        block = default;
        if (reader.TryExpect((byte)ApduTag.GeneralBlockTransfer, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            && reader.TryReadOctet(out byte control)
            && reader.TryReadUInt16(out ushort number)
            && reader.TryReadUInt16(out ushort acknowledged)
            && reader.TryReadLengthPrefixed(out ReadOnlySpan<byte> data))
        {
            block = new(control, number, acknowledged, data);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="block">The block.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in GeneralBlockTransfer block, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)ApduTag.GeneralBlockTransfer);
        writer.WriteOctet(block.Control);
        writer.WriteUInt16(block.BlockNumber);
        writer.WriteUInt16(block.AcknowledgedBlockNumber);
        writer.WriteLengthPrefixed(block.Data);
        return writer.Complete(out writtenOctets);
    }
}
