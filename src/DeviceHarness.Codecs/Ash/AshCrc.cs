namespace DeviceHarness.Codecs.Ash;

/// <summary>The 16-bit frame checksum.</summary>
/// <remarks>
/// Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up: polynomial 1021, not
/// reflected, start FFFF, no final XOR; over control and data as randomised and not yet escaped; sent high octet first.
/// </remarks>
public static class AshCrc
{
    /// <summary>How many octets the checksum takes on the wire, before escaping.</summary>
    public const int OctetCount = 2;

    /// <summary>The value before any octet.</summary>
    internal const ushort Start = 0xFFFF;

    private const ushort Polynomial = 0x1021;
    private const int TableLength = 256;

    private static readonly ushort[] Table = BuildTable();

    /// <summary>The checksum of the octets.</summary>
    /// <param name="octets">The octets; an empty span gives FFFF.</param>
    public static ushort Compute(ReadOnlySpan<byte> octets)
    {
        ushort crc = Start;
        foreach (byte octet in octets)
        {
            crc = Update(crc, octet);
        }

        return crc;
    }

    /// <summary>The checksum with one octet more.</summary>
    internal static ushort Update(ushort crc, byte octet) => (ushort)((crc << 8) ^ Table[(byte)((crc >> 8) ^ octet)]);

    private static ushort[] BuildTable()
    {
        ushort[] table = new ushort[TableLength];
        for (int index = 0; index < TableLength; index++)
        {
            int crc = index << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }

            table[index] = (ushort)crc;
        }

        return table;
    }
}
