using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Axdr;

public sealed class DlmsDataTests : FramingContract<DlmsData>
{
    protected override IReadOnlyList<byte[]> Examples { get; } =
    [
        "00".Octets(),
        "02020FFE161E".Octets(),
        "0A0E4B616D73747275705F5630303031".Octets(),
        "0402C0".Octets(),
        "17A3D70A3D".Octets(),
        "1A07E80B15FF".Octets(),
        "1302021206 0C 0001 00000002 0003 00000004".Octets(),
        "13 01 0002 11 04 01020304".Octets(),
    ];

    protected override bool HasChecksum => false;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out DlmsData? message, out int consumedOctets) =>
        DlmsDataCodec.Decode(source, out message, out consumedOctets, out _);

    protected override OperationStatus Encode(DlmsData message, Span<byte> target, out int writtenOctets) =>
        DlmsDataCodec.Encode(message, target, out writtenOctets);

    protected override DlmsData CreateRandom(Random random) => Create(random, 0);

    [Fact]
    public void A_compact_array_gives_its_items_with_their_types()
    {
        Decode(Examples[6], out DlmsData? structures, out _);
        Decode(Examples[7], out DlmsData? arrays, out _);

        structures!.Items.Should().Equal(
            DlmsData.Structure(DlmsData.LongUnsigned(1), DlmsData.DoubleLongUnsigned(2)),
            DlmsData.Structure(DlmsData.LongUnsigned(3), DlmsData.DoubleLongUnsigned(4)));
        arrays!.Items.Should().Equal(
            DlmsData.Array(DlmsData.Unsigned(1), DlmsData.Unsigned(2)), DlmsData.Array(DlmsData.Unsigned(3), DlmsData.Unsigned(4)));
    }

    [Theory]
    [InlineData("130002 0000", CodecFaultKind.BadLength)]
    [InlineData("131203000100", CodecFaultKind.BadLength)]
    [InlineData("13130100", CodecFaultKind.UnknownTag)]
    [InlineData("1301FFFF01FFFF000100", CodecFaultKind.LimitExceeded)]
    public void A_compact_array_that_lies_is_a_fault(string hex, CodecFaultKind kind)
    {
        DlmsDataCodec.Decode(hex.Octets(), out DlmsData data, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);

        fault.Kind.Should().Be(kind);
        data.Should().Be(DlmsData.Null);
    }

    [Theory]
    [InlineData(DlmsDataCodec.MaximumValues - 1, OperationStatus.Done)]
    [InlineData(DlmsDataCodec.MaximumValues, OperationStatus.InvalidData)]
    public void The_number_of_values_is_bounded(int items, OperationStatus expected)
    {
        byte[] target = new byte[items + 8];
        AxdrWriter writer = new(target);
        writer.WriteArray(items);
        for (int index = 0; index < items; index++)
        {
            writer.WriteNull();
        }

        DlmsDataCodec.Decode(target.AsSpan(0, writer.WrittenOctets), out DlmsData data, out _, out CodecFault fault)
            .Should().Be(expected, fault.ToString());

        data.Items.Count.Should().Be(expected == OperationStatus.Done ? items : 0);
    }

    [Fact]
    public void Numbers_come_out_exact_and_signed()
    {
        Number(DlmsData.Integer(-2)).Should().Be(-2);
        Number(DlmsData.Long(-300)).Should().Be(-300);
        Number(DlmsData.DoubleLong(int.MinValue)).Should().Be(int.MinValue);
        Number(DlmsData.Long64(long.MinValue)).Should().Be(long.MinValue);
        Number(DlmsData.Long64Unsigned(ulong.MaxValue)).Should().Be(ulong.MaxValue);
        Number(DlmsData.Float64(0.5)).Should().Be(0.5m);
        DlmsData.Long64Unsigned(ulong.MaxValue).TryGetInt64(out _).Should().BeFalse();
        DlmsData.Float32(float.NaN).TryGetDecimal(out _).Should().BeFalse();
        DlmsData.OctetString([1]).TryGetDecimal(out _).Should().BeFalse();
    }

    [Fact]
    public void Text_is_given_only_where_there_is_text()
    {
        DlmsData.VisibleString("abc").Text.Should().Be("abc");
        DlmsData.Utf8String("£5").Text.Should().Be("£5");
        DlmsData.OctetString("KFM"u8).Text.Should().Be("KFM");
        DlmsData.OctetString([0x00, 0x41]).Text.Should().BeNull();
        DlmsDataCodec.Decode("0C02C328".Octets(), out DlmsData broken, out _, out _).Should().Be(OperationStatus.Done);
        broken.Text.Should().BeNull();
        ((Action)(() => DlmsData.VisibleString("£"))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Every_type_shows_its_standard_name_and_its_value()
    {
        (DlmsData Value, string Text)[] expected =
        [
            (DlmsData.Null, "null-data"),
            (DlmsData.Boolean(true), "boolean 1"),
            (DlmsData.BitString([0xA0], 3), "bit-string 101"),
            (DlmsData.DoubleLong(-5), "double-long -5"),
            (DlmsData.DoubleLongUnsigned(5009), "double-long-unsigned 5009"),
            (DlmsData.OctetString("KFM"u8), "octet-string 4B464D \"KFM\""),
            (DlmsData.OctetString([0x00]), "octet-string 00"),
            (DlmsData.VisibleString("a"), "visible-string 61 \"a\""),
            (DlmsData.Utf8String("£"), "utf8-string C2A3 \"£\""),
            (DlmsData.Bcd(0x12), "bcd 18"),
            (DlmsData.Long64Unsigned(ulong.MaxValue), "long64-unsigned 18446744073709551615"),
            (DlmsData.Float32(0.1f), "float32 0.1"),
            (DlmsData.Float64(0.1), "float64 0.1"),
            (DlmsData.Moment(DlmsDataType.Date, [0x07, 0xE8, 0x0B, 0x15, 0xFF]), "date 07E80B15FF"),
            (DlmsData.Moment(DlmsDataType.Time, [0x08, 0x1E, 0x0F, 0x17]), "time 081E0F17"),
            (DlmsData.Array(DlmsData.Unsigned(1)), "array{unsigned 1}"),
            (DlmsData.Structure(DlmsData.Integer(0), DlmsData.Enum(30)), "structure{integer 0, enum 30}"),
        ];

        expected.Select(pair => pair.Value.ToString()).Should().Equal(expected.Select(pair => pair.Text));
        ((DlmsDataType)0x77).StandardName().Should().Be("type 77");
    }

    [Fact]
    public void Values_are_equal_by_type_and_content()
    {
        DlmsData one = DlmsData.Structure(DlmsData.BitString([0xA0], 3), DlmsData.Unsigned(7));

        one.Should().Be(DlmsData.Structure(DlmsData.BitString([0xA0], 3), DlmsData.Unsigned(7)));
        one.GetHashCode().Should().Be(DlmsData.Structure(DlmsData.BitString([0xA0], 3), DlmsData.Unsigned(7)).GetHashCode());
        one.Should().NotBe(DlmsData.Structure(DlmsData.BitString([0xA0], 4), DlmsData.Unsigned(7)), "another number of bits");
        one.Should().NotBe(DlmsData.Array(DlmsData.BitString([0xA0], 3), DlmsData.Unsigned(7)), "another type");
        one.Should().NotBe(DlmsData.Structure(DlmsData.BitString([0xA0], 3), DlmsData.Unsigned(8)), "another item");
        one.Equals((object)"text").Should().BeFalse();
    }

    [Fact]
    public void What_no_type_can_hold_is_refused_when_it_is_made()
    {
        Action bits = () => DlmsData.BitString([0xA0], 9);
        Action negative = () => DlmsData.BitString([], -1);
        Action moment = () => DlmsData.Moment(DlmsDataType.Date, new byte[4]);
        Action kind = () => DlmsData.Moment(DlmsDataType.OctetString, new byte[12]);

        bits.Should().Throw<ArgumentException>();
        negative.Should().Throw<ArgumentException>();
        moment.Should().Throw<ArgumentException>();
        kind.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void What_no_type_can_hold_stops_the_writer()
    {
        OperationStatus[] refused =
        [
            Written((ref AxdrWriter writer) => writer.WriteLength(-1)),
            Written((ref AxdrWriter writer) => writer.WriteLength(AxdrReader.MaximumLength + 1)),
            Written((ref AxdrWriter writer) => writer.WriteBitString([0xA0], 9)),
            Written((ref AxdrWriter writer) => writer.WriteBitString([], -1)),
            Written((ref AxdrWriter writer) => writer.WriteMoment(DlmsDataType.Time, new byte[5])),
            Written((ref AxdrWriter writer) => writer.WriteMoment(DlmsDataType.OctetString, new byte[12])),
        ];

        refused.Should().OnlyContain(status => status == OperationStatus.InvalidData);
        Written((ref AxdrWriter writer) => writer.WriteUInt64(1)).Should().Be(OperationStatus.DestinationTooSmall);
        Written((ref AxdrWriter writer) => writer.WriteUtf8String("longer than it")).Should().Be(OperationStatus.DestinationTooSmall);
    }

    [Theory]
    [InlineData("13 02", OperationStatus.NeedMoreData)]
    [InlineData("13 02 02 01 00", OperationStatus.NeedMoreData)]
    [InlineData("13 01 00", OperationStatus.NeedMoreData)]
    [InlineData("13 02 01 02 01 11 00", OperationStatus.Done)]
    [InlineData("13 01 0001 02 01 11 02 0506", OperationStatus.Done)]
    public void A_type_description_is_read_as_deep_as_it_goes(string hex, OperationStatus expected)
    {
        OperationStatus status = DlmsDataCodec.Decode(hex.Octets(), out DlmsData data, out _, out CodecFault fault);

        status.Should().Be(expected, fault.ToString());
        (data == DlmsData.Null).Should().Be(expected != OperationStatus.Done);
    }

    private delegate void Writing(ref AxdrWriter writer);

    private static OperationStatus Written(Writing writing)
    {
        AxdrWriter writer = new(new byte[6]);
        writing(ref writer);
        return writer.Complete(out _);
    }

    private static decimal Number(DlmsData data)
    {
        data.TryGetDecimal(out decimal value).Should().BeTrue();
        return value;
    }

    private static DlmsData Create(Random random, int depth)
    {
        byte[] octets = new byte[random.Next(40)];
        random.NextBytes(octets);
        DlmsData[] Items() => [.. Enumerable.Range(0, random.Next(5)).Select(_ => Create(random, depth + 1))];
        return random.Next(depth < 4 ? 22 : 20) switch
        {
            0 => DlmsData.Null,
            1 => DlmsData.Boolean(random.Next(2) == 0),
            2 => DlmsData.BitString(octets, octets.Length * 8),
            3 => DlmsData.DoubleLong(random.Next(int.MinValue, int.MaxValue)),
            4 => DlmsData.DoubleLongUnsigned((uint)random.NextInt64(uint.MaxValue)),
            5 => DlmsData.OctetString(octets),
            6 => DlmsData.VisibleString("ESME-" + random.Next()),
            7 => DlmsData.Utf8String("£" + random.Next()),
            8 => DlmsData.Bcd((byte)random.Next(256)),
            9 => DlmsData.Integer((sbyte)random.Next(-128, 128)),
            10 => DlmsData.Long((short)random.Next(short.MinValue, short.MaxValue)),
            11 => DlmsData.Unsigned((byte)random.Next(256)),
            12 => DlmsData.LongUnsigned((ushort)random.Next(65536)),
            13 => DlmsData.Long64(random.NextInt64(long.MinValue, long.MaxValue)),
            14 => DlmsData.Long64Unsigned((ulong)random.NextInt64()),
            15 => DlmsData.Enum((byte)random.Next(256)),
            16 => DlmsData.Float32(random.NextSingle()),
            17 => DlmsData.Float64(random.NextDouble()),
            18 => DlmsData.Moment(DlmsDataType.DateTime, new byte[12]),
            19 => DlmsData.Moment(DlmsDataType.Time, new byte[4]),
            20 => DlmsData.Array(Items()),
            _ => DlmsData.Structure(Items()),
        };
    }
}
