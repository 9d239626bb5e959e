using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Mmo;

public sealed class HmacMmoTests
{
    private static readonly byte[] Key = "404142434445464748494A4B4C4D4E4F".Octets();

    public static TheoryData<string> Names { get; } = [.. Vectors().Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_mac_is_reproduced(string name)
    {
        TestVector vector = Vectors().Single(candidate => candidate.Name == name);
        byte[] mac = new byte[HmacMmo.MacOctets];

        HmacMmo.Compute(vector.Fields.Text("key").Octets(), vector.Octets, mac);

        mac.ShouldBeHex(vector.Fields.Text("mac"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(496)]
    [InlineData(497)]
    public void A_mac_of_any_length_verifies_and_none_that_differs_in_a_bit(int octets)
    {
        byte[] message = new byte[octets];
        byte[] mac = new byte[HmacMmo.MacOctets];
        HmacMmo.Compute(Key, message, mac);

        bool right = HmacMmo.Verify(Key, message, mac);
        mac[15] ^= 1;
        bool wrong = HmacMmo.Verify(Key, message, mac);
        bool shorter = HmacMmo.Verify(Key, message, mac.AsSpan(0, 15));

        right.Should().BeTrue();
        wrong.Should().BeFalse();
        shorter.Should().BeFalse();
    }

    [Fact]
    public void Other_lengths_of_key_and_target_are_refused()
    {
        Action shortKey = () => HmacMmo.Compute(new byte[15], [], new byte[16]);
        Action shortTarget = () => HmacMmo.Compute(Key, [], new byte[15]);

        shortKey.Should().Throw<ArgumentException>().WithMessage("*16 octets, not 15*");
        shortTarget.Should().Throw<ArgumentException>();
    }

    private static IEnumerable<TestVector> Vectors() =>
        TestVector.Load("zigbee/aes-mmo-vectors.json").Concat(TestVector.Load("zigbee/cbke-vectors.json"))
            .Where(vector => vector.Fields.Text("op") == "hmac");
}
