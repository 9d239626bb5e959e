using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>A private key of a curve, static or ephemeral: never shown, and erased when it is disposed of.</summary>
/// <remarks>The array that holds it is erased; copies that arithmetic made on the stack are not (<see cref="BinaryCurve"/>).</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CurvePrivateKey : IDisposable
{
    private const int MostDraws = 256;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _octets;

    private bool _isErased;

    private CurvePrivateKey(BinaryCurve curve, ReadOnlySpan<byte> octets)
    {
        Curve = curve;
        _octets = octets.ToArray();
    }

    /// <summary>The curve.</summary>
    public BinaryCurve Curve { get; }

    /// <summary>Takes a key.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="octets">The number with its highest octet first, <see cref="BinaryCurve.ScalarOctets"/> octets.</param>
    /// <param name="key">The key; null when the length is another, or the number is zero or not below the order.</param>
    public static bool TryCreate(BinaryCurve curve, ReadOnlySpan<byte> octets, [NotNullWhen(true)] out CurvePrivateKey? key)
    {
        ArgumentNullException.ThrowIfNull(curve);
        key = octets.Length == curve.ScalarOctets && curve.Order.HoldsNonZero(FieldElement.Read(octets))
            ? new CurvePrivateKey(curve, octets)
            : null;
        return key is not null;
    }

    /// <summary>Takes a number of any size that fits and reduces it modulo the order: the published example of suite 2 has ephemeral keys
    /// above the order.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="octets">The number with its highest octet first, <see cref="BinaryCurve.ScalarOctets"/> octets.</param>
    /// <param name="key">The key; null when the length is another, or the number is a multiple of the order.</param>
    public static bool TryCreateReduced(BinaryCurve curve, ReadOnlySpan<byte> octets, [NotNullWhen(true)] out CurvePrivateKey? key)
    {
        ArgumentNullException.ThrowIfNull(curve);
        key = null;
        if (octets.Length != curve.ScalarOctets)
        {
            return false;
        }

        Span<byte> reduced = stackalloc byte[octets.Length];
        curve.Order.Reduce(FieldElement.Read(octets)).Write(reduced);
        bool isKey = TryCreate(curve, reduced, out key);
        CryptographicOperations.ZeroMemory(reduced);
        return isKey;
    }

    /// <summary>Draws a key.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="random">Where the octets come from; outside of a test a cryptographic source.</param>
    /// <exception cref="InvalidOperationException">The source gave no number below the order in 256 draws: it is broken.</exception>
    public static CurvePrivateKey Generate(BinaryCurve curve, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> octets = stackalloc byte[curve.ScalarOctets];
        byte topMask = (byte)(0xFF >> ((8 * octets.Length) - curve.Order.Bits));
        CurvePrivateKey? key = null;
        for (int draw = 0; key is null && draw < MostDraws; draw++)
        {
            random(octets);
            octets[0] &= topMask;
            _ = TryCreate(curve, octets, out key);
        }

        CryptographicOperations.ZeroMemory(octets);
        return key ?? throw new InvalidOperationException($"the random source gave no number below the order in {MostDraws} draws");
    }

    /// <summary>The public point that belongs to it.</summary>
    /// <exception cref="ObjectDisposedException">The key was erased.</exception>
    public CurvePoint PublicPoint() => Curve.Multiply(Scalar(), Curve.Generator);

    /// <summary>The octets themselves: for an encrypted store, and for nothing that people read.</summary>
    /// <exception cref="ObjectDisposedException">The key was erased.</exception>
    public ReadOnlySpan<byte> Reveal()
    {
        ObjectDisposedException.ThrowIf(_isErased, this);
        return _octets;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isErased = true;
        CryptographicOperations.ZeroMemory(_octets);
    }

    /// <summary>The curve, never the key.</summary>
    public override string ToString() => $"private key of {Curve.Name}, not shown";

    internal FieldElement Scalar() => FieldElement.Read(Reveal());
}
