using DeviceHarness.Codecs.Crc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Crc;

public sealed class Crc16X25Tests
{
    [Fact]
    public void The_check_value_of_the_nine_digits_is_the_published_one() =>
        Crc16X25.Compute("313233343536373839".Octets()).Should().Be(0x906E);

    [Fact]
    public void Pieces_of_any_size_and_bit_by_bit_give_the_same()
    {
        Random random = new(11);
        byte[] octets = new byte[100];
        random.NextBytes(octets);
        for (int length = 0; length <= octets.Length; length++)
        {
            ReadOnlySpan<byte> part = octets.AsSpan(0, length);
            Crc16X25 pieces = default;
            int split = random.Next(length + 1);

            pieces.Append(part[..split]);
            pieces.Append(part[split..]);

            pieces.Value.Should().Be(BitByBit(part));
            Crc16X25.Compute(part).Should().Be(BitByBit(part));
        }
    }

    [Fact]
    public void Data_followed_by_its_checksum_leaves_the_good_residue()
    {
        Crc16X25 crc = default;

        crc.Append("033F5BEC".Octets());

        crc.Residue.Should().Be(Crc16X25.GoodResidue);
    }

    private static ushort BitByBit(ReadOnlySpan<byte> octets)
    {
        int register = 0xFFFF;
        foreach (byte octet in octets)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool isSet = ((register ^ (octet >> bit)) & 1) != 0;
                register = isSet ? (register >> 1) ^ 0x8408 : register >> 1;
            }
        }

        return (ushort)(register ^ 0xFFFF);
    }
}
