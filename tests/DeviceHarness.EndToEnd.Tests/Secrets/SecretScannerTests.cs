using System.Text;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Secrets;

/// <summary>A scanner that finds nothing proves nothing: it finds what is planted.</summary>
public sealed class SecretScannerTests
{
    private const string Password = "Kv9+w/Q&";
    private const string Utrn = "73946150284617395026";

    [Theory]
    [InlineData("password=Kv9+w/Q& ok", "as text")]
    [InlineData("<p>Kv9+w/Q&amp;</p>", "in XML")]
    [InlineData("{\"p\":\"Kv9\\u002Bw/Q\\u0026\"}", "in JSON")]
    [InlineData("?p=Kv9%2Bw%2FQ%26", "in a URL")]
    [InlineData("%4B%76%39%2B%77%2F%51%26", "percent-encoded octets, upper")]
    [InlineData("AC 0A 4B76392B772F5126", "hex with '', upper")]
    [InlineData("4b76392b772f5126", "hex with '', lower")]
    [InlineData("4B 76 39 2B 77 2F 51 26", "hex with ' ', upper")]
    [InlineData("4b 76 39 2b 77 2f 51 26", "hex with ' ', lower")]
    [InlineData("4B-76-39-2B-77-2F-51-26", "hex with '-', upper")]
    [InlineData("4b:76:39:2b:77:2f:51:26", "hex with ':', lower")]
    public void A_planted_password_is_found_in_every_form_and_in_UTF_16_too(string planted, string form)
    {
        SecretScanner scanner = Scanner();

        scanner.Find(Encoding.UTF8.GetBytes(planted)).Should().Contain(found => found.StartsWith("password", StringComparison.Ordinal)
            && found.Contains(form, StringComparison.Ordinal));
        scanner.Find(Encoding.Unicode.GetBytes(planted)).Should().Contain(found => found.EndsWith("in UTF-16LE", StringComparison.Ordinal));
        scanner.Find(Encoding.BigEndianUnicode.GetBytes(planted)).Should()
            .Contain(found => found.EndsWith("in UTF-16BE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("ab", "z")]
    [InlineData("abc", "yz")]
    [InlineData("abcd", "xyz")]
    public void A_secret_inside_other_octets_is_found_in_their_base64(string before, string after)
    {
        foreach (string secret in (string[])[Password, Utrn])
        {
            byte[] octets = Encoding.UTF8.GetBytes(before + secret + after);

            Scanner().Find(Encoding.ASCII.GetBytes(Convert.ToBase64String(octets))).Should().NotBeEmpty();
            Scanner().Find(Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(octets))).Should().NotBeEmpty();
        }
    }

    [Fact]
    public void What_is_masked_or_something_else_is_not_found()
    {
        const string Clean = "password of 8 octets, not shown ** ** ** ** 73946150284617395025 4B 76 39 2B 77 2F 51 00";

        Scanner().Find(Encoding.UTF8.GetBytes(Clean)).Should().BeEmpty();
    }

    private static SecretScanner Scanner()
    {
        SecretScanner scanner = new();
        scanner.Add("password", Password);
        scanner.Add("UTRN", Utrn);
        return scanner;
    }
}
