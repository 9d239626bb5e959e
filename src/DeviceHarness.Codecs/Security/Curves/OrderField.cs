using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>Numbers modulo the prime order of a group; in a time that does not depend on them.</summary>
/// <remarks>Products are Montgomery's. The order is public, what is computed modulo it is not: no operation branches on it.</remarks>
internal sealed class OrderField
{
    private readonly FieldElement _order;
    private readonly FieldElement _square;
    private readonly FieldElement _exponent;
    private readonly ulong _inverse;
    private readonly int _limbs;

    /// <summary>Makes the arithmetic of an order.</summary>
    /// <param name="order">The order, highest octet first; a prime.</param>
    public OrderField(ReadOnlySpan<byte> order)
    {
        _order = FieldElement.Read(order);
        BigInteger number = new(order, isUnsigned: true, isBigEndian: true);
        Bits = (int)number.GetBitLength();
        _limbs = (Bits + 63) / 64;
        _square = FieldElement.Read(BigInteger.ModPow(2, 128 * _limbs, number).ToByteArray(isUnsigned: true, isBigEndian: true));
        _exponent = FieldElement.Read((number - 2).ToByteArray(isUnsigned: true, isBigEndian: true));
        _inverse = NegatedInverse(_order[0]);
    }

    /// <summary>How many bits the order has.</summary>
    public int Bits { get; }

    /// <summary>Whether a number is 1 or more and below the order.</summary>
    public bool HoldsNonZero(in FieldElement value)
    {
        FieldElement unused = default;
        ulong isBelow = Subtract(value, 0, _order, FieldElement.Limbs, ref unused);
        return (isBelow & (value.ZeroBit() ^ 1)) == 1;
    }

    /// <summary>A number of up to the field's bits, modulo the order.</summary>
    public FieldElement Reduce(in FieldElement value) => Montgomery(Montgomery(value, _square), FieldElement.Small(1));

    /// <summary>The sum of two numbers below the order.</summary>
    public FieldElement Add(in FieldElement left, in FieldElement right)
    {
        FieldElement sum = default;
        ulong carry = 0;
        for (int index = 0; index < _limbs; index++)
        {
            UInt128 digit = (UInt128)left[index] + right[index] + carry;
            sum[index] = (ulong)digit;
            carry = (ulong)(digit >> 64);
        }

        return Correct(sum, carry);
    }

    /// <summary>The product of two numbers, one below the order, the other of up to the field's bits.</summary>
    public FieldElement Multiply(in FieldElement left, in FieldElement right) => Montgomery(Montgomery(left, _square), right);

    /// <summary>The inverse of a number below the order; zero of zero. By Fermat's theorem, with an exponent that is public.</summary>
    public FieldElement Invert(in FieldElement value)
    {
        FieldElement factor = Montgomery(value, _square);
        FieldElement power = factor;
        for (int bit = Bits - 2; bit >= 0; bit--)
        {
            power = Montgomery(power, power);
            if (_exponent.Bit(bit) != 0)
            {
                power = Montgomery(power, factor);
            }
        }

        return Montgomery(power, FieldElement.Small(1));
    }

    private static ulong NegatedInverse(ulong odd)
    {
        ulong inverse = 1;
        for (int step = 0; step < 6; step++)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return unchecked(0UL - inverse);
    }

    private static ulong Subtract(in FieldElement left, ulong carry, in FieldElement right, int limbs, ref FieldElement difference)
    {
        ulong borrow = 0;
        for (int index = 0; index < limbs; index++)
        {
            UInt128 digit = unchecked((UInt128)left[index] - right[index] - borrow);
            difference[index] = (ulong)digit;
            borrow = (ulong)(digit >> 64) & 1;
        }

        return borrow & (carry ^ 1);
    }

    private FieldElement Correct(in FieldElement value, ulong carry)
    {
        FieldElement less = default;
        ulong isBelow = Subtract(value, carry, _order, _limbs, ref less);
        FieldElement result = value;
        FieldElement.Swap(ref result, ref less, FieldElement.Mask(isBelow ^ 1));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private FieldElement Montgomery(in FieldElement left, in FieldElement right)
    {
        Span<ulong> sum = stackalloc ulong[FieldElement.Limbs + 2];
        sum.Clear();
        for (int row = 0; row < _limbs; row++)
        {
            AddProduct(sum, left[row], right);
            AddProduct(sum, unchecked(sum[0] * _inverse), _order);
            sum[1..].CopyTo(sum);
            sum[^1] = 0;
        }

        FieldElement value = default;
        for (int index = 0; index < _limbs; index++)
        {
            value[index] = sum[index];
        }

        ulong carry = sum[_limbs];
        sum.Clear();
        return Correct(value, carry);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProduct(Span<ulong> sum, ulong factor, in FieldElement value)
    {
        ulong carry = 0;
        for (int index = 0; index < _limbs; index++)
        {
            UInt128 digit = ((UInt128)factor * value[index]) + sum[index] + carry;
            sum[index] = (ulong)digit;
            carry = (ulong)(digit >> 64);
        }

        UInt128 last = (UInt128)sum[_limbs] + carry;
        sum[_limbs] = (ulong)last;
        sum[_limbs + 1] += (ulong)(last >> 64);
    }
}
