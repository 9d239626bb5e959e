using System.Runtime.CompilerServices;

namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>Up to 320 bits, lowest limb first: an element of a binary field, or a number below a group's order.</summary>
[InlineArray(Limbs)]
internal struct FieldElement
{
    /// <summary>How many limbs of 64 bits; a smaller field leaves the upper ones zero.</summary>
    public const int Limbs = 5;

    private ulong _first;

    /// <summary>Reads a number that is sent with its highest octet first.</summary>
    /// <param name="octets">At most 40 octets.</param>
    public static FieldElement Read(ReadOnlySpan<byte> octets)
    {
        FieldElement value = default;
        for (int index = 0; index < octets.Length; index++)
        {
            value[index / 8] |= (ulong)octets[^(index + 1)] << (8 * (index % 8));
        }

        return value;
    }

    /// <summary>One or zero.</summary>
    public static FieldElement Small(ulong value)
    {
        FieldElement element = default;
        element[0] = value;
        return element;
    }

    /// <summary>All ones when the condition holds, otherwise zero: without a branch.</summary>
    /// <param name="bit">0 or 1.</param>
    public static ulong Mask(ulong bit) => unchecked(0UL - bit);

    /// <summary>Writes the number with its highest octet first.</summary>
    /// <param name="target">Filled to the last octet.</param>
    public readonly void Write(Span<byte> target)
    {
        for (int index = 0; index < target.Length; index++)
        {
            target[^(index + 1)] = (byte)(this[index / 8] >> (8 * (index % 8)));
        }
    }

    /// <summary>One bit, 0 or 1.</summary>
    /// <param name="index">From 0 to 319.</param>
    public readonly ulong Bit(int index) => (this[index / 64] >> (index % 64)) & 1;

    /// <summary>1 when every bit is zero, otherwise 0; without a branch.</summary>
    public readonly ulong ZeroBit()
    {
        ulong all = this[0] | this[1] | this[2] | this[3] | this[4];
        return ((all | unchecked(0UL - all)) >> 63) ^ 1;
    }

    /// <summary>Whether every bit is zero.</summary>
    public readonly bool IsZero() => ZeroBit() == 1;

    /// <summary>Whether both are the same.</summary>
    public readonly bool IsSame(in FieldElement other) => BinaryField.Add(this, other).IsZero();

    /// <summary>Changes the two for each other when the mask is all ones; not when it is zero.</summary>
    public static void Swap(ref FieldElement left, ref FieldElement right, ulong mask)
    {
        for (int index = 0; index < Limbs; index++)
        {
            ulong difference = (left[index] ^ right[index]) & mask;
            left[index] ^= difference;
            right[index] ^= difference;
        }
    }
}
