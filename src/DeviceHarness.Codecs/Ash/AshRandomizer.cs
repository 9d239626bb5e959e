namespace DeviceHarness.Codecs.Ash;

/// <summary>The pseudo-random octets that a DATA frame's data field is exclusive-ored with, so that it holds few reserved ones.</summary>
/// <remarks>
/// Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up: a shift register that
/// starts at 42 with every frame. The same step there and back.
/// </remarks>
public static class AshRandomizer
{
    private const byte Seed = 0x42;
    private const byte Taps = 0xB8;

    private static readonly byte[] Sequence = Build(AshFrame.ExtendedDataOctets);

    /// <summary>Randomises a data field, or takes the randomisation away.</summary>
    /// <param name="data">The data field from its first octet; at most <see cref="AshFrame.ExtendedDataOctets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The data field is longer.</exception>
    public static void Apply(Span<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, Sequence.Length);
        ReadOnlySpan<byte> sequence = Sequence;
        for (int index = 0; index < data.Length; index++)
        {
            data[index] ^= sequence[index];
        }
    }

    /// <summary>The octet of the sequence for that place in the data field.</summary>
    internal static byte At(int index) => Sequence[index];

    private static byte[] Build(int octets)
    {
        byte[] sequence = new byte[octets];
        byte register = Seed;
        for (int index = 0; index < octets; index++)
        {
            sequence[index] = register;
            register = (byte)((register & 1) == 0 ? register >> 1 : (register >> 1) ^ Taps);
        }

        return sequence;
    }
}
