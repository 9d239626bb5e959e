using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>
/// Writes the octets of a ZigBee message from front to back without allocation. When the target is full, nothing more is written and the
/// status says so.
/// </summary>
/// <remarks>Spec: ZigBee Cluster Library, data types. Numbers are little-endian.</remarks>
public ref struct ZclWriter
{
    private const byte AbsentShortCount = 0xFF;
    private const ushort AbsentCount = 0xFFFF;

    private readonly Span<byte> _target;
    private int _offset;
    private OperationStatus _status;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="target">Where the octets go.</param>
    public ZclWriter(Span<byte> target)
    {
        _target = target;
    }

    /// <summary>How many octets were written.</summary>
    public readonly int WrittenOctets => _offset;

    /// <summary>Done until something did not fit or could not be encoded, then why.</summary>
    public readonly OperationStatus Status => _status;

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

    /// <summary>Writes one octet.</summary>
    /// <param name="value">0 to 255.</param>
    public void WriteOctet(byte value)
    {
        if (TryReserve(1, out Span<byte> octets))
        {
            octets[0] = value;
        }
    }

    /// <summary>Writes two octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public void WriteUInt16(ushort value)
    {
        if (TryReserve(sizeof(ushort), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(octets, value);
        }
    }

    /// <summary>Writes four octets.</summary>
    /// <param name="value">The unsigned number.</param>
    public void WriteUInt32(uint value)
    {
        if (TryReserve(sizeof(uint), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        }
    }

    /// <summary>Writes eight octets.</summary>
    /// <param name="value">The unsigned number; of an EUI-64 as it is printed.</param>
    public void WriteUInt64(ulong value)
    {
        if (TryReserve(sizeof(ulong), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(octets, value);
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

    /// <summary>Writes the octet that names a value's type, and the value.</summary>
    /// <param name="value">The value.</param>
    public void WriteTypedValue(scoped in ZclValue value)
    {
        WriteOctet((byte)value.Type);
        WriteValue(value);
    }

    /// <summary>Writes a value without its type.</summary>
    /// <param name="value">The value; a string longer than its count can say stops the writer.</param>
    public void WriteValue(scoped in ZclValue value)
    {
        switch (value.Type)
        {
            case ZclDataType.OctetString or ZclDataType.CharacterString:
                WriteCount(value, AbsentShortCount);
                break;
            case ZclDataType.LongOctetString or ZclDataType.LongCharacterString:
                WriteCount(value, AbsentCount);
                break;
            default:
                break;
        }

        WriteOctets(value.Octets);
    }

    private void WriteCount(scoped in ZclValue value, int absentCount)
    {
        if (value.Octets.Length >= absentCount)
        {
            Fail();
            return;
        }

        int count = value.IsAbsent ? absentCount : value.Octets.Length;
        if (absentCount == AbsentShortCount)
        {
            WriteOctet((byte)count);
        }
        else
        {
            WriteUInt16((ushort)count);
        }
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
