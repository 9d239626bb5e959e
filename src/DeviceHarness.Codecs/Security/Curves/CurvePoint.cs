namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>A point of a curve. Public: nothing here hides it. Immutable and thread safe.</summary>
public sealed class CurvePoint : IEquatable<CurvePoint>
{
    internal const byte EvenPrefix = 0x02;

    private readonly FieldElement _x;
    private readonly FieldElement _y;

    internal CurvePoint(BinaryCurve curve, in FieldElement x, in FieldElement y)
    {
        Curve = curve;
        _x = x;
        _y = y;
    }

    private CurvePoint(BinaryCurve curve)
    {
        Curve = curve;
        IsInfinity = true;
    }

    /// <summary>The curve.</summary>
    public BinaryCurve Curve { get; }

    /// <summary>Whether it is the neutral point, which has no coordinates and cannot be sent.</summary>
    public bool IsInfinity { get; }

    internal FieldElement X => _x;

    internal FieldElement Y => _y;

    /// <summary>Whether the order of the group takes the point to infinity: no part of it lies outside of the group of the keys. Infinity
    /// itself is not in it.</summary>
    public bool IsInPrimeGroup() => !IsInfinity && Curve.MultiplyByOrder(this).IsInfinity;

    /// <summary>Writes the point as it is sent: 02 or 03, and x with its highest octet first.</summary>
    /// <param name="target">Where the <see cref="BinaryCurve.CompressedOctets"/> octets go.</param>
    /// <exception cref="InvalidOperationException">The point is infinity.</exception>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public void WriteCompressed(Span<byte> target)
    {
        if (IsInfinity)
        {
            throw new InvalidOperationException("the point at infinity has no compressed form");
        }

        if (target.Length < Curve.CompressedOctets)
        {
            throw new ArgumentException($"a compressed point has {Curve.CompressedOctets} octets", nameof(target));
        }

        FieldElement quotient = Curve.Field.Multiply(_y, Curve.Field.Invert(_x));
        target[0] = (byte)(EvenPrefix | quotient.Bit(0));
        _x.Write(target.Slice(1, Curve.FieldOctets));
    }

    /// <summary>The point as it is sent.</summary>
    /// <exception cref="InvalidOperationException">The point is infinity.</exception>
    public byte[] ToCompressed()
    {
        byte[] octets = new byte[Curve.CompressedOctets];
        WriteCompressed(octets);
        return octets;
    }

    /// <inheritdoc/>
    public bool Equals(CurvePoint? other) => other is not null && ReferenceEquals(Curve, other.Curve)
        && IsInfinity == other.IsInfinity && _x.IsSame(other._x) && _y.IsSame(other._y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CurvePoint);

    /// <inheritdoc/>
    public override int GetHashCode() => _x[0].GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => IsInfinity ? $"{Curve.Name} infinity" : $"{Curve.Name} {Convert.ToHexString(ToCompressed())}";

    internal static CurvePoint Infinity(BinaryCurve curve) => new(curve);
}
