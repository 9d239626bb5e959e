namespace DeviceHarness.Codecs.Crc;

/// <summary>The 16-bit checksum of Modbus on a serial line.</summary>
/// <remarks>Spec: MODBUS over Serial Line V1.02, 6.2.2. Polynomial x16+x15+x2+1, reflected (0xA001), start 0xFFFF, no final XOR, sent low
/// octet first.</remarks>
public static class Crc16Modbus
{
    /// <summary>How many octets the checksum takes on the wire.</summary>
    public const int OctetCount = 2;

    private const int ReflectedPolynomial = 0xA001;

    /// <summary>The checksum of the octets; zero for octets that end with their own.</summary>
    /// <param name="octets">The octets; an empty span gives 0xFFFF.</param>
    public static ushort Compute(ReadOnlySpan<byte> octets)
    {
        int crc = 0xFFFF;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ ReflectedPolynomial : crc >> 1;
            }
        }

        return (ushort)crc;
    }
}
