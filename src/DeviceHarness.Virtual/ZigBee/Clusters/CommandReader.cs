using System.Text;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>Takes the fields of a command one by one; what is not there reads as 0, and <see cref="IsWhole"/> says so.</summary>
/// <remarks>What follows the fields is left alone: later editions of the profile add fields at the end.</remarks>
internal ref struct CommandReader(ReadOnlySpan<byte> payload)
{
    private ZclReader _reader = new(payload);

    /// <summary>Whether every field was there.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>How many octets are left.</summary>
    public readonly int Left => _reader.RemainingOctets;

    public byte Octet()
    {
        IsWhole &= _reader.TryReadOctet(out byte value);
        return value;
    }

    public ushort Word()
    {
        IsWhole &= _reader.TryReadUInt16(out ushort value);
        return value;
    }

    public uint DoubleWord()
    {
        IsWhole &= _reader.TryReadUInt32(out uint value);
        return value;
    }

    /// <summary>24 bits.</summary>
    public int Triple() => Word() | (Octet() << 16);

    /// <summary>48 bits.</summary>
    public long Long48() => DoubleWord() | ((long)Word() << 32);

    public int Signed() => unchecked((int)DoubleWord());

    /// <summary>A string of octets with one octet of count, as Latin-1 text.</summary>
    public string Text()
    {
        byte count = Octet();
        IsWhole &= _reader.TryReadOctets(count == byte.MaxValue ? 0 : count, out ReadOnlySpan<byte> octets);
        return Encoding.Latin1.GetString(octets);
    }
}
