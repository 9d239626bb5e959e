using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>A certificate that holds no signature: the public key is computed from it and the issuer's. Public and immutable.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy, implicit certificates, as this harness's ZigBee guide sums them up. Names and times are sent with the
/// highest octet first, unlike in every other message of ZigBee.
/// <code>
/// suite 1: reconstruction point 22 | subject EUI-64 8 | issuer 8 | profile attributes 10
/// suite 2: type 00 | serial 8 | curve 0D | hash 08 | issuer 8 | valid from 5 | valid for 4 | subject EUI-64 8 | key usage 1 | point 37
/// </code>
/// </remarks>
public sealed class ImplicitCertificate
{
    /// <summary>The length of a certificate of suite 1, in octets.</summary>
    public const int Suite1Octets = 48;

    /// <summary>The length of a certificate of suite 2, in octets.</summary>
    public const int Suite2Octets = 74;

    /// <summary>The length of the profile attributes of suite 1, in octets.</summary>
    public const int AttributeOctets = 10;

    /// <summary>In <see cref="ValidFor"/>: the certificate does not expire.</summary>
    public const uint Unlimited = uint.MaxValue;

    /// <summary>The usual key usage: signatures and key agreement.</summary>
    public const byte SignAndAgree = 0x88;

    private const string Clause = "ZigBee Smart Energy, implicit certificate";
    private const byte AgreementBit = 0x08;
    private const byte CurveCode = 0x0D;
    private const byte HashCode = 0x08;
    private const int NameOctets = 8;
    private const int TimeOctets = 5;
    private const int Suite2PointOffset = 37;
    private const long LastTime = (1L << (8 * TimeOctets)) - 1;

    private readonly byte[] _octets;

    private ImplicitCertificate(EstablishmentSuites suite, byte[] octets)
    {
        Suite = suite;
        _octets = octets;
    }

    /// <summary>The suite: its length says it.</summary>
    public EstablishmentSuites Suite { get; }

    /// <summary>The certificate as it is sent.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>The EUI-64 of the device that it speaks of, as a number.</summary>
    public ulong Subject => Name(Suite == EstablishmentSuites.Suite1 ? 22 : 28);

    /// <summary>Who issued it, as a number.</summary>
    public ulong Issuer => Name(Suite == EstablishmentSuites.Suite1 ? 30 : 11);

    /// <summary>The point that the public key is made of, as it is sent.</summary>
    public ReadOnlySpan<byte> ReconstructionPoint => Suite == EstablishmentSuites.Suite1 ? _octets.AsSpan(0, 22) : _octets.AsSpan(37, 37);

    /// <summary>The profile attributes of suite 1; 01 09 in front is Smart Energy. Empty in suite 2.</summary>
    public ReadOnlySpan<byte> ProfileAttributes => Suite == EstablishmentSuites.Suite1 ? _octets.AsSpan(38, AttributeOctets) : [];

    /// <summary>The serial number of suite 2; null in suite 1.</summary>
    public ulong? SerialNumber => Suite == EstablishmentSuites.Suite1 ? null : Name(1);

    /// <summary>From when a certificate of suite 2 is valid, in seconds since 1970 UTC; null in suite 1.</summary>
    public long? ValidFrom => Suite == EstablishmentSuites.Suite1
        ? null
        : ((long)_octets[19] << 32) | BinaryPrimitives.ReadUInt32BigEndian(_octets.AsSpan(20));

    /// <summary>How long a certificate of suite 2 is valid, in seconds; <see cref="Unlimited"/> for ever; null in suite 1.</summary>
    public uint? ValidFor => Suite == EstablishmentSuites.Suite1 ? null : BinaryPrimitives.ReadUInt32BigEndian(_octets.AsSpan(24));

    /// <summary>What the key of suite 2 is for; null in suite 1.</summary>
    public byte? KeyUsage => Suite == EstablishmentSuites.Suite1 ? null : _octets[36];

    /// <summary>Whether the key may be used in key agreement; suite 1 does not say and may.</summary>
    public bool MayAgreeKeys => Suite == EstablishmentSuites.Suite1 || (_octets[36] & AgreementBit) != 0;

    /// <summary>Takes a certificate. Whether its point is on the curve is seen when the public key is made of it.</summary>
    /// <param name="octets">48 octets of suite 1 or 74 of suite 2.</param>
    /// <param name="certificate">The certificate; null when refused.</param>
    /// <param name="fault">A length that is neither, or another type, curve or hash than suite 2 has.</param>
    public static bool TryCreate(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out ImplicitCertificate? certificate, out CodecFault fault)
    {
        certificate = null;
        fault = CodecFault.None;
        switch (octets.Length)
        {
            case Suite1Octets:
                certificate = new ImplicitCertificate(EstablishmentSuites.Suite1, octets.ToArray());
                return true;
            case Suite2Octets when IsRight(octets, 0, 0x00, ref fault) && IsRight(octets, 9, CurveCode, ref fault)
                && IsRight(octets, 10, HashCode, ref fault):
                certificate = new ImplicitCertificate(EstablishmentSuites.Suite2, octets.ToArray());
                return true;
            case Suite2Octets:
                return false;
            default:
                fault = new(CodecFaultKind.BadLength, octets.Length, -1, octets.Length, Clause);
                return false;
        }
    }

