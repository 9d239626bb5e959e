using System.Numerics;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Tests.Security.Curves;

/// <summary>The curves once more, by other means: big integers, shift and add, Euclid's inverse, double and add. Slow and plain.</summary>
internal sealed class BinaryCurveByTheBook
{
    private readonly BigInteger _polynomial;
    private readonly int _degree;
    private readonly int _a;
    private readonly (BigInteger X, BigInteger Y) _generator;

    private BinaryCurveByTheBook(BigInteger polynomial, int degree, int a, string order, string x, string y)
    {
        _polynomial = polynomial;
        _degree = degree;
        _a = a;
        Order = Number(Convert.FromHexString(order));
        _generator = (Number(Convert.FromHexString(x)), Number(Convert.FromHexString(y)));
    }

    public BigInteger Order { get; }

    public static BinaryCurveByTheBook Of(BinaryCurve curve) => curve == BinaryCurve.Sect163k1
        ? new(
            (BigInteger.One << 163) ^ 0xC9,
            163,
            1,
            "04000000000000000000020108A2E0CC0D99F8A5EF",
            "02FE13C0537BBC11ACAA07D793DE4E6D5E5C94EEE8",
            "0289070FB05D38FF58321F2E800536D538CCDAA3D9")
        : new(
            (BigInteger.One << 283) ^ 0x10A1,
            283,
            0,
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE9AE2ED07577265DFF7F94451E061E163C61",
            "0503213F78CA44883F1A3B8162F188E553CD265F23C1567A16876913B0C2AC2458492836",
            "01CCDA380F1C9E318D90F95D07E5426FE87E45C0E8184698E45962364E34116177DD2259");

    public (BigInteger X, BigInteger Y) Multiply(BigInteger scalar)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        (BigInteger X, BigInteger Y) power = _generator;
        for (; !scalar.IsZero; scalar >>= 1)
        {
            if (!scalar.IsEven)
            {
                sum = sum is { } known ? Add(known, power) : power;
            }

            power = Double(power);
        }

        return sum!.Value;
    }

    public byte[] Compressed((BigInteger X, BigInteger Y) point)
    {
        byte[] octets = new byte[1 + ((_degree + 7) / 8)];
        octets[0] = (byte)(Multiply(point.Y, Invert(point.X)).IsEven ? 2 : 3);
        byte[] x = point.X.ToByteArray(isUnsigned: true, isBigEndian: true);
        x.CopyTo(octets, octets.Length - x.Length);
        return octets;
    }

    public bool IsOnCurve(ReadOnlySpan<byte> octets, CurvePoint point)
    {
        byte[] written = new byte[octets.Length];
        point.X.Write(written);
        BigInteger x = Number(written);
        point.Y.Write(written);
        BigInteger y = Number(written);
        BigInteger left = Multiply(y, y) ^ Multiply(x, y);
        BigInteger right = Multiply(Multiply(x, x), x) ^ (_a == 1 ? Multiply(x, x) : 0) ^ 1;
        return x == Number(octets) && left == right;
    }

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) left, (BigInteger X, BigInteger Y) right)
    {
        if (left.X == right.X)
        {
            return Double(left);
        }

        BigInteger slope = Multiply(left.Y ^ right.Y, Invert(left.X ^ right.X));
        BigInteger x = Multiply(slope, slope) ^ slope ^ left.X ^ right.X ^ _a;
        return (x, Multiply(slope, left.X ^ x) ^ x ^ left.Y);
    }

    private (BigInteger X, BigInteger Y) Double((BigInteger X, BigInteger Y) point)
    {
        BigInteger slope = point.X ^ Multiply(point.Y, Invert(point.X));
        BigInteger x = Multiply(slope, slope) ^ slope ^ _a;
        return (x, Multiply(point.X, point.X) ^ Multiply(slope ^ 1, x));
    }

    private BigInteger Multiply(BigInteger left, BigInteger right)
    {
        BigInteger product = 0;
        for (; !right.IsZero; right >>= 1)
        {
            if (!right.IsEven)
            {
                product ^= left;
            }

            left <<= 1;
            if (left.GetBitLength() > _degree)
            {
                left ^= _polynomial;
            }
        }

        return product;
    }

    private BigInteger Invert(BigInteger value)
    {
        BigInteger left = value;
        BigInteger right = _polynomial;
        BigInteger first = 1;
        BigInteger second = 0;
        while (left != 1)
        {
            int shift = (int)(left.GetBitLength() - right.GetBitLength());
            if (shift < 0)
            {
                (left, right, first, second) = (right, left, second, first);
                shift = -shift;
            }

            left ^= right << shift;
            first ^= second << shift;
        }

        return first;
    }
}
