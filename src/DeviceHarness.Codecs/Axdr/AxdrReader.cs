using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Axdr;

/// <summary>Walks A-XDR octets from front to back without allocation. After the first defect every read returns false.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, A-XDR encoding (IEC 61334-6). Lengths below 128 take one octet, others 80+n and n octets. Numbers are big-endian.
/// </remarks>
public ref struct AxdrReader
{
    /// <summary>How deep values may nest; an object list of a meter nests six deep.</summary>
    public const int MaximumDepth = 32;

    /// <summary>The longest length or count that is accepted, before anything is reserved for it.</summary>
    public const int MaximumLength = 0xFF_FFFF;

    private const int MaximumLengthOctets = 4;
    private const string LengthClause = "IEC 62056-5-3 A-XDR length";
    private const string TagClause = "IEC 62056-5-3 Data tag";
    private const string FieldClause = "IEC 62056-5-3 A-XDR field";

    private readonly ReadOnlySpan<byte> _source;
    private int _offset;
    private OperationStatus _status;
    private CodecFault _fault;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="source">The octets to walk.</param>
    public AxdrReader(ReadOnlySpan<byte> source)
    {
        _source = source;
    }

    /// <summary>How many octets were read.</summary>
    public readonly int ConsumedOctets => _offset;

    /// <summary>How many octets are left.</summary>
    public readonly int RemainingOctets => _source.Length - _offset;

    /// <summary>Done until a read failed, then why.</summary>
    public readonly OperationStatus Status => _status;

    /// <summary>The defect that stopped the reader; offsets count from the start of the source.</summary>
    public readonly CodecFault Fault => _fault;

    /// <summary>Ends a decoder: its status, how many octets it took and its fault.</summary>
    /// <param name="consumedOctets">The octets read when done, otherwise 0.</param>
    /// <param name="fault">The defect, when there is one.</param>
    public readonly OperationStatus Complete(out int consumedOctets, out CodecFault fault)
    {
        consumedOctets = _status == OperationStatus.Done ? _offset : 0;
        fault = _fault;
        return _status;
    }

    /// <summary>Stops the reader with a defect that its user found.</summary>
    /// <param name="fault">The defect.</param>
    /// <returns>False always, to be returned on.</returns>
    public bool Fail(CodecFault fault)
    {
        if (_status == OperationStatus.Done)
        {
            _status = fault.Kind == CodecFaultKind.Truncated ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
            _fault = fault;
        }

        return false;
    }

    /// <summary>Reads one octet that must have one value.</summary>
    /// <param name="expected">The value.</param>
    /// <param name="kind">The defect to report otherwise.</param>
    /// <param name="clause">The clause to report otherwise.</param>
    public bool TryExpect(byte expected, CodecFaultKind kind = CodecFaultKind.UnexpectedValue, string clause = FieldClause)
    {
        if (!TryReadOctet(out byte octet))
        {
            return false;
        }

        return octet == expected || Fail(new(kind, _offset - 1, expected, octet, clause));
    }

    /// <summary>Reads one octet.</summary>
    /// <param name="value">0 to 255.</param>
    public bool TryReadOctet(out byte value)
    {
        if (_status == OperationStatus.Done && (uint)_offset < (uint)_source.Length)
        {
            value = _source[_offset++];
            return true;
        }

        value = 0;
        return Truncated(1);
    }

    /// <summary>Looks at the next octet without reading it; false at the end, which is no defect.</summary>
    /// <param name="value">0 to 255.</param>
    public readonly bool TryPeek(out byte value)
    {
        bool isThere = _status == OperationStatus.Done && _offset < _source.Length;
        value = isThere ? _source[_offset] : (byte)0;
        return isThere;
    }

    /// <summary>Reads two octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public bool TryReadUInt16(out ushort value)
    {
        bool isThere = TryReadOctets(sizeof(ushort), out ReadOnlySpan<byte> octets);
        value = isThere ? BinaryPrimitives.ReadUInt16BigEndian(octets) : (ushort)0;
        return isThere;
    }

    /// <summary>Reads four octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public bool TryReadUInt32(out uint value)
    {
        bool isThere = TryReadOctets(sizeof(uint), out ReadOnlySpan<byte> octets);
        value = isThere ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;
        return isThere;
    }

    /// <summary>Reads the presence octet of an OPTIONAL or DEFAULT field, or a boolean that must be 00 or 01.</summary>
    /// <param name="isPresent">True for 01.</param>
    public bool TryReadFlag(out bool isPresent)
    {
        bool isThere = TryReadOctet(out byte octet);
        isPresent = octet == 1;
        return isThere && (octet <= 1 || Fail(new(CodecFaultKind.UnexpectedValue, _offset - 1, 1, octet, FieldClause)));
    }

    /// <summary>Reads a boolean; every value but 00 is true.</summary>
    /// <param name="value">The boolean.</param>
    public bool TryReadBoolean(out bool value)
    {
        bool isThere = TryReadOctet(out byte octet);
        value = octet != 0;
        return isThere;
    }

    /// <summary>Reads a fixed number of octets.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <param name="octets">The octets, pointing into the source.</param>
    public bool TryReadOctets(int count, out ReadOnlySpan<byte> octets)
    {
        if (_status == OperationStatus.Done && (uint)count <= (uint)RemainingOctets)
        {
            octets = _source.Slice(_offset, count);
            _offset += count;
            return true;
        }

        octets = default;
        return Truncated(count);
    }

    /// <summary>Reads a length or a count, at most <see cref="MaximumLength"/>.</summary>
    /// <param name="length">The number; not compared with the octets left.</param>
    public bool TryReadLength(out int length)
    {
        int lengthOffset = _offset;
        length = 0;
        if (!TryReadOctet(out byte first))
        {
            return false;
        }

        if (first < 0x80)
        {
            length = first;
            return true;
        }

        int lengthOctets = first & 0x7F;
        if (lengthOctets is 0 or > MaximumLengthOctets)
        {
            return Fail(new(CodecFaultKind.BadLength, lengthOffset, -1, first, LengthClause));
        }

        if (!TryReadOctets(lengthOctets, out ReadOnlySpan<byte> octets))
        {
            return false;
        }

        uint value = 0;
        foreach (byte octet in octets)
        {
            value = (value << 8) | octet;
        }

        if (value > MaximumLength)
        {
            return Fail(new(CodecFaultKind.LimitExceeded, lengthOffset, MaximumLength, value, LengthClause));
        }

        length = (int)value;
        return true;
    }

    /// <summary>Reads a count of items and makes sure that so many can be in the octets left.</summary>
    /// <param name="minimumItemOctets">The fewest octets that an item takes; at least 1.</param>
    /// <param name="count">The count.</param>
    public bool TryReadCount(int minimumItemOctets, out int count) =>
        TryReadLength(out count) && ((long)count * minimumItemOctets <= RemainingOctets || Truncated((long)count * minimumItemOctets));

    /// <summary>Reads a length and that many octets.</summary>
    /// <param name="octets">The octets, pointing into the source.</param>
    public bool TryReadLengthPrefixed(out ReadOnlySpan<byte> octets)
    {
        octets = default;
        return TryReadLength(out int length) && TryReadOctets(length, out octets);
    }

    /// <summary>Reads one value of type Data; of an array or structure only its head, its items are read next.</summary>
    /// <param name="value">The value, pointing into the source.</param>
    public bool TryReadValue(out AxdrValue value)
    {
        value = default;
        if (!TryReadOctet(out byte tag))
        {
            return false;
        }

        DlmsDataType type = (DlmsDataType)tag;
        int contentOctets = type.ContentOctets();
        if (contentOctets == DlmsDataTypeFacts.Unknown)
        {
            return Fail(new(CodecFaultKind.UnknownTag, _offset - 1, -1, tag, TagClause));
        }

        int count = 0;
        ReadOnlySpan<byte> octets;
        if (contentOctets >= 0)
        {
            if (!TryReadOctets(contentOctets, out octets))
            {
                return false;
            }
        }
        else if (!TryReadVariable(type, out count, out octets))
        {
            return false;
        }

        value = new(type, count, octets);
        return true;
    }

    /// <summary>Reads past one whole value of type Data with all its items.</summary>
    /// <param name="encoded">The value's octets with its tag, pointing into the source.</param>
    public bool TrySkipValue(out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        Span<int> itemsLeft = stackalloc int[MaximumDepth];
        int depth = 0;
        int startOffset = _offset;
        while (true)
        {
            int valueOffset = _offset;
            if (!TryReadValue(out AxdrValue value))
            {
                return false;
            }

            if (value.Type is DlmsDataType.Array or DlmsDataType.Structure && value.Count > 0)
            {
                if (depth == MaximumDepth)
                {
                    return Fail(new(CodecFaultKind.LimitExceeded, valueOffset, MaximumDepth, depth + 1, TagClause));
                }

                itemsLeft[depth++] = value.Count;
                continue;
            }

            while (depth > 0 && --itemsLeft[depth - 1] == 0)
            {
                depth--;
            }

            if (depth == 0)
            {
                encoded = _source[startOffset.._offset];
                return true;
            }
        }
    }

    private bool TryReadVariable(DlmsDataType type, out int count, out ReadOnlySpan<byte> octets)
    {
        count = 0;
        octets = default;
        switch (type)
        {
            case DlmsDataType.Array or DlmsDataType.Structure:
                return TryReadCount(1, out count);
            case DlmsDataType.BitString:
                return TryReadLength(out count) && TryReadOctets((count + 7) / 8, out octets);
            case DlmsDataType.CompactArray:
                int startOffset = _offset;
                if (!TrySkipTypeDescription(0) || !TryReadLengthPrefixed(out _))
                {
                    return false;
                }

                octets = _source[startOffset.._offset];
                return true;
            default:
                return TryReadLengthPrefixed(out octets);
        }
    }

    private bool TrySkipTypeDescription(int depth)
    {
        if (depth == MaximumDepth)
        {
            return Fail(new(CodecFaultKind.LimitExceeded, _offset, MaximumDepth, depth + 1, TagClause));
        }

        if (!TryReadOctet(out byte tag))
        {
            return false;
        }

        switch ((DlmsDataType)tag)
        {
            case DlmsDataType.Array:
                return TryReadUInt16(out _) && TrySkipTypeDescription(depth + 1);
            case DlmsDataType.Structure:
                if (!TryReadCount(1, out int count))
                {
                    return false;
                }

                for (int index = 0; index < count; index++)
                {
                    if (!TrySkipTypeDescription(depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            default:
                bool isKnown = ((DlmsDataType)tag).ContentOctets() != DlmsDataTypeFacts.Unknown
                    && (DlmsDataType)tag != DlmsDataType.CompactArray;
                return isKnown || Fail(new(CodecFaultKind.UnknownTag, _offset - 1, -1, tag, TagClause));
        }
    }

    private bool Truncated(long missingOctets) =>
        Fail(new(CodecFaultKind.Truncated, _source.Length, _offset + missingOctets, _source.Length, FieldClause));
}
