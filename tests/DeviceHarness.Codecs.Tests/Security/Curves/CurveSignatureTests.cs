using System.Security.Cryptography;
using DeviceHarness.Codecs.Security.Curves;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Curves;

public sealed class CurveSignatureTests
{
    private const int Seed = 20_261_123;

    private static readonly byte[] Digest = [.. Enumerable.Range(0xA0, 16).Select(octet => (byte)octet)];

    public static TheoryData<string> Names { get; } = BinaryCurveTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_verifies_and_no_changed_one_does(string name)
    {
        BinaryCurve curve = BinaryCurveTests.Named(name);
        using CurvePrivateKey key = CurvePrivateKey.Generate(curve, SeededOctets.Of(Seed));
        CurvePoint point = key.PublicPoint();
        byte[] signature = CurveSignature.Sign(key, Digest, SeededOctets.Of(Seed + 1));
        byte[] otherDigest = [.. Digest[..15], 0];
        byte[] changed = [.. signature];
        changed[^1] ^= 1;

        CurveSignature.Verify(point, Digest, signature).Should().BeTrue();
        CurveSignature.Verify(point, otherDigest, signature).Should().BeFalse();
        CurveSignature.Verify(point, Digest, changed).Should().BeFalse();
        CurveSignature.Verify(point, Digest, signature.AsSpan(1)).Should().BeFalse();
        CurveSignature.Verify(point, Digest.AsSpan(1), signature).Should().BeFalse();
        CurveSignature.Verify(point, Digest, new byte[signature.Length]).Should().BeFalse();
        CurveSignature.Verify(point, Digest, [.. signature[..curve.ScalarOctets], .. new byte[curve.ScalarOctets]]).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_platforms_library_takes_our_signatures_and_we_take_its(string name)
    {
        BinaryCurve curve = BinaryCurveTests.Named(name);
        using CurvePrivateKey key = CurvePrivateKey.Generate(curve, SeededOctets.Of(Seed));
        CurvePoint point = key.PublicPoint();
        if (PlatformKey(key, point, name) is not { } platform)
        {
            // A distribution without binary curves: BinaryCurveByTheBook is the second opinion there.
            return;
        }

        using (platform)
        {
            byte[] ours = CurveSignature.Sign(key, Digest, SeededOctets.Of(Seed + 1));
            byte[] theirs = platform.SignHash(Digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

            // The platform makes both halves as long as a coordinate, which for these curves is as long as a private key.
            platform.VerifyHash(Digest, ours, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).Should().BeTrue();
            CurveSignature.Verify(point, Digest, theirs).Should().BeTrue();
        }
    }

    [Fact]
    public void A_digest_of_another_length_is_not_signed()
    {
        using CurvePrivateKey key = CurvePrivateKey.Generate(BinaryCurve.Sect163k1, SeededOctets.Of(Seed));

        Action act = () => CurveSignature.Sign(key, new byte[20], SeededOctets.Of(Seed));

        act.Should().Throw<ArgumentException>();
    }

    private static ECDsa? PlatformKey(CurvePrivateKey key, CurvePoint point, string name)
    {
        byte[] x = new byte[key.Curve.FieldOctets];
        byte[] y = new byte[key.Curve.FieldOctets];
        point.X.Write(x);
        point.Y.Write(y);
        ECDsa platform = ECDsa.Create();
        try
        {
            platform.ImportParameters(new ECParameters
            {
                Curve = ECCurve.CreateFromValue(name == "sect163k1" ? "1.3.132.0.1" : "1.3.132.0.16"),
                D = key.Reveal().ToArray(),
                Q = new ECPoint { X = x, Y = y },
            });
            return platform;
        }
        catch (PlatformNotSupportedException)
        {
            platform.Dispose();
            return null;
        }
    }
}
