namespace DeviceHarness.Codecs.Security.Curves;

/// <summary>Signatures by ECDSA over an AES-MMO digest: those of upgrade files.</summary>
/// <remarks>
/// Spec: SEC 1, ECDSA, as this harness's ZigBee guide applies it: r and s one behind the other, each as long as a private key, highest
/// octet first. The digest of 16 octets is shorter than either order and is taken whole.
/// </remarks>
public static class CurveSignature
{
    private const int MostDraws = 16;

    /// <summary>How long a signature is, in octets: 42 or 72.</summary>
    /// <param name="curve">The curve.</param>
    public static int OctetCount(BinaryCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return 2 * curve.ScalarOctets;
    }

    /// <summary>Signs a digest.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="digest">The digest, 16 octets.</param>
    /// <param name="random">Where the number that is used once comes from; outside of a test a cryptographic source.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="ArgumentException">The digest has another length.</exception>
    /// <exception cref="InvalidOperationException">The random source is broken.</exception>
    public static byte[] Sign(CurvePrivateKey key, ReadOnlySpan<byte> digest, RandomOctets random)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (digest.Length != AesMmo.DigestOctets)
        {
            throw new ArgumentException($"a digest has {AesMmo.DigestOctets} octets, not {digest.Length}", nameof(digest));
        }

        OrderField order = key.Curve.Order;
        int half = key.Curve.ScalarOctets;
        for (int draw = 0; draw < MostDraws; draw++)
        {
            using CurvePrivateKey once = CurvePrivateKey.Generate(key.Curve, random);
            FieldElement r = order.Reduce(once.PublicPoint().X);
            FieldElement sum = order.Add(FieldElement.Read(digest), order.Multiply(key.Scalar(), r));
            FieldElement s = order.Multiply(order.Invert(once.Scalar()), sum);
            if (!r.IsZero() && !s.IsZero())
            {
                byte[] signature = new byte[2 * half];
                r.Write(signature.AsSpan(0, half));
                s.Write(signature.AsSpan(half));
                return signature;
            }
        }

        throw new InvalidOperationException("the random source gave no number that can be signed with");
    }

    /// <summary>Whether a signature is that of a digest.</summary>
    /// <param name="publicPoint">The signer's public point.</param>
    /// <param name="digest">The digest, 16 octets.</param>
    /// <param name="signature">The signature; of another length it is wrong.</param>
    public static bool Verify(CurvePoint publicPoint, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(publicPoint);
        BinaryCurve curve = publicPoint.Curve;
        OrderField order = curve.Order;
        if (digest.Length != AesMmo.DigestOctets || signature.Length != OctetCount(curve))
        {
            return false;
        }

        FieldElement r = FieldElement.Read(signature[..curve.ScalarOctets]);
        FieldElement s = FieldElement.Read(signature[curve.ScalarOctets..]);
        if (!order.HoldsNonZero(r) || !order.HoldsNonZero(s))
        {
            return false;
        }

        FieldElement inverse = order.Invert(s);
        CurvePoint first = curve.Multiply(order.Multiply(inverse, FieldElement.Read(digest)), curve.Generator);
        CurvePoint second = curve.Multiply(order.Multiply(inverse, r), publicPoint);
        CurvePoint sum = curve.Add(first, second);
        return !sum.IsInfinity && order.Reduce(sum.X).IsSame(r);
    }
}
