using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Writes the parameters of an EZSP frame from front to back. When the target is full, nothing more is written and the status
/// says so.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4 sums it up.</remarks>
public ref struct EzspWriter
{
    private readonly Span<byte> _target;
    private int _offset;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="target">Where the octets go.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    public EzspWriter(Span<byte> target, EzspVersion version)
    {
        _target = target;
        Version = version;
        Status = OperationStatus.Done;
    }

    /// <summary>The version that both sides agreed on.</summary>
    public EzspVersion Version { get; }

    /// <summary>How many octets were written.</summary>
    public readonly int WrittenOctets => _offset;

    /// <summary>Done until something did not fit or could not be encoded, then why.</summary>
    public OperationStatus Status { get; private set; }

    /// <summary>Writes an octet.</summary>
    /// <param name="value">The octet.</param>
    public void WriteOctet(byte value)
    {
        if (TryTake(1, out Span<byte> octets))
        {
            octets[0] = value;
        }
    }

    /// <summary>Writes a signed octet.</summary>
    /// <param name="value">The octet.</param>
    public void WriteSigned(sbyte value) => WriteOctet(unchecked((byte)value));

    /// <summary>Writes true as 1 and false as 0.</summary>
    /// <param name="value">The value.</param>
    public void WriteBool(bool value) => WriteOctet(value ? (byte)1 : (byte)0);

    /// <summary>Writes a number of 16 bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteWord(ushort value)
    {
        if (TryTake(sizeof(ushort), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(octets, value);
        }
    }

    /// <summary>Writes a number of 32 bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteDoubleWord(uint value)
    {
        if (TryTake(sizeof(uint), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        }
    }

    /// <summary>Writes an EUI-64 or extended PAN identifier.</summary>
    /// <param name="value">It, as a number.</param>
    public void WriteEui64(ulong value)
    {
        if (TryTake(sizeof(ulong), out Span<byte> octets))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(octets, value);
        }
    }

    /// <summary>Writes a key.</summary>
    /// <param name="key">The key.</param>
    public void WriteKey(EzspKey key)
    {
        if (TryTake(EzspKey.OctetCount, out Span<byte> octets))
        {
            key.CopyTo(octets);
        }
    }

    /// <summary>Writes a status of the stack: four octets of the vendor's list from version 14, one of the stack's before. A status of
    /// another list becomes its nearest partner.</summary>
    /// <param name="status">The status.</param>
    public void WriteEmberStatus(EzspStatusCode status)
    {
        if (Version.HasWideStatus)
        {
            WriteSlStatus(status);
        }
        else
        {
            WriteOctet((byte)status.ToEmberStatus());
        }
    }

    /// <summary>Writes a status of the serial protocol: four octets of the vendor's list from version 14, one before. A status of
    /// another list is written as it is.</summary>
    /// <param name="status">The status; within one octet before version 14.</param>
    public void WriteEzspStatus(EzspStatusCode status)
    {
        if (Version.HasWideStatus)
        {
            WriteSlStatus(status);
        }
        else
        {
            WriteOctet((byte)status.Value);
        }
    }

    /// <summary>Writes a status that takes four octets in every version.</summary>
    /// <param name="status">The status.</param>
    public void WriteSlStatus(EzspStatusCode status) => WriteDoubleWord((uint)status.ToSlStatus());

    /// <summary>Writes a message tag: two octets from version 14, one before.</summary>
    /// <param name="tag">The tag; before version 14 at most 255.</param>
    public void WriteTag(ushort tag)
    {
        if (Version.HasWideTag)
        {
            WriteWord(tag);
        }
        else if (tag <= byte.MaxValue)
        {
            WriteOctet((byte)tag);
        }
        else
        {
            Fail();
        }
    }

    /// <summary>Writes octets.</summary>
    /// <param name="octets">The octets.</param>
    public void WriteOctets(ReadOnlySpan<byte> octets)
    {
        if (TryTake(octets.Length, out Span<byte> target))
        {
            octets.CopyTo(target);
        }
    }

    /// <summary>Writes octets of a field whose length is fixed.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="count">How many the field has; anything else cannot be encoded.</param>
    public void WriteFixed(ReadOnlyMemory<byte> octets, int count)
    {
        if (octets.Length == count)
        {
            WriteOctets(octets.Span);
        }
        else
        {
            Fail();
        }
    }

    /// <summary>Writes octets behind their number, which takes one octet.</summary>
    /// <param name="octets">At most 255.</param>
    public void WriteCounted(ReadOnlyMemory<byte> octets)
    {
        if (octets.Length > byte.MaxValue)
        {
            Fail();
            return;
        }

        WriteOctet((byte)octets.Length);
        WriteOctets(octets.Span);
    }

    /// <summary>Writes the number of a list, which takes one octet.</summary>
    /// <param name="count">At most 255.</param>
    public void WriteCount(int count)
    {
        if (count > byte.MaxValue)
        {
            Fail();
        }
        else
        {
            WriteOctet((byte)count);
        }
    }

    /// <summary>Writes numbers of 16 bits.</summary>
    /// <param name="words">The numbers.</param>
    public void WriteWords(ReadOnlyMemory<ushort> words)
    {
        foreach (ushort word in words.Span)
        {
            WriteWord(word);
        }
    }

    private void Fail()
    {
        if (Status == OperationStatus.Done)
        {
            Status = OperationStatus.InvalidData;
        }
    }

    private bool TryTake(int count, out Span<byte> octets)
    {
        if (Status == OperationStatus.Done && _target.Length - _offset >= count)
        {
            octets = _target.Slice(_offset, count);
            _offset += count;
            return true;
        }

        Status = Status == OperationStatus.Done ? OperationStatus.DestinationTooSmall : Status;
        octets = default;
        return false;
    }
}
