using System.Security.Cryptography;

namespace DeviceHarness.Duis.Signatures;

/// <summary>The one signature algorithm that DUIS uses.</summary>
internal static class EcdsaP256
{
    /// <summary>The octets of a signature: r and s.</summary>
    public const int SignatureOctets = 64;

    private const string CurveOid = "1.2.840.10045.3.1.7";

    /// <summary>Refuses a key on another curve.</summary>
    /// <exception cref="CryptographicException">The key is not an ECDSA key on P-256.</exception>
    public static ECDsa Checked(ECDsa? key)
    {
        if (key is null)
        {
            throw new CryptographicException("found no ECDSA key; allowed is a key on the curve P-256");
        }

        // A curve that a key spells out, rather than names, is refused: it may differ from P-256 in its generator alone.
        ECCurve curve = key.ExportParameters(includePrivateParameters: false).Curve;
        string name = curve.IsNamed ? curve.Oid.Value ?? curve.Oid.FriendlyName ?? "without a name" : "without a name";
        return name == CurveOid ? key : throw new CryptographicException($"found an ECDSA key on curve {name}; allowed is P-256");
    }
}
