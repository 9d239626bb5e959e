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
