using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ezsp;

public sealed class EzspKeyTests
{
    private const string Text = "5A6967426565416C6C69616E63653039";

    [Fact]
    public void A_key_comes_back_and_is_never_shown()
    {
        EzspKey key = new(Text.Octets());

        key.ToArray().ShouldBeHex(Text);
        key.ToString().Should().Be("a key");
        default(EzspKey).ToString().Should().Be("no key");
        new ImportLinkKeyRequest(0, 1, key).ToString().Should().NotContainEquivalentOf("5A69").And.Contain("a key");
    }

    [Fact]
    public void Keys_are_equal_by_their_octets()
    {
        EzspKey key = new(Text.Octets());
        byte[] other = Text.Octets();
        other[15] ^= 1;

        (key == new EzspKey(Text.Octets())).Should().BeTrue();
        (key != new EzspKey(other)).Should().BeTrue();
        key.Equals((object)new EzspKey(Text.Octets())).Should().BeTrue();
        key.Equals((object)"text").Should().BeFalse();
        key.GetHashCode().Should().Be(new EzspKey(Text.Octets()).GetHashCode());
        key.IsZero.Should().BeFalse();
        default(EzspKey).IsZero.Should().BeTrue();
    }

    [Fact]
    public void A_key_has_sixteen_octets()
    {
        Action tooShort = () => _ = new EzspKey(new byte[15]);

        tooShort.Should().Throw<ArgumentException>();
    }
}
