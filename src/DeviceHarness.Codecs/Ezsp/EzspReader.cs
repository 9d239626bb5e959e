using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Walks the parameters of an EZSP frame from front to back. After the first defect every read gives 0 or nothing.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4 sums it up: numbers are little-endian, keys and certificates as they are
/// stored. Lists of numbers are copied, runs of octets are slices of the source.</remarks>
public ref struct EzspReader
{
    private const string Clause = "EZSP frame parameters";

    private readonly ReadOnlyMemory<byte> _source;
    private int _offset;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="parameters">The parameters: what follows the header.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    public EzspReader(ReadOnlyMemory<byte> parameters, EzspVersion version)
    {
        _source = parameters;
        Version = version;
    }

    /// <summary>The version that both sides agreed on.</summary>
    public EzspVersion Version { get; }

    /// <summary>How many octets were read.</summary>
    public readonly int ConsumedOctets => _offset;

    /// <summary>How many octets are left.</summary>
    public readonly int RemainingOctets => _source.Length - _offset;

    /// <summary>The defect that stopped the reader; offsets count from the first parameter.</summary>
    public CodecFault Fault { get; private set; }

    /// <summary>Done until the octets ended.</summary>
    public readonly OperationStatus Status =>
        Fault.Kind == CodecFaultKind.None ? OperationStatus.Done : OperationStatus.NeedMoreData;

    /// <summary>Reads an octet.</summary>
    public byte ReadOctet() => TryTake(1, out ReadOnlySpan<byte> octets) ? octets[0] : (byte)0;

    /// <summary>Reads a signed octet, such as a signal strength in dBm.</summary>
    public sbyte ReadSigned() => unchecked((sbyte)ReadOctet());

    /// <summary>Reads an octet that is true unless it is 0.</summary>
    public bool ReadBool() => ReadOctet() != 0;

    /// <summary>Reads a number of 16 bits.</summary>
    public ushort ReadWord() =>
        TryTake(sizeof(ushort), out ReadOnlySpan<byte> octets) ? BinaryPrimitives.ReadUInt16LittleEndian(octets) : (ushort)0;

    /// <summary>Reads a number of 32 bits.</summary>
    public uint ReadDoubleWord() =>
        TryTake(sizeof(uint), out ReadOnlySpan<byte> octets) ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : 0;

    /// <summary>Reads an EUI-64 or extended PAN identifier as a number.</summary>
    public ulong ReadEui64() =>
        TryTake(sizeof(ulong), out ReadOnlySpan<byte> octets) ? BinaryPrimitives.ReadUInt64LittleEndian(octets) : 0;

    /// <summary>Reads a key.</summary>
    public EzspKey ReadKey() => TryTake(EzspKey.OctetCount, out ReadOnlySpan<byte> octets) ? new EzspKey(octets) : default;

    /// <summary>Reads a status of the stack: four octets from version 14, one before.</summary>
    public EzspStatusCode ReadEmberStatus() => Version.HasWideStatus ? ReadSlStatus() : (EmberStatus)ReadOctet();

    /// <summary>Reads a status of the serial protocol: four octets from version 14, one before.</summary>
    public EzspStatusCode ReadEzspStatus() => Version.HasWideStatus ? ReadSlStatus() : (EzspStatus)ReadOctet();

    /// <summary>Reads a status that takes four octets in every version.</summary>
    public EzspStatusCode ReadSlStatus() => (SlStatus)ReadDoubleWord();

    /// <summary>Reads a message tag: two octets from version 14, one before.</summary>
    public ushort ReadTag() => Version.HasWideTag ? ReadWord() : ReadOctet();

    /// <summary>Reads octets whose number is known.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <returns>A slice of the source.</returns>
    public ReadOnlyMemory<byte> ReadOctets(int count)
    {
        int start = _offset;
        return TryTake(count, out _) ? _source.Slice(start, count) : default;
    }

    /// <summary>Reads octets behind their number, which takes one octet.</summary>
    /// <returns>A slice of the source.</returns>
    public ReadOnlyMemory<byte> ReadCounted() => ReadOctets(ReadOctet());

    /// <summary>Reads numbers of 16 bits.</summary>
    /// <param name="count">How many; not negative.</param>
    public ReadOnlyMemory<ushort> ReadWords(int count)
    {
        if (!TryTake(count * sizeof(ushort), out ReadOnlySpan<byte> octets))
        {
            return default;
        }

        ushort[] words = new ushort[count];
        for (int index = 0; index < count; index++)
        {
            words[index] = BinaryPrimitives.ReadUInt16LittleEndian(octets[(index * sizeof(ushort))..]);
        }

        return words;
    }

    private bool TryTake(int count, out ReadOnlySpan<byte> octets)
    {
        if (Fault.Kind != CodecFaultKind.None || RemainingOctets < count)
        {
            if (Fault.Kind == CodecFaultKind.None)
            {
                Fault = new CodecFault(CodecFaultKind.Truncated, _source.Length, count, RemainingOctets, Clause);
            }

            octets = default;
            return false;
        }

        octets = _source.Span.Slice(_offset, count);
        _offset += count;
        return true;
    }
}
