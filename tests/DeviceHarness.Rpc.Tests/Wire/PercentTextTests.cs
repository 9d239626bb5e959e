using System.Text;
using DeviceHarness.Rpc.Wire;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class PercentTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text ~", "plain text ~")]
    [InlineData("100%", "100%25")]
    [InlineData("a\nb\r\t\0\u007F", "a%0Ab%0D%09%00%7F")]
    [InlineData("é", "%C3%A9")]
    [InlineData("🙂", "%F0%9F%99%82")]
    public void A_text_is_encoded_by_octets_and_comes_back(string text, string encoded)
    {
        PercentText.Encode(text).Should().Be(encoded);
        PercentText.Decode(encoded).Should().Be(text);
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("50% off", "50% off")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("%%41", "%A")]
    [InlineData("%+1", "%+1")]
    [InlineData("% 1", "% 1")]
    [InlineData("%4\0", "%4\0")]
    [InlineData("%c3%a9", "é")]
    [InlineData("%C3", "\uFFFD")]
    [InlineData("é%41", "éA")]
    public void What_is_no_escape_stays_as_it_is(string encoded, string text) => PercentText.Decode(encoded).Should().Be(text);

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        PercentText.Decode(PercentText.Encode("a\uD800b")).Should().Be("a\uFFFDb");

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        string encoded = PercentText.Encode(new string('é', 10_000));

        encoded.Length.Should().BeLessThanOrEqualTo(PercentText.MaxEncodedOctets).And.BeGreaterThan(PercentText.MaxEncodedOctets - 6);
        PercentText.Decode(encoded).Should().MatchRegex("^é+$");
    }

    [Fact]
    public void A_long_plain_text_is_cut_too() =>
        PercentText.Encode(new string('x', 10_000)).Should().Be(new string('x', PercentText.MaxEncodedOctets));

    [Fact]
    public void Hostile_texts_never_throw_and_well_formed_ones_come_back()
    {
        foreach (string text in Hostile.Texts("100%25", "%C3%A9", "a%0Ab", "%F0%9F%99%82"))
        {
            string encoded = PercentText.Encode(text);
            PercentText.Decode(text);

            Assert.All(encoded, character => Assert.InRange(character, ' ', '~'));
            Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), PercentText.Decode(encoded));
        }
    }
}
