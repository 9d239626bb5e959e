using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.Crc;

namespace DeviceHarness.Codecs.Hdlc;

/// <summary>Turns octets into HDLC frames and back; pure, without allocation, thread safe.</summary>
/// <remarks>
/// Spec: IEC 62056-46, frame format type 3, non-transparent: the end of a frame is given by its length field; a flag octet inside is
/// data.
/// </remarks>
public static class HdlcFrameCodec
{
    /// <summary>The octet that opens and closes a frame.</summary>
    public const byte Flag = 0x7E;

    /// <summary>The largest value of the eleven-bit length field, in octets between the flags.</summary>
    public const int MaximumLengthField = 0x7FF;

    /// <summary>The smallest frame between its flags: format, two one-octet addresses, control, FCS.</summary>
    public const int MinimumLengthField = 7;

    /// <summary>The largest information field, in octets.</summary>
    public const int MaximumInformationOctets = 2030;

    /// <summary>The largest frame with both its flags, in octets.</summary>
    public const int MaximumFrameOctets = MaximumLengthField + 2;

    private const int FormatOctets = 2;
    private const byte FormatType = 0xA0;
    private const byte FormatTypeMask = 0xF0;
    private const byte SegmentationBit = 0x08;
    private const string FlagClause = "IEC 62056-46 flag field";
    private const string FormatClause = "IEC 62056-46 frame format field";
    private const string HcsClause = "IEC 62056-46 header check sequence";
    private const string FcsClause = "IEC 62056-46 frame check sequence";
    private const string InformationClause = "IEC 62056-46 information field";

    /// <summary>Decodes the frame that the octets start with.</summary>
    /// <param name="source">
    /// Octets from the opening flag; further leading flags are fill. What follows the closing flag is left alone.
    /// </param>
    /// <param name="frame">The frame when done; its information points into <paramref name="source"/>.</param>
    /// <param name="consumedOctets">
    /// Done: octets up to and with the closing flag, which may also open the next frame. Invalid: octets to drop before decoding again
    /// (at least 1). Otherwise 0.
    /// </param>
    /// <param name="fault">
    /// What is wrong when invalid, or where the octets end when more are needed; offsets count from the start of the source.
    /// </param>
    /// <returns>A wrong checksum is <see cref="OperationStatus.InvalidData"/> as soon as the octets that it covers are there.</returns>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out HdlcFrame frame, out int consumedOctets, out CodecFault fault) =>
        Decode(source, out frame, out consumedOctets, out _, out fault);

    /// <summary>Decodes as the other form does, and tells how many octets from the start of the source decide: until they are there,
    /// decoding again gives nothing new. 0 when nothing more is needed, or when the header is not there yet.</summary>
    internal static OperationStatus Decode(
        ReadOnlySpan<byte> source, out HdlcFrame frame, out int consumedOctets, out int decidingOctets, out CodecFault fault)
    {
        frame = default;
        consumedOctets = 0;
        decidingOctets = 0;
        fault = CodecFault.None;
        if (source.Length == 0)
        {
            return NeedMore(source, FlagClause, out fault);
        }

        if (source[0] != Flag)
        {
            int garbage = source.IndexOf(Flag);
            consumedOctets = garbage < 0 ? source.Length : garbage;
            fault = new(CodecFaultKind.UnexpectedValue, 0, Flag, source[0], FlagClause);
            return OperationStatus.InvalidData;
        }

        int start = 1;
        while (start < source.Length && source[start] == Flag)
        {
            start++;
        }

        OperationStatus status = DecodeBody(source, start, out frame, out int endOffset, out bool isEndTrusted, out fault);
        consumedOctets = status switch
        {
            OperationStatus.Done => endOffset + 1,
            OperationStatus.InvalidData => isEndTrusted ? endOffset : NextFlag(source, start),
            _ => 0,
        };
        decidingOctets = status == OperationStatus.NeedMoreData && endOffset > 0 ? endOffset + 1 : 0;
        return status;
    }

