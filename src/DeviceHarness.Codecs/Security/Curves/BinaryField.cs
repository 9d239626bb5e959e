using System.Runtime.CompilerServices;

namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>The field of 2 to the m elements in polynomial form, with a pentanomial x^m + x^a + x^b + x^c + 1.</summary>
/// <remarks>
/// No operation branches on, or indexes by, the value of an element; all are known to be below x^m. What is called thousands of times for
/// one key is compiled for speed at once: most programs make too few keys for the run-time to find out by itself.
/// </remarks>
internal sealed class BinaryField
{
    private readonly int[] _exponents;
    private readonly int _limbs;

    /// <summary>Makes a field.</summary>
    /// <param name="degree">m: odd, above 64 and below 320.</param>
    /// <param name="exponents">a, b, c and 0, each at most m - 64.</param>
    public BinaryField(int degree, params int[] exponents)
    {
        Degree = degree;
        _exponents = exponents;
        _limbs = (degree + 63) / 64;
    }

    /// <summary>m.</summary>
    public int Degree { get; }

    /// <summary>How many octets an element takes.</summary>
    public int Octets => (Degree + 7) / 8;

    /// <summary>The sum, and the difference, of two elements.</summary>
    public static FieldElement Add(in FieldElement left, in FieldElement right)
    {
        FieldElement sum = default;
        for (int index = 0; index < FieldElement.Limbs; index++)
        {
            sum[index] = left[index] ^ right[index];
        }

        return sum;
    }

    /// <summary>Whether a number is an element: below x^m.</summary>
    public bool Holds(in FieldElement value)
    {
        ulong above = value[_limbs - 1] >> (Degree % 64);
        for (int index = _limbs; index < FieldElement.Limbs; index++)
        {
            above |= value[index];
        }

        return above == 0;
    }

    /// <summary>The product of two elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FieldElement Multiply(in FieldElement left, in FieldElement right)
    {
        Span<ulong> product = stackalloc ulong[2 * FieldElement.Limbs];
        product.Clear();
        for (int row = 0; row < _limbs; row++)
        {
            for (int column = 0; column < _limbs; column++)
            {
                (ulong high, ulong low) = CarrylessProduct.Multiply(left[row], right[column]);
                product[row + column] ^= low;
                product[row + column + 1] ^= high;
            }
        }

        return Reduce(product);
    }

    /// <summary>The square of an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FieldElement Square(in FieldElement value)
    {
        Span<ulong> product = stackalloc ulong[2 * FieldElement.Limbs];
        product.Clear();
        for (int index = 0; index < _limbs; index++)
        {
            (product[(2 * index) + 1], product[2 * index]) = CarrylessProduct.Square(value[index]);
        }

        return Reduce(product);
    }

    /// <summary>An element squared again and again.</summary>
    public FieldElement Square(in FieldElement value, int times)
    {
        FieldElement result = value;
        for (int count = 0; count < times; count++)
        {
            result = Square(result);
        }

        return result;
    }

    /// <summary>The inverse of an element; zero of zero. By Fermat's theorem, with an exponent that everybody knows.</summary>
    public FieldElement Invert(in FieldElement value)
    {
        // value^(2^k - 1) for k = 1, then for k doubled and counted up along the bits of m - 1; the inverse is the square of the last.
        FieldElement power = value;
        int exponent = 1;
        for (int bit = int.Log2(Degree - 1) - 1; bit >= 0; bit--)
        {
            power = Multiply(power, Square(power, exponent));
            exponent *= 2;
            if ((((Degree - 1) >> bit) & 1) != 0)
            {
                power = Multiply(value, Square(power));
                exponent++;
            }
        }

        return Square(power);
    }

    /// <summary>The half-trace: solves z^2 + z = value where that has a solution.</summary>
    public FieldElement HalfTrace(in FieldElement value)
    {
        FieldElement sum = value;
        FieldElement power = value;
        for (int index = 1; index <= (Degree - 1) / 2; index++)
        {
            power = Square(power, 2);
            sum = Add(sum, power);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private FieldElement Reduce(Span<ulong> product)
    {
        // Each limb above x^m is folded down whole; with exponents of at most m - 64 none comes back into the same limb.
        for (int index = (2 * _limbs) - 1; index >= _limbs; index--)
        {
            ulong limb = product[index];
            product[index] = 0;
            Fold(product, limb, (64 * index) - Degree);
        }

        int rest = Degree % 64;
        ulong top = product[_limbs - 1] >> rest;
        product[_limbs - 1] &= (1UL << rest) - 1;
        Fold(product, top, 0);
        FieldElement element = default;
        for (int index = 0; index < _limbs; index++)
        {
            element[index] = product[index];
        }

        product.Clear();
        return element;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold(Span<ulong> product, ulong limb, int position)
    {
        foreach (int exponent in _exponents)
        {
            int bit = position + exponent;
            product[bit / 64] ^= limb << (bit % 64);

            // Two shifts, since one by 64 would be one by none.
            product[(bit / 64) + 1] ^= limb >> 1 >> (63 - (bit % 64));
        }
    }
}
