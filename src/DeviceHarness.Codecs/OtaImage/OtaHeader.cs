using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>The header of an upgrade file.</summary>
/// <remarks>
/// Spec: ZigBee OTA upgrade cluster, upgrade file format, as this harness's ZigBee guide sums it up. All numbers little-endian.
/// <code>
/// offset  size  field
///  0       4    magic 1E F1 EE 0B
///  4       2    header version 0100
///  6       2    header length: 56, and the optional fields
///  8       2    field control: bit 0 security credential version, bit 1 destination, bit 2 hardware range
/// 10       2    manufacturer code
/// 12       2    image type
/// 14       4    file version
/// 18       2    stack version
/// 20      32    header string, padded by NUL
/// 52       4    total image size, header included
/// 56       1    security credential version   (bit 0)
///          8    destination EUI-64             (bit 1)
///        2+2    minimum, maximum hardware      (bit 2)
/// </code>
/// </remarks>
public readonly ref struct OtaHeader
{
    /// <summary>The magic number at the beginning.</summary>
    public const uint Magic = 0x0BEEF11E;

    /// <summary>The only header version.</summary>
    public const ushort Version = 0x0100;

    /// <summary>The length of the fields that every header has, in octets.</summary>
    public const int FixedOctets = 56;

    /// <summary>The length of a header with every optional field, in octets.</summary>
    public const int MaximumOctets = FixedOctets + 1 + 8 + 4;

    /// <summary>The room for the header string, in octets.</summary>
    public const int HeaderStringOctets = 32;

    /// <summary>The usual stack version: ZigBee Pro.</summary>
    public const ushort ZigBeePro = 2;

    /// <summary>The manufacturer code and image type that mean any.</summary>
    public const ushort Wildcard = 0xFFFF;

    internal const string Clause = "ZigBee OTA upgrade file, header";

    private const ushort CredentialBit = 1;
    private const ushort DestinationBit = 2;
    private const ushort HardwareBit = 4;
    private const ushort KnownBits = CredentialBit | DestinationBit | HardwareBit;
    private const int MagicOctets = 4;
    private const int FixedPartOctets = 10;

    /// <summary>The manufacturer code.</summary>
    public ushort ManufacturerCode { get; init; }

    /// <summary>The image type: within a manufacturer code, what kind of device the image is for.</summary>
    public ushort ImageType { get; init; }

    /// <summary>The file version.</summary>
    public uint FileVersion { get; init; }

    /// <summary>The version of the protocol stack: 2 is ZigBee Pro.</summary>
    public ushort StackVersion { get; init; }

    /// <summary>The header string as it stands in the file, at most 32 octets; text ends at the first NUL.</summary>
    public ReadOnlySpan<byte> HeaderString { get; init; }

    /// <summary>The length of the whole image, header included, in octets.</summary>
    public uint TotalOctets { get; init; }

    /// <summary>The version of the security credentials; null when the field is absent.</summary>
    public byte? SecurityCredentialVersion { get; init; }

    /// <summary>The EUI-64 of the only device that the image is for, as a number; null when the field is absent.</summary>
    public ulong? Destination { get; init; }

    /// <summary>The hardware versions that the image is for; null when the field is absent.</summary>
    public OtaHardwareRange? Hardware { get; init; }

    /// <summary>The length of this header, in octets.</summary>
    public int OctetCount => FixedOctets
        + (SecurityCredentialVersion is null ? 0 : 1) + (Destination is null ? 0 : 8) + (Hardware is null ? 0 : 4);

    /// <summary>The header string's text: printable ASCII up to the first NUL, other octets as <c>?</c>.</summary>
    public string Text
    {
        get
        {
            int end = HeaderString.IndexOf((byte)0);
            ReadOnlySpan<byte> octets = end < 0 ? HeaderString : HeaderString[..end];
            StringBuilder text = new(octets.Length);
            foreach (byte octet in octets)
            {
                _ = text.Append(octet is >= 0x20 and <= 0x7E ? (char)octet : '?');
            }

            return text.ToString();
        }
    }

    /// <summary>Decodes the header that the octets start with.</summary>
    /// <param name="source">The octets of the file, from its magic number.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">The header's length when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out OtaHeader header, out int consumedOctets, out CodecFault fault)
    {
        header = default;
        consumedOctets = 0;
        if (HasWrongStart(source, out fault))
        {
            return OperationStatus.InvalidData;
        }

        if (source.Length < FixedPartOctets)
        {
            return Truncated(source, FixedOctets, out fault);
        }

        ushort control = BinaryPrimitives.ReadUInt16LittleEndian(source[8..]);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(source[6..]);
        int expected = FixedOctets + ((control & CredentialBit) != 0 ? 1 : 0) + ((control & DestinationBit) != 0 ? 8 : 0)
            + ((control & HardwareBit) != 0 ? 4 : 0);
        if ((control & ~KnownBits) != 0)
        {
            fault = new(CodecFaultKind.UnexpectedValue, 8, control & KnownBits, control, Clause);
            return OperationStatus.InvalidData;
        }

        if (length != expected)
        {
            fault = new(CodecFaultKind.BadLength, 6, expected, length, Clause);
            return OperationStatus.InvalidData;
        }

        if (source.Length < length)
        {
            return Truncated(source, length, out fault);
        }

        header = Read(source[..length], control);
        consumedOctets = length;
        return OperationStatus.Done;
    }

    /// <summary>Encodes the header.</summary>
    /// <param name="header">The header; its string has at most 32 octets.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">The header's length when done, otherwise 0.</param>
    /// <returns>Done, the target is too small, or InvalidData when the header string is too long.</returns>
    public static OperationStatus Encode(in OtaHeader header, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (header.HeaderString.Length > HeaderStringOctets)
        {
            return OperationStatus.InvalidData;
        }

        int length = header.OctetCount;
        if (target.Length < length)
        {
            return OperationStatus.DestinationTooSmall;
        }

        Write(header, target[..length]);
        writtenOctets = length;
        return OperationStatus.Done;
    }

    private static bool HasWrongStart(ReadOnlySpan<byte> source, out CodecFault fault)
    {
        ReadOnlySpan<byte> start = [0x1E, 0xF1, 0xEE, 0x0B, 0x00, 0x01];
        int common = source.CommonPrefixLength(start);
        bool isWrong = common < Math.Min(source.Length, start.Length);
        fault = isWrong ? new(CodecFaultKind.UnexpectedValue, common, start[common], source[common], Clause) : CodecFault.None;
        return isWrong;
    }

    private static OperationStatus Truncated(ReadOnlySpan<byte> source, int needed, out CodecFault fault)
    {
        fault = new(CodecFaultKind.Truncated, source.Length, needed, source.Length, Clause);
        return OperationStatus.NeedMoreData;
    }

    private static OtaHeader Read(ReadOnlySpan<byte> source, ushort control)
    {
        ReadOnlySpan<byte> optional = source[FixedOctets..];
        byte? credential = null;
        ulong? destination = null;
        OtaHardwareRange? hardware = null;
        if ((control & CredentialBit) != 0)
        {
            credential = optional[0];
            optional = optional[1..];
        }

        if ((control & DestinationBit) != 0)
        {
            destination = BinaryPrimitives.ReadUInt64LittleEndian(optional);
            optional = optional[8..];
        }

        if ((control & HardwareBit) != 0)
        {
            hardware = new OtaHardwareRange(
                BinaryPrimitives.ReadUInt16LittleEndian(optional), BinaryPrimitives.ReadUInt16LittleEndian(optional[2..]));
        }

        return new OtaHeader
        {
            ManufacturerCode = BinaryPrimitives.ReadUInt16LittleEndian(source[10..]),
            ImageType = BinaryPrimitives.ReadUInt16LittleEndian(source[12..]),
            FileVersion = BinaryPrimitives.ReadUInt32LittleEndian(source[14..]),
            StackVersion = BinaryPrimitives.ReadUInt16LittleEndian(source[18..]),
            HeaderString = source.Slice(20, HeaderStringOctets),
            TotalOctets = BinaryPrimitives.ReadUInt32LittleEndian(source[52..]),
            SecurityCredentialVersion = credential,
            Destination = destination,
            Hardware = hardware,
        };
    }

    private static void Write(in OtaHeader header, Span<byte> target)
    {
        target.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(target[MagicOctets..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(target[6..], (ushort)target.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], (ushort)(
            (header.SecurityCredentialVersion is null ? 0 : CredentialBit)
            | (header.Destination is null ? 0 : DestinationBit) | (header.Hardware is null ? 0 : HardwareBit)));
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], header.ManufacturerCode);
        BinaryPrimitives.WriteUInt16LittleEndian(target[12..], header.ImageType);
        BinaryPrimitives.WriteUInt32LittleEndian(target[14..], header.FileVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(target[18..], header.StackVersion);
        header.HeaderString.CopyTo(target[20..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[52..], header.TotalOctets);
        Span<byte> optional = target[FixedOctets..];
        if (header.SecurityCredentialVersion is { } credential)
        {
            optional[0] = credential;
            optional = optional[1..];
        }

        if (header.Destination is { } destination)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(optional, destination);
            optional = optional[8..];
        }

        if (header.Hardware is { } hardware)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(optional, hardware.Minimum);
            BinaryPrimitives.WriteUInt16LittleEndian(optional[2..], hardware.Maximum);
        }
    }
}
