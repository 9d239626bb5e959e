using System.Text.Json;
using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class CipherKeyTests
{
    private const string Digits = "00112233445566778899AABBCCDDEEFF";

    private static readonly CipherKey Key = CipherKey.Create(Digits.Octets());

    [Fact]
    public void No_text_that_is_made_of_a_key_shows_an_octet_of_it()
    {
        GlobalKeys keys = new(Key, Key, Key);
        using SecurityContext context = new(
            SecuritySuite.Suite0, new SystemTitle(1), keys,
            new SecurityCounters(new SendCounter(0, new Vectors.CounterMemory()), new ReceiveCounter()));
        string[] texts =
        [
            Key.ToString(), $"{Key}", string.Concat("key ", Key), keys.ToString(), context.ToString()!, context.Counters.ToString(),
            JsonSerializer.Serialize(Key), JsonSerializer.Serialize(keys), SharedSecret.OfText("Passw0rd").ToString(),
            JsonSerializer.Serialize(SharedSecret.OfText("Passw0rd")), new WrappedKey(KeyId.Master, new byte[24]).ToString(),
        ];

        Key.ToString().Should().Be("16 octets, not shown");
        texts.Should().OnlyContain(text => !text.Contains("112233") && !text.Contains("Passw0rd") && !text.Contains("50617373"));
    }

    [Fact]
    public void No_exception_about_a_key_shows_an_octet_of_it()
    {
        Action[] wrong =
        [
            () => CipherKey.Create(Digits.Octets().AsSpan(1)),
            () => _ = new GcmCipher(SecuritySuite.Suite2, Key, Key),
            () => SharedSecret.Create(Enumerable.Repeat((byte)0x11, 65).ToArray()),
            () => SharedSecret.Create([]),
        ];
        foreach (Action act in wrong)
        {
            string text = act.Should().Throw<ArgumentException>().Which.ToString();

            text.Should().NotContain("112233").And.NotContain("17, 17").And.NotContain("111111");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(24)]
    [InlineData(33)]
    public void A_key_has_16_or_32_octets(int octets)
    {
        CipherKey.TryCreate(new byte[octets], out CipherKey? key).Should().BeFalse();

        key.Should().BeNull();
    }

    [Fact]
    public void Keys_are_equal_when_their_octets_are()
    {
        CipherKey same = CipherKey.Create(Digits.Octets());
        CipherKey other = CipherKey.Create(Digits.Octets().Reverse().ToArray());

        Key.Equals(same).Should().BeTrue();
        Key.Equals((object)same).Should().BeTrue();
        Key.Equals(other).Should().BeFalse();
        Key.Equals((object)"key").Should().BeFalse();
        Key.GetHashCode().Should().Be(other.GetHashCode());
        Key.Reveal().ShouldBeHex(Digits);
        Key.Equals(null).Should().BeFalse();
    }

    [Theory]
    [InlineData(SecuritySuite.Suite0, 16)]
    [InlineData(SecuritySuite.Suite1, 16)]
    [InlineData(SecuritySuite.Suite2, 32)]
    public void A_new_key_comes_from_the_source_that_is_given(SecuritySuite suite, int octets)
    {
        byte next = 0x10;

        CipherKey key = CipherKey.Generate(suite, target =>
        {
            for (int index = 0; index < target.Length; index++)
            {
                target[index] = next++;
            }
        });

        key.OctetCount.Should().Be(octets);
        key.Reveal()[^1].Should().Be((byte)(0x10 + octets - 1));
    }

    [Fact]
    public void No_key_is_made_for_a_suite_that_does_not_exist()
    {
        Action wrong = () => CipherKey.Generate((SecuritySuite)3, _ => { });

        wrong.Should().Throw<ArgumentOutOfRangeException>();
    }
}
