namespace DeviceHarness.Codecs.Crc;

/// <summary>The 16-bit frame checksum of HDLC, over a whole span or fed in pieces.</summary>
/// <remarks>
/// Spec: ISO/IEC 13239 as used by IEC 62056-46. Polynomial x16+x12+x5+1, reflected (0x8408), start 0xFFFF, final XOR 0xFFFF, sent low
/// octet first.
/// Eight tables let eight octets be folded in one step. The type is a mutable value: not thread safe, copied by assignment.
/// </remarks>
public struct Crc16X25
{
    /// <summary>What <see cref="Residue"/> is after data followed by its own checksum.</summary>
    public const ushort GoodResidue = 0xF0B8;

    /// <summary>How many octets the checksum takes on the wire.</summary>
    public const int OctetCount = 2;

    private const ushort ReflectedPolynomial = 0x8408;
    private const ushort Start = 0xFFFF;
    private const int SlicedOctets = 8;

    private static readonly ushort[] Table = BuildTables();

    private ushort _inverted;

    /// <summary>The checksum of what was fed so far; 0 when nothing was.</summary>
    public readonly ushort Value => (ushort)(Residue ^ 0xFFFF);

    /// <summary>The register before the final XOR; <see cref="GoodResidue"/> when the octets end with their own checksum.</summary>
    public readonly ushort Residue => (ushort)(_inverted ^ Start);

    /// <summary>The checksum of the octets.</summary>
    /// <param name="octets">The octets; an empty span gives 0.</param>
    public static ushort Compute(ReadOnlySpan<byte> octets) => (ushort)(Update(Start, octets) ^ 0xFFFF);

    /// <summary>Feeds more octets.</summary>
    /// <param name="octets">The octets that follow those fed before.</param>
    public void Append(ReadOnlySpan<byte> octets) => _inverted = (ushort)(Update((ushort)(_inverted ^ Start), octets) ^ Start);

    private static ushort Update(ushort register, ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<ushort> table = Table;
        int crc = register;
        while (octets.Length >= SlicedOctets)
        {
            crc = table[(7 * 256) + (byte)(octets[0] ^ crc)]
                ^ table[(6 * 256) + (byte)(octets[1] ^ (crc >> 8))]
                ^ table[(5 * 256) + octets[2]]
                ^ table[(4 * 256) + octets[3]]
                ^ table[(3 * 256) + octets[4]]
                ^ table[(2 * 256) + octets[5]]
                ^ table[256 + octets[6]]
                ^ table[octets[7]];
            octets = octets[SlicedOctets..];
        }

        foreach (byte octet in octets)
        {
            crc = (crc >> 8) ^ table[(byte)(crc ^ octet)];
        }

        return (ushort)crc;
    }

    private static ushort[] BuildTables()
    {
        ushort[] tables = new ushort[SlicedOctets * 256];
        for (int index = 0; index < 256; index++)
        {
            int crc = index;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ ReflectedPolynomial : crc >> 1;
            }

            tables[index] = (ushort)crc;
        }

        for (int index = 256; index < tables.Length; index++)
        {
            ushort previous = tables[index - 256];
            tables[index] = (ushort)((previous >> 8) ^ tables[(byte)previous]);
        }

        return tables;
    }
}
