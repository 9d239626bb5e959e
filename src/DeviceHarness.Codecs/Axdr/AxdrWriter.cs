using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DeviceHarness.Codecs.Axdr;

/// <summary>
/// Writes A-XDR octets from front to back without allocation. When the target is full, nothing more is written and the status says so.
/// </summary>
/// <remarks>Spec: IEC 62056-5-3, A-XDR encoding (IEC 61334-6).</remarks>
public ref struct AxdrWriter
{
    private readonly Span<byte> _target;
    private int _offset;
    private OperationStatus _status;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="target">Where the octets go.</param>
    public AxdrWriter(Span<byte> target)
    {
        _target = target;
    }

    /// <summary>How many octets were written.</summary>
    public readonly int WrittenOctets => _offset;

    /// <summary>Done until something did not fit or could not be encoded, then why.</summary>
    public readonly OperationStatus Status => _status;

    /// <summary>How many octets <see cref="WriteLength"/> takes.</summary>
    /// <param name="length">The length; not negative.</param>
    public static int LengthOctets(int length) => length switch
    {
        < 0x80 => 1,
        <= 0xFF => 2,
        <= 0xFFFF => 3,
        <= 0xFF_FFFF => 4,
        _ => 5,
    };

    /// <summary>Ends an encoder: its status and how many octets it wrote.</summary>
    /// <param name="writtenOctets">The octets written when done, otherwise 0.</param>
    public readonly OperationStatus Complete(out int writtenOctets)
    {
        writtenOctets = _status == OperationStatus.Done ? _offset : 0;
        return _status;
    }

    /// <summary>Stops the writer because its user was asked for something that cannot be encoded.</summary>
    public void Fail()
    {
        if (_status == OperationStatus.Done)
        {
            _status = OperationStatus.InvalidData;
        }
    }

    /// <summary>Writes one octet, such as a tag.</summary>
    /// <param name="value">0 to 255.</param>
    public void WriteOctet(byte value)
    {
        if (TryReserve(1, out Span<byte> octets))
        {
            octets[0] = value;
        }
    }

    /// <summary>Writes octets as they are.</summary>
    /// <param name="octets">The octets.</param>
    public void WriteOctets(scoped ReadOnlySpan<byte> octets)
    {
        if (TryReserve(octets.Length, out Span<byte> target))
        {
            octets.CopyTo(target);
        }
    }

    /// <summary>Writes a presence octet or boolean: 01 or 00.</summary>
    /// <param name="isPresent">True for 01.</param>
    public void WriteFlag(bool isPresent) => WriteOctet(isPresent ? (byte)1 : (byte)0);

    /// <summary>Writes two octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public void WriteUInt16(ushort value)
    {
        if (TryReserve(sizeof(ushort), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt16BigEndian(octets, value);
        }
    }

    /// <summary>Writes four octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public void WriteUInt32(uint value)
    {
        if (TryReserve(sizeof(uint), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        }
    }

    /// <summary>Writes eight octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public void WriteUInt64(ulong value)
    {
        if (TryReserve(sizeof(ulong), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt64BigEndian(octets, value);
        }
    }

    /// <summary>Writes a length or count in the fewest octets.</summary>
    /// <param name="length">0 to <see cref="AxdrReader.MaximumLength"/>; another value stops the writer.</param>
    public void WriteLength(int length)
    {
        if (length is < 0 or > AxdrReader.MaximumLength)
        {
            Fail();
            return;
        }

        int following = LengthOctets(length) - 1;
        WriteOctet(following == 0 ? (byte)length : (byte)(0x80 | following));
        for (int shift = 8 * (following - 1); shift >= 0; shift -= 8)
        {
            WriteOctet((byte)(length >> shift));
        }
    }

    /// <summary>Writes a length and that many octets.</summary>
    /// <param name="octets">The octets.</param>
    public void WriteLengthPrefixed(scoped ReadOnlySpan<byte> octets)
    {
        WriteLength(octets.Length);
        WriteOctets(octets);
    }

    /// <summary>Writes null-data.</summary>
    public void WriteNull() => WriteTag(DlmsDataType.NullData);

    /// <summary>Writes the head of an array; its items are written next.</summary>
    /// <param name="count">How many items.</param>
    public void WriteArray(int count) => WriteHead(DlmsDataType.Array, count);

    /// <summary>Writes the head of a structure; its items are written next.</summary>
    /// <param name="count">How many items.</param>
    public void WriteStructure(int count) => WriteHead(DlmsDataType.Structure, count);

    /// <summary>Writes a boolean.</summary>
    /// <param name="value">True is sent as 01.</param>
    public void WriteBoolean(bool value)
    {
        WriteTag(DlmsDataType.Boolean);
        WriteFlag(value);
    }

    /// <summary>Writes an integer, one octet.</summary>
    /// <param name="value">-128 to 127.</param>
    public void WriteInteger(sbyte value)
    {
        WriteTag(DlmsDataType.Integer);
        WriteOctet((byte)value);
    }

    /// <summary>Writes an unsigned, one octet.</summary>
    /// <param name="value">0 to 255.</param>
    public void WriteUnsigned(byte value)
    {
        WriteTag(DlmsDataType.Unsigned);
        WriteOctet(value);
    }

    /// <summary>Writes an enum.</summary>
    /// <param name="value">0 to 255.</param>
    public void WriteEnum(byte value)
    {
        WriteTag(DlmsDataType.Enum);
        WriteOctet(value);
    }

    /// <summary>Writes a bcd.</summary>
    /// <param name="value">The octet.</param>
    public void WriteBcd(byte value)
    {
        WriteTag(DlmsDataType.Bcd);
        WriteOctet(value);
    }

    /// <summary>Writes a long, two octets.</summary>
    /// <param name="value">The signed number.</param>
    public void WriteLong(short value)
    {
        WriteTag(DlmsDataType.Long);
        WriteUInt16((ushort)value);
    }

    /// <summary>Writes a long-unsigned, two octets.</summary>
    /// <param name="value">The number.</param>
    public void WriteLongUnsigned(ushort value)
    {
        WriteTag(DlmsDataType.LongUnsigned);
        WriteUInt16(value);
    }

    /// <summary>Writes a double-long, four octets.</summary>
    /// <param name="value">The signed number.</param>
    public void WriteDoubleLong(int value)
    {
        WriteTag(DlmsDataType.DoubleLong);
        WriteUInt32((uint)value);
    }

    /// <summary>Writes a double-long-unsigned, four octets.</summary>
    /// <param name="value">The number.</param>
    public void WriteDoubleLongUnsigned(uint value)
    {
        WriteTag(DlmsDataType.DoubleLongUnsigned);
        WriteUInt32(value);
    }

    /// <summary>Writes a long64, eight octets.</summary>
    /// <param name="value">The signed number.</param>
    public void WriteLong64(long value)
    {
        WriteTag(DlmsDataType.Long64);
        WriteUInt64((ulong)value);
    }

    /// <summary>Writes a long64-unsigned, eight octets.</summary>
    /// <param name="value">The number.</param>
    public void WriteLong64Unsigned(ulong value)
    {
        WriteTag(DlmsDataType.Long64Unsigned);
        WriteUInt64(value);
    }

    /// <summary>Writes a float32.</summary>
    /// <param name="value">The number.</param>
    public void WriteFloat32(float value)
    {
        WriteTag(DlmsDataType.Float32);
        WriteUInt32(BitConverter.SingleToUInt32Bits(value));
    }

    /// <summary>Writes a float64.</summary>
    /// <param name="value">The number.</param>
    public void WriteFloat64(double value)
    {
        WriteTag(DlmsDataType.Float64);
        WriteUInt64(BitConverter.DoubleToUInt64Bits(value));
    }

    /// <summary>Writes an octet-string.</summary>
    /// <param name="octets">The octets.</param>
    public void WriteOctetString(scoped ReadOnlySpan<byte> octets)
    {
        WriteTag(DlmsDataType.OctetString);
        WriteLengthPrefixed(octets);
    }

    /// <summary>Writes a visible-string.</summary>
    /// <param name="text">ASCII; another character stops the writer.</param>
    public void WriteVisibleString(scoped ReadOnlySpan<char> text)
    {
        WriteTag(DlmsDataType.VisibleString);
        WriteLength(text.Length);
        if (TryReserve(text.Length, out Span<byte> octets) && Ascii.FromUtf16(text, octets, out _) != OperationStatus.Done)
        {
            Fail();
        }
    }

    /// <summary>Writes a utf8-string.</summary>
    /// <param name="text">The text.</param>
    public void WriteUtf8String(scoped ReadOnlySpan<char> text)
    {
        WriteTag(DlmsDataType.Utf8String);
        int octetCount = Encoding.UTF8.GetByteCount(text);
        WriteLength(octetCount);
        if (TryReserve(octetCount, out Span<byte> octets))
        {
            Encoding.UTF8.GetBytes(text, octets);
        }
    }

    /// <summary>Writes a bit-string.</summary>
    /// <param name="octets">The bits, first bit in the most significant place.</param>
    /// <param name="bitCount">How many; another number of octets than it needs stops the writer.</param>
    public void WriteBitString(scoped ReadOnlySpan<byte> octets, int bitCount)
    {
        if (bitCount < 0 || octets.Length != (bitCount + 7) / 8)
        {
            Fail();
            return;
        }

        WriteHead(DlmsDataType.BitString, bitCount);
        WriteOctets(octets);
    }

    /// <summary>Writes a date-time, date or time as its own type, not as octet-string.</summary>
    /// <param name="type">Date-time (12 octets), date (5) or time (4); another type stops the writer.</param>
    /// <param name="octets">The octets.</param>
    public void WriteMoment(DlmsDataType type, scoped ReadOnlySpan<byte> octets)
    {
        if (type is not (DlmsDataType.DateTime or DlmsDataType.Date or DlmsDataType.Time) || octets.Length != type.ContentOctets())
        {
            Fail();
            return;
        }

        WriteTag(type);
        WriteOctets(octets);
    }

    private void WriteTag(DlmsDataType type) => WriteOctet((byte)type);

    private void WriteHead(DlmsDataType type, int count)
    {
        WriteTag(type);
        WriteLength(count);
    }

    private bool TryReserve(int count, out Span<byte> octets)
    {
        if (_status == OperationStatus.Done && count <= _target.Length - _offset)
        {
            octets = _target.Slice(_offset, count);
            _offset += count;
            return true;
        }

        octets = default;
        if (_status == OperationStatus.Done)
        {
            _status = OperationStatus.DestinationTooSmall;
        }

        return false;
    }
}
