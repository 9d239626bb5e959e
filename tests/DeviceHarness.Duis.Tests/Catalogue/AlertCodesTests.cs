using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Catalogue;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Catalogue;

public sealed class AlertCodesTests
{
    [Fact]
    public void There_are_66_DCC_alerts_and_189_device_alerts_and_each_is_unique()
    {
        AlertCodes.Entries.Count(entry => !entry.IsDeviceAlert).Should().Be(66);
        AlertCodes.Entries.Count(entry => entry.IsDeviceAlert).Should().Be(189);
        AlertCodes.Entries.Select(entry => entry.Code).Should().OnlyHaveUniqueItems();
        AlertCodes.Entries.Where(entry => entry.IsDeviceAlert).Should().OnlyContain(entry => AlertCodes.IsDeviceCode(entry.Code));
    }

    [Theory]
    [InlineData("8F35", "restored", false)]
    [InlineData("8002", "over-voltage", true)]
    [InlineData(FirmwareVerificationAlert.Verified, "irmware", false)]
    [InlineData(FirmwareVerificationAlert.VerificationFailed, "irmware", false)]
    public void A_known_meaning_and_who_is_told_are_given(string code, string words, bool isForNetworkOperator)
    {
        AlertCodes.TryFind(code, out AlertCodeEntry? entry).Should().BeTrue();

        entry!.Meaning.Should().Contain(words);
        entry.IsForNetworkOperator.Should().Be(isForNetworkOperator);
    }

    [Theory]
    [InlineData("8F35", true)]
    [InlineData("8f35", false)]
    [InlineData("8F3", false)]
    [InlineData("AD1", false)]
    [InlineData("", false)]
    public void A_device_code_has_four_digits_in_upper_case(string text, bool isCode)
    {
        AlertCodes.IsDeviceCode(text).Should().Be(isCode);
    }

    [Fact]
    public void A_code_of_no_table_is_not_found()
    {
        AlertCodes.TryFind("FFFF", out _).Should().BeFalse();
    }
}
