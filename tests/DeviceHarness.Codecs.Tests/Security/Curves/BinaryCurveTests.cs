using System.Numerics;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Curves;

public sealed class BinaryCurveTests
{
    private const int Seed = 20_261_123;

    public static TheoryData<string> Names { get; } = ["sect163k1", "sect283k1"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_generator_is_a_point_of_the_group_and_survives_compression(string name)
    {
        BinaryCurve curve = Named(name);

        bool isPoint = curve.TryDecompress(curve.Generator.ToCompressed(), out CurvePoint? point, out CodecFault fault);

        isPoint.Should().BeTrue(fault.ToString());
        point.Should().Be(curve.Generator);
        curve.Generator.IsInPrimeGroup().Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_multiple_is_that_by_the_affine_formulas_of_a_textbook(string name)
    {
        BinaryCurve curve = Named(name);
        BinaryCurveByTheBook book = BinaryCurveByTheBook.Of(curve);
        Random random = new(Seed);
        byte[] scalar = new byte[curve.ScalarOctets];

        foreach (BigInteger number in (BigInteger[])
            [1, 2, 3, 4, 5, random.NextInt64(1L << 48)])
        {
            scalar.AsSpan().Clear();
            byte[] octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
            octets.CopyTo(scalar, scalar.Length - octets.Length);
            CurvePrivateKey.TryCreate(curve, scalar, out CurvePrivateKey? key).Should().BeTrue();

            byte[] compressed = key!.PublicPoint().ToCompressed();

            compressed.ShouldBeHex(Convert.ToHexString(book.Compressed(book.Multiply(number))), $"{number} times the generator");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_less_one_gives_the_negative_of_the_generator(string name)
    {
        BinaryCurve curve = Named(name);
        byte[] octets = (BinaryCurveByTheBook.Of(curve).Order - 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] negative = curve.Generator.ToCompressed();
        negative[0] ^= 1;

        CurvePrivateKey.TryCreate(curve, octets, out CurvePrivateKey? key).Should().BeTrue();

        key!.PublicPoint().ToCompressed().ShouldBeHex(Convert.ToHexString(negative));
        curve.Add(key.PublicPoint(), curve.Generator).IsInfinity.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Private_keys_are_from_one_to_the_order_less_one(string name)
    {
        BinaryCurve curve = Named(name);
        BigInteger order = BinaryCurveByTheBook.Of(curve).Order;
        byte[] octets = order.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] padded = new byte[curve.ScalarOctets];
        octets.CopyTo(padded, padded.Length - octets.Length);
        byte[] less = (byte[])padded.Clone();
        less[^1]--;

        CurvePrivateKey.TryCreate(curve, less, out _).Should().BeTrue();
        CurvePrivateKey.TryCreate(curve, padded, out _).Should().BeFalse();
        CurvePrivateKey.TryCreate(curve, new byte[curve.ScalarOctets], out _).Should().BeFalse();
        CurvePrivateKey.TryCreate(curve, Enumerable.Repeat((byte)0xFF, curve.ScalarOctets).ToArray(), out _).Should().BeFalse();
        CurvePrivateKey.TryCreate(curve, less.AsSpan(1), out _).Should().BeFalse();
        CurvePrivateKey.TryCreateReduced(curve, padded, out _).Should().BeFalse("the order is no key");
        CurvePrivateKey.TryCreateReduced(curve, less.AsSpan(1), out _).Should().BeFalse();
        padded[^1]++;
        CurvePrivateKey.TryCreateReduced(curve, padded, out CurvePrivateKey? one).Should().BeTrue();
        one!.PublicPoint().Should().Be(curve.Generator);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void About_half_of_all_x_have_a_point_and_each_such_point_is_sent_as_it_came(string name)
    {
        BinaryCurve curve = Named(name);
        BinaryCurveByTheBook book = BinaryCurveByTheBook.Of(curve);
        Random random = new(Seed);
        int points = 0;
        int outsideOfGroup = 0;
        const int draws = 24;
        for (int draw = 0; draw < draws; draw++)
        {
            byte[] octets = new byte[curve.CompressedOctets];
            random.NextBytes(octets);
            octets[0] = (byte)(2 + (draw & 1));
            octets[1] &= 0x03;
            if (!curve.TryDecompress(octets, out CurvePoint? point, out CodecFault fault))
            {
                fault.Should().BeEquivalentTo(new { Kind = CodecFaultKind.UnexpectedValue, Offset = 1 });
                continue;
            }

            points++;
            outsideOfGroup += point.IsInPrimeGroup() ? 0 : 1;
            point.ToCompressed().ShouldBeHex(Convert.ToHexString(octets));
            book.IsOnCurve(octets.AsSpan(1), point).Should().BeTrue();
        }

        points.Should().BeInRange(5, 19);
        outsideOfGroup.Should().BePositive("the cofactor is above one");
    }

    [Fact]
    public void What_is_no_compressed_point_is_refused()
    {
        BinaryCurve curve = BinaryCurve.Sect163k1;
        byte[] tooLarge = new byte[22];
        tooLarge[0] = 2;
        tooLarge[1] = 0x08;
        byte[] orderTwo = new byte[22];
        orderTwo[0] = 2;
        byte[] uncompressed = curve.Generator.ToCompressed();
        uncompressed[0] = 4;

        Refusal(curve, tooLarge).Should().Be((CodecFaultKind.UnexpectedValue, 1));
        Refusal(curve, orderTwo).Should().Be((CodecFaultKind.UnexpectedValue, 1));
        Refusal(curve, uncompressed).Should().Be((CodecFaultKind.UnexpectedValue, 0));
        Refusal(curve, new byte[21]).Should().Be((CodecFaultKind.BadLength, 21));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sum_with_itself_is_the_double_and_with_infinity_the_point(string name)
    {
        BinaryCurve curve = Named(name);
        CurvePoint generator = curve.Generator;
        CurvePoint infinity = curve.MultiplyByOrder(generator);

        curve.Add(generator, generator).Should().Be(curve.Multiply(FieldElement.Small(2), generator));
        curve.Add(curve.Add(generator, generator), generator).Should().Be(curve.Multiply(FieldElement.Small(3), generator));
        curve.Add(generator, infinity).Should().Be(generator);
        curve.Add(infinity, generator).Should().Be(generator);
        curve.Double(infinity).IsInfinity.Should().BeTrue();
        curve.Multiply(FieldElement.Small(5), infinity).IsInfinity.Should().BeTrue();
        curve.Multiply(FieldElement.Small(0), generator).IsInfinity.Should().BeTrue();
    }

    [Fact]
    public void Infinity_cannot_be_sent_and_is_in_no_group_of_keys()
    {
        CurvePoint infinity = BinaryCurve.Sect163k1.MultiplyByOrder(BinaryCurve.Sect163k1.Generator);

        Action act = () => infinity.ToCompressed();

        act.Should().Throw<InvalidOperationException>();
        infinity.IsInPrimeGroup().Should().BeFalse();
        infinity.ToString().Should().Be("sect163k1 infinity");
    }

    [Fact]
    public void A_private_key_shows_nothing_and_is_erased()
    {
        CurvePrivateKey key = CurvePrivateKey.Generate(BinaryCurve.Sect163k1, SeededOctets.Of(Seed));

        key.ToString().Should().Be("private key of sect163k1, not shown");
        key.Dispose();
        Action act = () => key.PublicPoint();

        act.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_source_that_never_gives_a_key_is_told_of()
    {
        Action act = () => CurvePrivateKey.Generate(BinaryCurve.Sect163k1, target => target.Fill(0xFF));

        act.Should().Throw<InvalidOperationException>().WithMessage("*random source*");
    }

    internal static BinaryCurve Named(string name) => name == "sect163k1" ? BinaryCurve.Sect163k1 : BinaryCurve.Sect283k1;

    private static (CodecFaultKind Kind, int Offset) Refusal(BinaryCurve curve, byte[] octets)
    {
        curve.TryDecompress(octets, out CurvePoint? point, out CodecFault fault).Should().BeFalse();
        point.Should().BeNull();
        return (fault.Kind, fault.Offset);
    }
}
