using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>What both sides compute out of their own two private keys and the other's two public ones.</summary>
/// <remarks>
/// Spec: SEC 1, ECMQV, and ZigBee Smart Energy, CBKE, as this harness's ZigBee guide sums them up. The shared x, Z, is erased before it
/// returns. It is multiplied by the cofactor before the secret number, so that a point outside of the group of the keys shows nothing.
/// </remarks>
public static class CbkeAgreement
{
    private const uint MacKeyNumber = 1;
    private const uint LinkKeyNumber = 2;

    /// <summary>Computes the keys of an exchange.</summary>
    /// <param name="own">The own static private key.</param>
    /// <param name="ownEphemeral">The own ephemeral private key.</param>
    /// <param name="peer">The other's static public key.</param>
    /// <param name="peerEphemeral">The other's ephemeral public key.</param>
    /// <param name="keys">The keys, to be disposed of; null when refused.</param>
    /// <returns>False when the other's keys are not to be used: the ephemeral one is the static one, or one has a small order.</returns>
    /// <exception cref="ArgumentException">The four are not on one curve.</exception>
    public static bool TryAgree(
        CurvePrivateKey own,
        CurvePrivateKey ownEphemeral,
        CurvePoint peer,
        CurvePoint peerEphemeral,
        [NotNullWhen(true)] out CbkeKeys? keys)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(ownEphemeral);
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(peerEphemeral);
        BinaryCurve curve = own.Curve;
        if (ownEphemeral.Curve != curve || peer.Curve != curve || peerEphemeral.Curve != curve)
        {
            throw new ArgumentException($"all four keys must be on {curve.Name}", nameof(own));
        }

        keys = null;
        if (peerEphemeral.Equals(peer) || IsOfSmallOrder(peer) || IsOfSmallOrder(peerEphemeral))
        {
            return false;
        }

        CurvePoint ownPublic = ownEphemeral.PublicPoint();
        FieldElement secret = curve.Order.Add(
            ownEphemeral.Scalar(), curve.Order.Multiply(own.Scalar(), AssociateValue(ownPublic)));
        CurvePoint sum = curve.Add(peerEphemeral, curve.Multiply(AssociateValue(peerEphemeral), peer));
        CurvePoint shared = curve.Multiply(secret, curve.MultiplyByCofactor(sum));
        if (shared.IsInfinity)
        {
            return false;
        }

        keys = Derive(shared);
        return true;
    }

    private static bool IsOfSmallOrder(CurvePoint point) => point.Curve.MultiplyByCofactor(point).IsInfinity;

    /// <summary>The lower half of x with the next bit set.</summary>
    private static FieldElement AssociateValue(CurvePoint point)
    {
        int half = (point.Curve.Order.Bits + 1) / 2;
        FieldElement value = default;
        for (int index = 0; index <= half / 64; index++)
        {
            value[index] = point.X[index];
        }

        value[half / 64] &= (1UL << (half % 64)) - 1;
        value[half / 64] |= 1UL << (half % 64);
        return value;
    }

    private static CbkeKeys Derive(CurvePoint shared)
    {
        int octets = shared.Curve.FieldOctets;
        Span<byte> input = stackalloc byte[octets + sizeof(uint)];
        shared.X.Write(input[..octets]);
        byte[] macKey = new byte[AesMmo.DigestOctets];
        byte[] linkKey = new byte[AesMmo.DigestOctets];
        BinaryPrimitives.WriteUInt32BigEndian(input[octets..], MacKeyNumber);
        AesMmo.Hash(input, macKey);
        BinaryPrimitives.WriteUInt32BigEndian(input[octets..], LinkKeyNumber);
        AesMmo.Hash(input, linkKey);
        CryptographicOperations.ZeroMemory(input);
        return new CbkeKeys(macKey, linkKey);
    }
}
