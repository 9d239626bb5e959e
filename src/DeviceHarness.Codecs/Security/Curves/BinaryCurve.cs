using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>A Koblitz curve y^2 + xy = x^3 + ax^2 + 1 over a binary field: the two of Smart Energy.</summary>
/// <remarks>
/// Spec: SEC 2, sect163k1 and sect283k1, as the ZigBee guide of this harness names them; the numbers are those of the platform's cipher
/// library. What depends on a secret scalar is computed by a Montgomery ladder of a fixed number of steps, without a branch and without
/// an index that depend on the scalar, in field arithmetic of the same kind.
/// What that does not give: the run-time may move and copy values on its stack and none of those copies is erased; the ladder is not
/// blinded, so that power and radiation are not hidden; and that the processor multiplies integers in constant time is assumed. Checking
/// and adding of points that everybody may know takes a time that depends on them.
/// </remarks>
public sealed class BinaryCurve
{
    private const string Clause = "SEC 1, compressed point";

    private readonly FieldElement _a;
    private readonly FieldElement _order;

    private BinaryCurve(string name, BinaryField field, ulong a, int doublings, string order, string x, string y)
    {
        byte[] octets = Convert.FromHexString(order);
        Name = name;
        Field = field;
        _a = FieldElement.Small(a);
        _order = FieldElement.Read(octets);
        CofactorDoublings = doublings;
        Order = new OrderField(octets);
        Generator = new CurvePoint(
            this, FieldElement.Read(Convert.FromHexString(x)), FieldElement.Read(Convert.FromHexString(y)));
    }

    /// <summary>The curve of cryptographic suite 1: 163 bits, a = 1, cofactor 2.</summary>
    public static BinaryCurve Sect163k1 { get; } = new(
        "sect163k1",
        new BinaryField(163, 7, 6, 3, 0),
        1,
        1,
        "04000000000000000000020108A2E0CC0D99F8A5EF",
        "02FE13C0537BBC11ACAA07D793DE4E6D5E5C94EEE8",
        "0289070FB05D38FF58321F2E800536D538CCDAA3D9");

    /// <summary>The curve of cryptographic suite 2: 283 bits, a = 0, cofactor 4.</summary>
    public static BinaryCurve Sect283k1 { get; } = new(
        "sect283k1",
        new BinaryField(283, 12, 7, 5, 0),
        0,
        2,
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE9AE2ED07577265DFF7F94451E061E163C61",
        "0503213F78CA44883F1A3B8162F188E553CD265F23C1567A16876913B0C2AC2458492836",
        "01CCDA380F1C9E318D90F95D07E5426FE87E45C0E8184698E45962364E34116177DD2259");

    /// <summary>The curve's usual name.</summary>
    public string Name { get; }

    /// <summary>The point that all public keys are multiples of.</summary>
    public CurvePoint Generator { get; }

    /// <summary>The length of a coordinate, in octets: 21 or 36.</summary>
    public int FieldOctets => Field.Octets;

    /// <summary>The length of a private key, and of each half of a signature, in octets: 21 or 36.</summary>
    public int ScalarOctets => (Order.Bits + 7) / 8;

    /// <summary>The length of a compressed point, in octets: 22 or 37.</summary>
    public int CompressedOctets => 1 + FieldOctets;

    internal BinaryField Field { get; }

    internal OrderField Order { get; }

    internal int CofactorDoublings { get; }

    /// <summary>Takes a point that was sent. It is on the curve, and neither infinity nor the point of order two.</summary>
    /// <param name="octets">02 or 03, and x with its highest octet first.</param>
    /// <param name="point">The point; null when refused.</param>
    /// <param name="fault">A wrong length or prefix, x not below the field, or no point with such an x.</param>
    /// <remarks>Whether it is in the group of the keys is a question of its own: <see cref="CurvePoint.IsInPrimeGroup"/>.</remarks>
    public bool TryDecompress(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out CurvePoint? point, out CodecFault fault)
    {
        point = null;
        if (octets.Length != CompressedOctets)
        {
            fault = new(CodecFaultKind.BadLength, octets.Length, CompressedOctets, octets.Length, Clause);
            return false;
        }

        if ((octets[0] & ~1) != CurvePoint.EvenPrefix)
        {
            fault = new(CodecFaultKind.UnexpectedValue, 0, CurvePoint.EvenPrefix, octets[0], Clause);
            return false;
        }

        FieldElement x = FieldElement.Read(octets[1..]);
        if (!Field.Holds(x) || x.IsZero() || !TryFindY(x, (ulong)octets[0] & 1, out FieldElement y))
        {
            fault = new(CodecFaultKind.UnexpectedValue, 1, -1, -1, Clause);
            return false;
        }

        fault = CodecFault.None;
        point = new CurvePoint(this, x, y);
        return true;
    }

    /// <summary>The sum of two points that everybody may know.</summary>
    internal CurvePoint Add(CurvePoint left, CurvePoint right)
    {
        if (left.IsInfinity || right.IsInfinity)
        {
            return left.IsInfinity ? right : left;
        }

        bool isSameX = left.X.IsSame(right.X);
        if (isSameX)
        {
            return left.Y.IsSame(right.Y) ? Double(left) : CurvePoint.Infinity(this);
        }

        FieldElement run = BinaryField.Add(left.X, right.X);
        FieldElement slope = Field.Multiply(BinaryField.Add(left.Y, right.Y), Field.Invert(run));
        FieldElement x = BinaryField.Add(BinaryField.Add(Field.Square(slope), slope), BinaryField.Add(run, _a));
        FieldElement y = BinaryField.Add(
            Field.Multiply(slope, BinaryField.Add(left.X, x)), BinaryField.Add(x, left.Y));
        return new CurvePoint(this, x, y);
    }