    /// <summary>Puts a certificate of suite 1 together.</summary>
    /// <param name="point">The reconstruction point, 22 octets.</param>
    /// <param name="subject">The EUI-64 of the device, as a number.</param>
    /// <param name="issuer">Who issues it, as a number.</param>
    /// <param name="attributes">The profile attributes, 10 octets.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public static ImplicitCertificate OfSuite1(ReadOnlySpan<byte> point, ulong subject, ulong issuer, ReadOnlySpan<byte> attributes)
    {
        if (point.Length != BinaryCurve.Sect163k1.CompressedOctets || attributes.Length != AttributeOctets)
        {
            throw new ArgumentException("a point of suite 1 has 22 octets, its profile attributes have 10", nameof(point));
        }

        byte[] octets = new byte[Suite1Octets];
        point.CopyTo(octets);
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(22), subject);
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(30), issuer);
        attributes.CopyTo(octets.AsSpan(38));
        return new ImplicitCertificate(EstablishmentSuites.Suite1, octets);
    }

    /// <summary>Puts a certificate of suite 2 together.</summary>
    /// <param name="point">The reconstruction point, 37 octets.</param>
    /// <param name="subject">The EUI-64 of the device, as a number.</param>
    /// <param name="issuer">Who issues it, as a number.</param>
    /// <param name="terms">Serial number, validity and key usage.</param>
    /// <exception cref="ArgumentException">A length is another, or the time does not fit into five octets.</exception>
    public static ImplicitCertificate OfSuite2(ReadOnlySpan<byte> point, ulong subject, ulong issuer, CertificateTerms terms)
    {
        if (point.Length != BinaryCurve.Sect283k1.CompressedOctets || terms.ValidFrom is < 0 or > LastTime)
        {
            throw new ArgumentException("a point of suite 2 has 37 octets, its first valid second five", nameof(point));
        }

        byte[] octets = new byte[Suite2Octets];
        octets[9] = CurveCode;
        octets[10] = HashCode;
        octets[19] = (byte)(terms.ValidFrom >> 32);
        octets[36] = terms.KeyUsage;
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(1), terms.SerialNumber);
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(11), issuer);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(20), (uint)terms.ValidFrom);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(24), terms.ValidFor);
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(28), subject);
        point.CopyTo(octets.AsSpan(Suite2PointOffset));
        return new ImplicitCertificate(EstablishmentSuites.Suite2, octets);
    }

    /// <summary>Whether a moment lies in the time that the certificate is valid; always in suite 1, which does not say.</summary>
    /// <param name="instant">The moment.</param>
    public bool IsValidAt(DateTimeOffset instant)
    {
        long second = instant.ToUnixTimeSeconds();
        return ValidFrom is not { } from || (second >= from && (ValidFor == Unlimited || second < from + ValidFor));
    }

    /// <summary>Computes the public key: hash times reconstruction point, plus the issuer's public key.</summary>
    /// <param name="authority">The issuer's public key, on the suite's curve.</param>
    /// <param name="publicPoint">The public key; null when refused.</param>
    /// <param name="fault">The reconstruction point is no point, or the result none of the group of the keys.</param>
    /// <remarks>Spec: SEC 4, ECQV, with AES-MMO as the hash, taken whole.</remarks>
    /// <exception cref="ArgumentException">The issuer's key is on another curve.</exception>
    public bool TryReconstruct(CurvePoint authority, [NotNullWhen(true)] out CurvePoint? publicPoint, out CodecFault fault)
    {
        ArgumentNullException.ThrowIfNull(authority);
        BinaryCurve curve = Suite.Curve();
        if (authority.Curve != curve)
        {
            throw new ArgumentException($"the issuer's key of {Suite} is on {curve.Name}, not {authority.Curve.Name}", nameof(authority));
        }

        publicPoint = null;
        int offset = Suite == EstablishmentSuites.Suite1 ? 0 : Suite2PointOffset;
        if (!curve.TryDecompress(ReconstructionPoint, out CurvePoint? point, out CodecFault inner))
        {
            fault = inner with { Offset = inner.Offset + offset };
            return false;
        }

        CurvePoint sum = curve.Add(curve.Multiply(HashNumber(), point), authority);
        if (!sum.IsInPrimeGroup())
        {
            fault = new(CodecFaultKind.UnexpectedValue, offset, -1, -1, Clause);
            return false;
        }

        fault = CodecFault.None;
        publicPoint = sum;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Suite} certificate of {Subject:X16} by {Issuer:X16}";

    /// <summary>The hash as a number: below the order of either curve.</summary>
    internal FieldElement HashNumber()
    {
        Span<byte> hash = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(_octets, hash);
        return FieldElement.Read(hash);
    }

    private static bool IsRight(ReadOnlySpan<byte> octets, int offset, byte expected, ref CodecFault fault)
    {
        if (octets[offset] == expected)
        {
            return true;
        }

        fault = new(CodecFaultKind.UnexpectedValue, offset, expected, octets[offset], Clause);
        return false;
    }

    private ulong Name(int offset) => BinaryPrimitives.ReadUInt64BigEndian(_octets.AsSpan(offset, NameOctets));
}
