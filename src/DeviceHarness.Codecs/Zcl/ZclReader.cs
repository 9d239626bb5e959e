using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>
/// Walks the octets of a ZigBee message from front to back without allocation. After the first defect every read returns false.
/// </summary>
/// <remarks>Spec: ZigBee Cluster Library, data types. Numbers are little-endian.</remarks>
public ref struct ZclReader
{
    /// <summary>How deep arrays and structures may nest.</summary>
    public const int MaximumDepth = 16;

    private const string TypeClause = "ZigBee Cluster Library, data types";
    private const string FieldClause = "ZigBee Cluster Library, fields";
    private const int AbsentCount = 0xFFFF;
    private const int AbsentShortCount = 0xFF;

    private readonly ReadOnlySpan<byte> _source;
    private int _offset;
    private OperationStatus _status;
    private CodecFault _fault;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="source">The octets to walk.</param>
    public ZclReader(ReadOnlySpan<byte> source)
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

    /// <summary>Reads one octet.</summary>
    /// <param name="value">0 to 255.</param>
    public bool TryReadOctet(out byte value)
    {
        bool isThere = TryReadOctets(1, out ReadOnlySpan<byte> octets);
        value = isThere ? octets[0] : (byte)0;
        return isThere;
    }

    /// <summary>Reads two octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public bool TryReadUInt16(out ushort value)
    {
        bool isThere = TryReadOctets(sizeof(ushort), out ReadOnlySpan<byte> octets);
        value = isThere ? BinaryPrimitives.ReadUInt16LittleEndian(octets) : (ushort)0;
        return isThere;
    }

    /// <summary>Reads four octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public bool TryReadUInt32(out uint value)
    {
        bool isThere = TryReadOctets(sizeof(uint), out ReadOnlySpan<byte> octets);
        value = isThere ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : 0;
        return isThere;
    }

    /// <summary>Reads eight octets.</summary>
    /// <param name="value">The unsigned number; of an EUI-64 as it is printed.</param>
    public bool TryReadUInt64(out ulong value)
    {
        bool isThere = TryReadOctets(sizeof(ulong), out ReadOnlySpan<byte> octets);
        value = isThere ? BinaryPrimitives.ReadUInt64LittleEndian(octets) : 0;
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
        return Fail(new(CodecFaultKind.Truncated, _source.Length, (long)_offset + count, _source.Length, FieldClause));
    }

    /// <summary>Reads all octets that are left; none after a defect.</summary>
    public ReadOnlySpan<byte> ReadRest()
    {
        TryReadOctets(_status == OperationStatus.Done ? RemainingOctets : 0, out ReadOnlySpan<byte> octets);
        return octets;
    }

    /// <summary>Reads the octet that names a type, and a value of that type.</summary>
    /// <param name="value">The value, pointing into the source.</param>
    public bool TryReadTypedValue(out ZclValue value)
    {
        value = default;
        return TryReadOctet(out byte type) && TryReadValue((ZclDataType)type, _offset - 1, 0, out value);
    }

    /// <summary>Reads a value whose type is known.</summary>
    /// <param name="type">The type.</param>
    /// <param name="value">The value, pointing into the source.</param>
    public bool TryReadValue(ZclDataType type, out ZclValue value) => TryReadValue(type, _offset, 0, out value);

    private bool TryReadValue(ZclDataType type, int typeOffset, int depth, out ZclValue value)
    {
        value = default;
        int contentOctets = type.ContentOctets();
        bool isAbsent = false;
        ReadOnlySpan<byte> octets;
        if (contentOctets == ZclDataTypeFacts.Unknown)
        {
            return Fail(new(CodecFaultKind.UnknownTag, typeOffset, -1, (byte)type, TypeClause));
        }

        bool isRead = contentOctets >= 0
            ? TryReadOctets(contentOctets, out octets)
            : type.IsString()
                ? TryReadString(type, out octets, out isAbsent)
                : TryReadCollection(type, depth, out octets, out isAbsent);
        value = isRead ? new(type, octets, isAbsent) : default;
        return isRead;
    }

    private bool TryReadString(ZclDataType type, out ReadOnlySpan<byte> octets, out bool isAbsent)
    {
        octets = default;
        isAbsent = false;
        if (type is ZclDataType.OctetString or ZclDataType.CharacterString)
        {
            if (!TryReadOctet(out byte count))
            {
                return false;
            }

            isAbsent = count == AbsentShortCount;
            return isAbsent || TryReadOctets(count, out octets);
        }

        if (!TryReadUInt16(out ushort longCount))
        {
            return false;
        }

        isAbsent = longCount == AbsentCount;
        return isAbsent || TryReadOctets(longCount, out octets);
    }

    private bool TryReadCollection(ZclDataType type, int depth, out ReadOnlySpan<byte> octets, out bool isAbsent)
    {
        octets = default;
        isAbsent = false;
        int startOffset = _offset;
        if (depth == MaximumDepth)
        {
            return Fail(new(CodecFaultKind.LimitExceeded, _offset, MaximumDepth, depth + 1, TypeClause));
        }

        byte itemType = 0;
        if ((type != ZclDataType.Structure && !TryReadOctet(out itemType)) || !TryReadUInt16(out ushort count))
        {
            return false;
        }

        isAbsent = count == AbsentCount;
        bool isRead = isAbsent || (type == ZclDataType.Structure
            ? TrySkipMembers(count, depth)
            : TrySkipItems((ZclDataType)itemType, count, startOffset, depth));
        octets = isRead ? _source[startOffset.._offset] : default;
        return isRead;
    }

    private bool TrySkipMembers(int count, int depth)
    {
        for (int index = 0; index < count; index++)
        {
            if (!TryReadOctet(out byte type) || !TryReadValue((ZclDataType)type, _offset - 1, depth + 1, out _))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySkipItems(ZclDataType type, int count, int typeOffset, int depth)
    {
        int itemOctets = type.ContentOctets();
        if (itemOctets is ZclDataTypeFacts.Unknown or 0)
        {
            return Fail(new(CodecFaultKind.UnknownTag, typeOffset, -1, (byte)type, TypeClause));
        }

        if (itemOctets > 0)
        {
            return TryReadOctets(itemOctets * count, out _);
        }

        for (int index = 0; index < count; index++)
        {
            if (!TryReadValue(type, typeOffset, depth + 1, out _))
            {
                return false;
            }
        }

        return true;
    }
}