    /// <summary>Twice a point that everybody may know.</summary>
    internal CurvePoint Double(CurvePoint point)
    {
        if (point.IsInfinity || point.X.IsZero())
        {
            return CurvePoint.Infinity(this);
        }

        FieldElement slope = BinaryField.Add(point.X, Field.Multiply(point.Y, Field.Invert(point.X)));
        FieldElement x = BinaryField.Add(BinaryField.Add(Field.Square(slope), slope), _a);
        FieldElement y = BinaryField.Add(
            Field.Square(point.X), Field.Multiply(BinaryField.Add(slope, FieldElement.Small(1)), x));
        return new CurvePoint(this, x, y);
    }

    /// <summary>A point times the cofactor: infinity when the point's order divides the cofactor.</summary>
    internal CurvePoint MultiplyByCofactor(CurvePoint point)
    {
        for (int count = 0; count < CofactorDoublings; count++)
        {
            point = Double(point);
        }

        return point;
    }

    internal CurvePoint MultiplyByOrder(CurvePoint point) => Multiply(_order, point);

    /// <summary>A point times a number below 2^m, in a time that does not depend on the number but where the result is infinity.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="point">The point; its x is not zero.</param>
    internal CurvePoint Multiply(in FieldElement scalar, CurvePoint point)
    {
        if (point.IsInfinity)
        {
            return point;
        }

        // The pair is (k P, (k + 1) P) for the bits read so far, x and z only; it begins at infinity, which these formulas take.
        FieldElement x1 = FieldElement.Small(1);
        FieldElement z1 = default;
        FieldElement x2 = point.X;
        FieldElement z2 = FieldElement.Small(1);
        ulong swapped = 0;
        for (int bit = Field.Degree - 1; bit >= 0; bit--)
        {
            ulong wanted = scalar.Bit(bit);
            ulong mask = FieldElement.Mask(wanted ^ swapped);
            FieldElement.Swap(ref x1, ref x2, mask);
            FieldElement.Swap(ref z1, ref z2, mask);
            swapped = wanted;
            Step(point.X, ref x1, ref z1, ref x2, ref z2);
        }

        FieldElement.Swap(ref x1, ref x2, FieldElement.Mask(swapped));
        FieldElement.Swap(ref z1, ref z2, FieldElement.Mask(swapped));
        return Recover(point, x1, z1, x2, z2);
    }

    private void Step(in FieldElement x, ref FieldElement x1, ref FieldElement z1, ref FieldElement x2, ref FieldElement z2)
    {
        FieldElement left = Field.Multiply(x1, z2);
        FieldElement right = Field.Multiply(x2, z1);
        z2 = Field.Square(BinaryField.Add(left, right));
        x2 = BinaryField.Add(Field.Multiply(x, z2), Field.Multiply(left, right));
        FieldElement doubled = Field.Square(BinaryField.Add(x1, z1), 2);
        z1 = Field.Multiply(Field.Square(x1), Field.Square(z1));
        x1 = doubled;
    }

    private CurvePoint Recover(CurvePoint point, in FieldElement x1, in FieldElement z1, in FieldElement x2, in FieldElement z2)
    {
        if (z1.IsZero())
        {
            return CurvePoint.Infinity(this);
        }

        if (z2.IsZero())
        {
            // One step further is infinity: the result is the point's negative.
            return new CurvePoint(this, point.X, BinaryField.Add(point.X, point.Y));
        }

        FieldElement product = Field.Multiply(z1, z2);
        FieldElement inverse = Field.Invert(Field.Multiply(point.X, product));
        FieldElement x = Field.Multiply(x1, Field.Multiply(inverse, Field.Multiply(point.X, z2)));
        FieldElement first = BinaryField.Add(x1, Field.Multiply(point.X, z1));
        FieldElement second = BinaryField.Add(x2, Field.Multiply(point.X, z2));
        FieldElement sum = BinaryField.Add(
            Field.Multiply(first, second),
            Field.Multiply(BinaryField.Add(Field.Square(point.X), point.Y), product));
        FieldElement y = BinaryField.Add(
            Field.Multiply(Field.Multiply(BinaryField.Add(x, point.X), sum), inverse), point.Y);
        return new CurvePoint(this, x, y);
    }

    private bool TryFindY(in FieldElement x, ulong lowBit, out FieldElement y)
    {
        // With z = y / x: z^2 + z = x + a + 1 / x^2.
        FieldElement inverse = Field.Square(Field.Invert(x));
        FieldElement right = BinaryField.Add(BinaryField.Add(x, _a), inverse);
        FieldElement z = Field.HalfTrace(right);
        y = default;
        if (!BinaryField.Add(Field.Square(z), z).IsSame(right))
        {
            return false;
        }

        z[0] ^= (z[0] & 1) ^ lowBit;
        y = Field.Multiply(x, z);
        return true;
    }
}
