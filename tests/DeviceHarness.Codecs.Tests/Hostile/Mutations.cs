using System.Buffers.Binary;
using DeviceHarness.Codecs.Crc;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Codecs.Tests.Hostile;

/// <summary>Damage to octets, and checksums that hide it.</summary>
internal static class Mutations
{
    private const int MaximumRandomOctets = 96;

    /// <summary>Random octets, half of them behind a first octet that a decoder knows.</summary>
    public static byte[] Noise(Random random, byte first)
    {
        byte[] input = new byte[random.Next(1, MaximumRandomOctets)];
        random.NextBytes(input);
        if (random.Next(2) == 0)
        {
            input[0] = first;
        }

        return input;
    }

    /// <summary>One to three octets set, removed, inserted or with a bit flipped; at least one octet is left.</summary>
    public static byte[] Mutate(Random random, ReadOnlySpan<byte> valid)
    {
        List<byte> octets = [.. valid];
        for (int change = random.Next(1, 4); change > 0 && octets.Count > 0; change--)
        {
            int at = random.Next(octets.Count);
            switch (random.Next(4))
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets.RemoveAt(at);
                    break;
                case 2:
                    octets.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    octets[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return octets.Count == 0 ? [0] : [.. octets];
    }

    /// <summary>Damages a message and, when it is an HDLC frame, sets its length and checksums right again.</summary>
    public static byte[] MutateAndCheck(Random random, ReadOnlySpan<byte> valid)
    {
        byte[] mutated = Mutate(random, valid);
        if (mutated.Length > 9 && mutated[0] == HdlcFrameCodec.Flag)
        {
            Check(mutated);
        }

        return mutated;
    }

    /// <summary>Sets length and checksums of a frame right, so that damage reaches what lies behind them.</summary>
    public static void Check(Span<byte> frame)
    {
        int length = frame.Length - 2;
        frame[1] = (byte)(0xA0 | (frame[1] & 0x08) | (length >> 8));
        frame[2] = (byte)length;
        frame[^1] = HdlcFrameCodec.Flag;
        int header = 3;
        for (int address = 0; address < 2; address++)
        {
            while (header < frame.Length - 1 && (frame[header++] & 1) == 0)
            {
            }
        }

        header++;
        if (header + 2 < frame.Length - 3)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(frame[header..], Crc16X25.Compute(frame[1..header]));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(frame[^3..], Crc16X25.Compute(frame[1..^3]));
    }
}