    /// <summary>Encodes the frame with both flags, its length and its checksums.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="target">Where the octets go; must not overlap the frame's information.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Invalid when an address is the default value or the information is longer than the limit.</returns>
    public static OperationStatus Encode(in HdlcFrame frame, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        ReadOnlySpan<byte> information = frame.Information;
        int headerOctets = FormatOctets + frame.Destination.OctetCount + frame.Source.OctetCount + 1;
        int length = headerOctets + Crc16X25.OctetCount + (information.IsEmpty ? 0 : Crc16X25.OctetCount + information.Length);
        if (frame.Destination.OctetCount == 0 || frame.Source.OctetCount == 0 || information.Length > MaximumInformationOctets)
        {
            return OperationStatus.InvalidData;
        }

        if (target.Length < length + 2)
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[0] = Flag;
        target[length + 1] = Flag;
        Span<byte> body = target.Slice(1, length);
        body[0] = (byte)(FormatType | (frame.IsSegmented ? SegmentationBit : 0) | (length >> 8));
        body[1] = (byte)length;
        frame.Destination.Encode(body[FormatOctets..], out int destinationOctets);
        frame.Source.Encode(body[(FormatOctets + destinationOctets)..], out _);
        body[headerOctets - 1] = frame.Control.Octet;
        Crc16X25 crc = default;
        crc.Append(body[..headerOctets]);
        if (!information.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(body[headerOctets..], crc.Value);
            information.CopyTo(body[(headerOctets + Crc16X25.OctetCount)..]);
            crc.Append(body[headerOctets..(length - Crc16X25.OctetCount)]);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(body[(length - Crc16X25.OctetCount)..], crc.Value);
        writtenOctets = length + 2;
        return OperationStatus.Done;
    }

    private static OperationStatus DecodeBody(
        ReadOnlySpan<byte> source, int start, out HdlcFrame frame, out int endOffset, out bool isEndTrusted, out CodecFault fault)
    {
        frame = default;
        endOffset = 0;
        isEndTrusted = false;
        ReadOnlySpan<byte> body = source[start..];
        OperationStatus status = DecodeHeader(body, out Header header, out fault);
        if (status != OperationStatus.Done)
        {
            fault = fault with { Offset = fault.Offset + start };
            return status;
        }

        endOffset = start + header.LengthField;
        if (source.Length <= endOffset)
        {
            return NeedMore(source, FormatClause, out fault);
        }

        // Only a header that was proven right, and a flag where it says the frame ends, make the length worth trusting after a wrong FCS.
        isEndTrusted = source[endOffset] == Flag;
        int checkedOctets = header.HasInformation ? header.Octets : 0;
        Crc16X25 crc = header.Crc;
        crc.Append(body[checkedOctets..header.LengthField]);
        if (crc.Residue != Crc16X25.GoodResidue)
        {
            int fcsOffset = endOffset - Crc16X25.OctetCount;
            ushort expected = Crc16X25.Compute(source[start..fcsOffset]);
            fault = new(CodecFaultKind.BadChecksum, fcsOffset, expected, BinaryPrimitives.ReadUInt16LittleEndian(source[fcsOffset..]),
                FcsClause);
            return OperationStatus.InvalidData;
        }

        if (!isEndTrusted)
        {
            fault = new(CodecFaultKind.UnexpectedValue, endOffset, Flag, source[endOffset], FlagClause);
            return OperationStatus.InvalidData;
        }

        ReadOnlySpan<byte> information = header.HasInformation
            ? body[(header.Octets + Crc16X25.OctetCount)..(header.LengthField - Crc16X25.OctetCount)]
            : default;
        frame = new(header.Destination, header.Source, header.Control, information, header.IsSegmented);
        return OperationStatus.Done;
    }

    private static OperationStatus DecodeHeader(ReadOnlySpan<byte> body, out Header header, out CodecFault fault)
    {
        header = default;
        OperationStatus status = DecodeFormat(body, out int lengthField, out fault);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        status = HdlcAddress.Decode(body[FormatOctets..], out HdlcAddress destination, out int destinationOctets, out fault);
        if (status != OperationStatus.Done)
        {
            fault = fault with { Offset = fault.Offset + FormatOctets };
            return status;
        }

        int sourceOffset = FormatOctets + destinationOctets;
        status = HdlcAddress.Decode(body[sourceOffset..], out HdlcAddress source, out int sourceOctets, out fault);
        if (status != OperationStatus.Done)
        {
            fault = fault with { Offset = fault.Offset + sourceOffset };
            return status;
        }

        int headerOctets = sourceOffset + sourceOctets + 1;
        int informationOctets = lengthField - headerOctets - (2 * Crc16X25.OctetCount);
        bool hasInformation = informationOctets != -Crc16X25.OctetCount;
        if (hasInformation && informationOctets is < 1 or > MaximumInformationOctets)
        {
            CodecFaultKind kind = informationOctets < 1 ? CodecFaultKind.BadLength : CodecFaultKind.LimitExceeded;
            fault = new(kind, 0, informationOctets < 1 ? headerOctets + Crc16X25.OctetCount : -1, lengthField, InformationClause);
            return OperationStatus.InvalidData;
        }

        if (body.Length < headerOctets + Crc16X25.OctetCount)
        {
            return NeedMore(body, FormatClause, out fault);
        }

        HdlcControl control = new(body[headerOctets - 1]);
        Crc16X25 crc = default;
        if (hasInformation)
        {
            crc.Append(body[..headerOctets]);
            ushort received = BinaryPrimitives.ReadUInt16LittleEndian(body[headerOctets..]);
            if (received != crc.Value)
            {
                fault = new(CodecFaultKind.BadChecksum, headerOctets, crc.Value, received, HcsClause);
                return OperationStatus.InvalidData;
            }
        }

        header = new(destination, source, control, (body[0] & SegmentationBit) != 0, lengthField, headerOctets, hasInformation, crc);
        return OperationStatus.Done;
    }

    private static OperationStatus DecodeFormat(ReadOnlySpan<byte> body, out int lengthField, out CodecFault fault)
    {
        lengthField = 0;
        fault = CodecFault.None;
        if (body.Length > 0 && (body[0] & FormatTypeMask) != FormatType)
        {
            fault = new(CodecFaultKind.UnexpectedValue, 0, FormatType, body[0], FormatClause);
            return OperationStatus.InvalidData;
        }

        if (body.Length < FormatOctets)
        {
            return NeedMore(body, FormatClause, out fault);
        }

        lengthField = ((body[0] & 0x07) << 8) | body[1];
        if (lengthField < MinimumLengthField)
        {
            fault = new(CodecFaultKind.BadLength, 0, MinimumLengthField, lengthField, FormatClause);
            return OperationStatus.InvalidData;
        }

        return OperationStatus.Done;
    }

    private static int NextFlag(ReadOnlySpan<byte> source, int from)
    {
        int found = source[from..].IndexOf(Flag);
        return found < 0 ? source.Length : from + found;
    }

    private static OperationStatus NeedMore(ReadOnlySpan<byte> source, string clause, out CodecFault fault)
    {
        fault = new(CodecFaultKind.Truncated, source.Length, -1, -1, clause);
        return OperationStatus.NeedMoreData;
    }

    private readonly record struct Header(
        HdlcAddress Destination,
        HdlcAddress Source,
        HdlcControl Control,
        bool IsSegmented,
        int LengthField,
        int Octets,
        bool HasInformation,
        Crc16X25 Crc);
}
