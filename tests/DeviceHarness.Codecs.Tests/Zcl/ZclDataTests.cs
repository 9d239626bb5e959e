using System.Buffers;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Zcl;

public sealed class ZclDataTests
{
    public static TheoryData<byte, string, string> Values { get; } = new()
    {
        { 0x00, "", "no data" },
        { 0x0B, "78563412", "data32 12345678" },
        { 0x10, "01", "boolean 1" },
        { 0x10, "FF", "boolean invalid" },
        { 0x18, "0A", "bitmap8 0A" },
        { 0x1D, "0100000000FF", "bitmap48 FF0000000001" },
        { 0x20, "FE", "uint8 254" },
        { 0x20, "FF", "uint8 invalid" },
        { 0x22, "010203", "uint24 197121" },
        { 0x24, "0000000080", "uint40 549755813888" },
        { 0x25, "15CD5B070000", "uint48 123456789" },
        { 0x26, "01000000000080", "uint56 36028797018963969" },
        { 0x27, "FEFFFFFFFFFFFFFF", "uint64 18446744073709551614" },
        { 0x28, "81", "int8 -127" },
        { 0x28, "80", "int8 invalid" },
        { 0x2A, "FFFFFF", "int24 -1" },
        { 0x2A, "000080", "int24 invalid" },
        { 0x2C, "00000000FF", "int40 -4294967296" },
        { 0x2E, "FFFFFFFFFFFF7F", "int56 36028797018963967" },
        { 0x2F, "0100000000000080", "int64 -9223372036854775807" },
        { 0x30, "02", "enum8 2" },
        { 0x31, "FFFF", "enum16 invalid" },
        { 0x38, "003C", "semi 1" },
        { 0x38, "007E", "semi invalid" },
        { 0x39, "0000C03F", "single 1.5" },
        { 0x3A, "000000000000F83F", "double 1.5" },
        { 0x41, "020102", "octstr 0102" },
        { 0x41, "FF", "octstr invalid" },
        { 0x42, "0441434D45", "string 41434D45 \"ACME\"" },
        { 0x43, "020001FF", "octstr16 01FF" },
        { 0x44, "FFFF", "string16 invalid" },
        { 0x48, "2002000508", "array {uint8 5, uint8 8}" },
        { 0x48, "4101000141", "array {octstr 41 \"A\"}" },
        { 0x4C, "020020071001", "struct {uint8 7, boolean 1}" },
        { 0x50, "20FFFF", "set invalid" },
        { 0xE0, "081E0FFF", "ToD 08:30:15.**" },
        { 0xE1, "7E0B1701", "date 2026-11-23 Mon" },
        { 0xE1, "FF0C19FF", "date ****-12-25" },
        { 0xE2, "008A9B2E", "UTC 2024-10-11 07:02:24Z" },
        { 0xE2, "FFFFFFFF", "UTC invalid" },
        { 0xE8, "0207", "clusterId 0702" },
        { 0xF0, "332211602BD5B370", "EUI64 70B3D52B60112233" },
        { 0xF1, "000102030405060708090A0B0C0D0E0F", "key128 000102030405060708090A0B0C0D0E0F" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_of_every_type_is_read_shown_and_written_again(byte type, string hex, string text)
    {
        byte[] octets = [type, .. hex.Octets()];
        ZclReader reader = new(octets);
        byte[] again = new byte[octets.Length];
        ZclWriter writer = new(again);

        bool isRead = reader.TryReadTypedValue(out ZclValue value);
        writer.WriteTypedValue(value.ToData().View);

        (isRead, reader.RemainingOctets).Should().Be((true, 0));
        value.ToData().ToString().Should().Be(text);
        value.IsInvalid.Should().Be(text.EndsWith("invalid", StringComparison.Ordinal));
        (writer.Status, writer.WrittenOctets).Should().Be((OperationStatus.Done, octets.Length));
        again.ShouldBeHex(Convert.ToHexString(octets));
        for (int length = 0; length < octets.Length; length++)
        {
            ZclReader cut = new(octets.AsSpan(0, length));
            cut.TryReadTypedValue(out _).Should().BeFalse();
            (cut.Status, cut.Fault.Kind).Should().Be((OperationStatus.NeedMoreData, CodecFaultKind.Truncated));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Every_width_holds_its_extremes_and_refuses_what_is_beyond(int octets)
    {
        ZclDataType unsigned = ZclDataType.Unsigned8 + (byte)(octets - 1);
        ZclDataType signed = ZclDataType.Signed8 + (byte)(octets - 1);
        ulong largest = ulong.MaxValue >> (64 - (8 * octets));
        long most = long.MaxValue >> (64 - (8 * octets));

        ZclData.Unsigned(unsigned, largest - 1).View.TryGetUInt64(out ulong number).Should().BeTrue();
        ZclData.Signed(signed, most).View.TryGetInt64(out long high).Should().BeTrue();
        ZclData.Signed(signed, -most).View.TryGetInt64(out long low).Should().BeTrue();

        (number, high, low).Should().Be((largest - 1, most, -most));
        ZclData.Unsigned(unsigned, largest).Should().Be(ZclData.Invalid(unsigned));
        ZclData.Signed(signed, -most - 1).Should().Be(ZclData.Invalid(signed));
        if (octets < 8)
        {
            FluentActions.Invoking(() => ZclData.Unsigned(unsigned, largest + 1)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => ZclData.Signed(signed, most + 1)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void Collections_are_built_item_by_item()
    {
        ZclData array = ZclData.Collection(
            ZclDataType.Array, ZclDataType.OctetString, ZclData.OctetString([1]), ZclData.OctetString([2, 3]));
        ZclData structure = ZclData.Structure(array, ZclData.Boolean(true), ZclData.Float(ZclDataType.SinglePrecision, 0.5));

        structure.Items.Should().Equal(array, ZclData.Boolean(true), ZclData.Float(ZclDataType.SinglePrecision, 0.5));
        structure.Items[0].Items[1].Octets.ToArray().Should().Equal(2, 3);
        structure.ToString().Should().Be("struct {array {octstr 01, octstr 0203}, boolean 1, single 0.5}");
        FluentActions.Invoking(() => ZclData.Collection(ZclDataType.Array, ZclDataType.Boolean, ZclData.Unsigned(ZclDataType.Enum8, 1)))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ZclData.Collection(ZclDataType.OctetString, ZclDataType.Boolean))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("FE00", CodecFaultKind.UnknownTag)]
    [InlineData("48FE0100", CodecFaultKind.UnknownTag)]
    [InlineData("48000100", CodecFaultKind.UnknownTag)]
    [InlineData("4C0100FE", CodecFaultKind.UnknownTag)]
    [InlineData("4C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C01004C0000",
        CodecFaultKind.LimitExceeded)]
    public void What_is_no_value_is_told(string hex, CodecFaultKind kind)
    {
        ZclReader reader = new(hex.Octets());

        reader.TryReadTypedValue(out _).Should().BeFalse();

        reader.Complete(out int consumed, out CodecFault fault).Should().Be(OperationStatus.InvalidData);
        (consumed, fault.Kind).Should().Be((0, kind));
        reader.TryReadOctet(out _).Should().BeFalse("nothing is read behind a fault");
    }

    [Fact]
    public void Moments_count_from_the_year_2000_and_all_ones_are_none()
    {
        DateTimeOffset moment = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

        ZclTime.ToMoment(ZclTime.FromMoment(moment)).Should().Be(moment);
        (ZclTime.FromMoment(moment) + 946_684_800L).Should().Be(moment.ToUnixTimeSeconds());
        ZclTime.ToMoment(ZclTime.Invalid).Should().BeNull();
        ZclTime.FromMoment(ZclTime.Epoch.AddSeconds(-1)).Should().Be(ZclTime.Invalid);
    }
}
