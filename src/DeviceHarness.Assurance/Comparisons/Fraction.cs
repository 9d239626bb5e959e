using System.Globalization;
using System.Numerics;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>An exact fraction, in lowest terms with a denominator of 1 or more: sums of shares lose nothing.</summary>
public readonly record struct Fraction
{
    private readonly BigInteger _denominatorLessOne;

    /// <summary>Makes a fraction.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator; not 0.</param>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("a fraction with the denominator 0");
        }

        BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / common;
        _denominatorLessOne = (denominator / common) - 1;
    }

    /// <summary>The numerator; it has the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, 1 or more.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>The sum.</summary>
    public static Fraction operator +(Fraction left, Fraction right) => new(
        (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The difference.</summary>
    public static Fraction operator -(Fraction left, Fraction right) => new(
        (left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The quotient by a whole number; not 0.</summary>
    public static Fraction operator /(Fraction left, int right) => new(left.Numerator, left.Denominator * right);

    /// <summary>The share as percentage points with its sign and two decimals, rounded half away from zero, such as <c>+3.00</c>.
    /// </summary>
    public string Points
    {
        get
        {
            BigInteger hundredths = ((BigInteger.Abs(Numerator) * 20_000) + Denominator) / (2 * Denominator);
            string sign = hundredths.IsZero ? string.Empty : Numerator.Sign < 0 ? "-" : "+";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{hundredths / 100}.{hundredths % 100:00}");
        }
    }

    /// <summary>Such as <c>+3/100</c>, or <c>0</c>.</summary>
    public override string ToString() => IsZero
        ? "0"
        : string.Create(CultureInfo.InvariantCulture, $"{(Numerator.Sign < 0 ? "-" : "+")}{BigInteger.Abs(Numerator)}/{Denominator}");
}
