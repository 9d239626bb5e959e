using System.Buffers.Binary;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Puts octets behind each other, little-endian, as ZDO and ZCL messages have them.</summary>
internal sealed class WireOctets
{
    private readonly List<byte> _octets = [];

    public int Count => _octets.Count;

    public WireOctets Octet(byte value)
    {
        _octets.Add(value);
        return this;
    }

    public WireOctets Word(ushort value) => Octet((byte)value).Octet((byte)(value >> 8));

    public WireOctets DoubleWord(uint value) => Word((ushort)value).Word((ushort)(value >> 16));

    public WireOctets Eui64(ulong value) => DoubleWord((uint)value).DoubleWord((uint)(value >> 32));

    public WireOctets Words(IReadOnlyCollection<ushort> values)
    {
        Octet((byte)values.Count);
        foreach (ushort value in values)
        {
            Word(value);
        }

        return this;
    }

    public WireOctets Run(ReadOnlySpan<byte> octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public byte[] ToArray() => [.. _octets];

    /// <summary>The number of 16 bits at an offset; null where the octets end before.</summary>
    public static ushort? WordAt(ReadOnlySpan<byte> octets, int offset) =>
        octets.Length >= offset + sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(octets[offset..]) : null;

    /// <summary>The EUI-64 at an offset; null where the octets end before.</summary>
    public static ulong? Eui64At(ReadOnlySpan<byte> octets, int offset) =>
        octets.Length >= offset + sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(octets[offset..]) : null;
}
