using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class AesMmoTests
{
    public static TheoryData<string> Names { get; } =
        [.. Vectors().Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_digest_is_reproduced(string name)
    {
        TestVector vector = Vectors().Single(candidate => candidate.Name == name);
        // The one message that is too long to be written out is described instead.
        byte[] message = vector.Fields.TryGetProperty("message", out _)
            ? [.. Enumerable.Range(0, 8191).Select(index => (byte)index)]
            : vector.Octets;
        byte[] digest = new byte[AesMmo.DigestOctets];

        AesMmo.Hash(message, digest);

        digest.ShouldBeHex(vector.Fields.GetProperty("digest").GetString()!);
    }

    [Fact]
    public void A_message_of_8_KiB_or_more_uses_the_long_length_form()
    {
        byte[] digest = new byte[AesMmo.DigestOctets];

        AesMmo.Hash(new byte[8192], digest);

        // By an implementation of our own in another language, which reproduces the published digests too.
        digest.ShouldBeHex("1138AD01DC3E78034450BDF9E5A507A2");
    }

    [Fact]
    public void A_target_that_is_too_short_is_refused()
    {
        Action act = () => AesMmo.Hash([1], new byte[15]);

        act.Should().Throw<ArgumentException>();
    }

    private static IEnumerable<TestVector> Vectors() =>
        TestVector.Load("zigbee/aes-mmo-vectors.json").Where(vector => vector.Fields.GetProperty("op").GetString() == "hash");
}
