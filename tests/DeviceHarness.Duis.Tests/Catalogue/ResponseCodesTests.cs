using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Catalogue;

public sealed class ResponseCodesTests
{
    [Fact]
    public void There_are_194_codes_and_each_is_unique()
    {
        ResponseCodes.Entries.Should().HaveCount(194);
        ResponseCodes.Entries.Select(entry => entry.Code).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_code_that_the_service_gives_is_of_the_schema()
    {
        string[] given = [.. ServiceChecks.Default.Select(check => check.ResponseCode).Where(code => code.Length > 0)];

        ResponseCodes.Entries.Select(entry => entry.Code).Should().Contain(given).And.Contain(
            [ResponseCodes.Success, ResponseCodes.Acknowledged, ResponseCodes.Unreachable, ResponseCodes.NoAnswer]);
    }

    [Theory]
    [InlineData("I99", "Acknowledgement")]
    [InlineData("E5", "SMI status")]
    [InlineData("E21", "no response")]
    public void A_known_meaning_is_given(string code, string words)
    {
        ResponseCodes.TryFind(code, out ResponseCodeEntry? entry).Should().BeTrue();

        entry!.Meaning.Should().Contain(words);
    }

    [Fact]
    public void A_code_without_a_public_meaning_has_none()
    {
        ResponseCodes.TryFind("E40", out ResponseCodeEntry? entry).Should().BeTrue();

        entry!.Meaning.Should().BeEmpty();
    }
}
