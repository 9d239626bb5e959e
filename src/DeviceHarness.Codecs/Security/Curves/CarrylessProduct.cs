using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>Products and squares of polynomials over two elements, 64 coefficients a limb, in a time that is the same for all.</summary>
/// <remarks>
/// A product is made of integer products with three zero bits between any two coefficients, so that no carry reaches the next one. This
/// takes the same instructions for all operands; that the processor multiplies in constant time is its matter. No table is read.
/// </remarks>
internal static class CarrylessProduct
{
    private const ulong Every4th = 0x1111111111111111;

    /// <summary>The product of two limbs: 127 coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (ulong High, ulong Low) Multiply(ulong left, ulong right) =>
        (Reverse(LowHalf(Reverse(left), Reverse(right))) >> 1, LowHalf(left, right));

    /// <summary>The square of a limb: a zero between any two coefficients.</summary>
    public static (ulong High, ulong Low) Square(ulong value) => (Spread(value >> 32), Spread(value & uint.MaxValue));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong LowHalf(ulong left, ulong right)
    {
        ulong left0 = left & Every4th;
        ulong left1 = left & (Every4th << 1);
        ulong left2 = left & (Every4th << 2);
        ulong left3 = left & (Every4th << 3);
        ulong right0 = right & Every4th;
        ulong right1 = right & (Every4th << 1);
        ulong right2 = right & (Every4th << 2);
        ulong right3 = right & (Every4th << 3);
        unchecked
        {
            ulong product0 = (left0 * right0) ^ (left1 * right3) ^ (left2 * right2) ^ (left3 * right1);
            ulong product1 = (left0 * right1) ^ (left1 * right0) ^ (left2 * right3) ^ (left3 * right2);
            ulong product2 = (left0 * right2) ^ (left1 * right1) ^ (left2 * right0) ^ (left3 * right3);
            ulong product3 = (left0 * right3) ^ (left1 * right2) ^ (left2 * right1) ^ (left3 * right0);
            return (product0 & Every4th) | (product1 & (Every4th << 1)) | (product2 & (Every4th << 2)) | (product3 & (Every4th << 3));
        }
    }

    private static ulong Spread(ulong half)
    {
        half = (half | (half << 16)) & 0x0000FFFF0000FFFF;
        half = (half | (half << 8)) & 0x00FF00FF00FF00FF;
        half = (half | (half << 4)) & 0x0F0F0F0F0F0F0F0F;
        half = (half | (half << 2)) & 0x3333333333333333;
        return (half | (half << 1)) & 0x5555555555555555;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Reverse(ulong value)
    {
        value = ((value >> 1) & 0x5555555555555555) | ((value & 0x5555555555555555) << 1);
        value = ((value >> 2) & 0x3333333333333333) | ((value & 0x3333333333333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F0F0F0F0F) | ((value & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(value);
    }
}
