using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Mmo;

public sealed class LinkKeyDerivationTests
{
    private static readonly CipherKey DefaultKey = CipherKey.Create("5A6967426565416C6C69616E63653039".Octets());

    [Fact]
    public void The_default_link_key_gives_the_known_keys()
    {
        byte[] hash = new byte[16];

        CipherKey transport = LinkKeyDerivation.KeyTransport(DefaultKey);
        CipherKey load = LinkKeyDerivation.KeyLoad(DefaultKey);
        LinkKeyDerivation.VerifyHash(DefaultKey, hash);

        transport.Reveal().ShouldBeHex("4BAB0F173E1434A2D572E1C1EF478782");

        // The guide prints the first and last octets of these two.
        Convert.ToHexString(load.Reveal()).Should().StartWith("C5A47035").And.EndWith("D188");
        Convert.ToHexString(hash).Should().StartWith("1AB128DF").And.EndWith("9124");
    }

    [Fact]
    public void A_fingerprint_is_the_beginning_of_a_hash_and_not_of_the_key()
    {
        byte[] digest = new byte[16];
        AesMmo.Hash(DefaultKey.Reveal(), digest);

        string fingerprint = LinkKeyDerivation.Fingerprint(DefaultKey);

        fingerprint.Should().Be(Convert.ToHexString(digest.AsSpan(0, 4)));
    }

    [Fact]
    public void A_key_of_32_octets_is_no_link_key()
    {
        Action act = () => LinkKeyDerivation.KeyLoad(CipherKey.Create(new byte[32]));

        act.Should().Throw<ArgumentException>();
    }
}
