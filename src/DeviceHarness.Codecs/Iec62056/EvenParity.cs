using System.Numerics;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>Seven bits and even parity on a line that carries eight: the parity bit is the most significant one.</summary>
/// <remarks>
/// Spec: IEC 62056-21, character format 7E1. Needed behind a serial server that passes octets as they are; a serial port that is set to
/// 7E1 does it itself, and a pseudo-terminal has no parity at all.
/// </remarks>
public static class EvenParity
{
    private const byte ParityBit = 0x80;

    /// <summary>Sets the parity bit of each octet so that its bits are even in number.</summary>
    /// <param name="octets">Seven-bit characters; changed in place. What stands in the most significant bit is replaced.</param>
    public static void Add(Span<byte> octets)
    {
        foreach (ref byte octet in octets)
        {
            octet &= ParityBit - 1;
            octet |= (BitOperations.PopCount(octet) & 1) == 0 ? (byte)0 : ParityBit;
        }
    }

    /// <summary>Takes the parity bit off each octet.</summary>
    /// <param name="octets">Octets with parity; changed in place.</param>
    /// <returns>How many of them had an odd number of bits: damage, or a line without parity.</returns>
    public static int Strip(Span<byte> octets)
    {
        int odd = 0;
        foreach (ref byte octet in octets)
        {
            odd += BitOperations.PopCount(octet) & 1;
            octet &= ParityBit - 1;
        }

        return odd;
    }
}
