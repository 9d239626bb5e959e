using DeviceHarness.Codecs.Security;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class SystemTitleTests
{
    [Fact]
    public void A_title_is_its_eight_octets()
    {
        SystemTitle.TryCreate("4D4D4D0000BC614E".Octets(), out SystemTitle title).Should().BeTrue();
        SystemTitle.TryParse("4d4d4d0000bc614e", out SystemTitle parsed).Should().BeTrue();

        title.ToString().Should().Be("4D4D4D0000BC614E");
        title.ToOctets().ShouldBeHex("4D4D4D0000BC614E");
        parsed.Should().Be(title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4D4D4D0000BC61")]
    [InlineData("4D4D4D0000BC614E00")]
    [InlineData("4D4D4D0000BC61 E")]
    [InlineData("4D4D4D0000BC61XE")]
    public void Other_digits_are_no_title(string digits)
    {
        SystemTitle.TryParse(digits, out SystemTitle title).Should().BeFalse();

        title.Should().Be(default(SystemTitle));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void Another_number_of_octets_is_no_title(int octets) =>
        SystemTitle.TryCreate(new byte[octets], out _).Should().BeFalse();
}
