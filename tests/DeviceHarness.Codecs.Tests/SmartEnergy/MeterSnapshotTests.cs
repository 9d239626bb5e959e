using DeviceHarness.Codecs.SmartEnergy;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.SmartEnergy;

public sealed class MeterSnapshotTests
{
    private const string Summation = "87D612000000";
    private const string Bill = "0000000000000000000000000000000000";
    private const string Two = "02" + "010000000000" + "FFFFFFFFFFFF";
    private const string Blocks = "11" + "030000000000" + "040000000000";

    /// <summary>Type 6 with four rates and four blocks has the 56 octets that the DCC's public test messages of SRV 4.6.1 show by their
    /// lengths (a plaintext of 72 octets, 16 of them in front of the payload).</summary>
    [Fact]
    public void Four_rates_and_four_blocks_are_56_octets()
    {
        string payload = Summation + "04" + string.Concat(Enumerable.Repeat("010000000000", 4)) + "14"
            + string.Concat(Enumerable.Repeat("020000000000", 4));

        bool isRead = MeterSnapshot.TryRead(6, Convert.FromHexString(payload), out MeterSnapshot? snapshot);

        (isRead, payload.Length / 2).Should().Be((true, 56));
        snapshot.Should().BeEquivalentTo(new MeterSnapshot(1_234_567, [1, 1, 1, 1], [2, 2, 2, 2]));
    }

    [Theory]
    [InlineData(0, Summation + Bill + Two, 0)]
    [InlineData(2, Summation + Bill + Two + Blocks, 2)]
    [InlineData(4, Summation + Two, 0)]
    [InlineData(6, Summation + Two + Blocks, 2)]
    public void Each_type_of_what_was_delivered_is_read_and_nothing_but_whole(byte type, string payload, int blocks)
    {
        byte[] octets = Convert.FromHexString(payload);

        bool isRead = MeterSnapshot.TryRead(type, octets, out MeterSnapshot? snapshot);

        isRead.Should().BeTrue();
        (snapshot!.Summation, snapshot.Rates.Count, snapshot.Rates[0], snapshot.Rates[1], snapshot.Blocks.Count)
            .Should().Be((1_234_567, 2, 1, null, blocks));
        MeterSnapshot.TryRead(type, [.. octets, 0], out _).Should().BeFalse("an octet is left");
        for (int length = 0; length < octets.Length; length++)
        {
            bool isWhole = blocks > 0 && length > octets.Length - (6 * blocks) - 1 && (octets.Length - length) % 6 == 0;
            MeterSnapshot.TryRead(type, octets.AsSpan(0, length), out _).Should().Be(isWhole, $"of {length} octets");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(MeterSnapshot.Unavailable)]
    public void Another_type_is_not_read(byte type) =>
        MeterSnapshot.TryRead(type, Convert.FromHexString(Summation + Two), out _).Should().BeFalse();

    [Fact]
    public void Whatever_the_octets_are_it_is_read_or_not_and_nothing_is_thrown()
    {
        Random random = new(20261123);
        int read = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] octets = new byte[random.Next(64)];
            random.NextBytes(octets);

            if (MeterSnapshot.TryRead((byte)random.Next(9), octets, out MeterSnapshot? snapshot))
            {
                read++;
                (snapshot.Rates.Count + snapshot.Blocks.Count).Should().BeLessThan(octets.Length);
            }
        }

        read.Should().BeLessThan(2000);
    }
}
