using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Profiles;

/// <summary>The mapping <c>writes</c> of a profile.</summary>
public sealed class WriteMapTests
{
    private const string Place = "  \"2.5\":";

    [Fact]
    public void The_generic_profile_names_each_value_that_it_may_but_for_auxiliary_loads()
    {
        WriteMap writes = DeviceProfileLoader.LoadFile(TestProfile.GenericPath).Objects.Writes;

        writes.Variants.Keys.Should().BeEquivalentTo(
            "1.1.1", "1.2.1", "1.5", "1.6", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3", "6.4.1", "6.4.2", "6.5", "6.8", "6.27",
            "7.3");
        writes.Variants["2.1"]["DebtRecoveryRateCap"].IsLeftOut.Should().BeTrue();
        writes.Variants["1.1.1"]["CurrencyUnits"].Always.Should().Be("GBP");
        writes.Variants["1.6"]["DisablementThreshold"].IsEarly.Should().BeTrue();
        writes.Variants["7.3"]["ArmSupply"].Method!.Value.ToString().Should().Be("9, 0-0:10.0.106.255, 1");
    }

    [Fact]
    public void A_profile_without_writes_takes_none()
    {
        string text = File.ReadAllText(TestProfile.GenericPath);
        int start = text.IndexOf("\nwrites:", StringComparison.Ordinal);
        int end = text.IndexOf("\nimage-transfer:", StringComparison.Ordinal);

        WriteMap writes = DeviceProfileLoader.Load(text[..start] + text[end..], "test.yaml").Objects.Writes;

        writes.Variants.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ActivateALCSHCALCS: sometimes", "'sometimes'")]
    [InlineData("ActivateALCSHCALCS: { class: 9, name: \"0-0:10.0.103.255\" }", "neither attribute nor method")]
    [InlineData("ActivateALCSHCALCS: { class: 9, name: \"0-0:10.0.103.255\", attribute: 2, method: 1 }", "attribute and method")]
    [InlineData("ActivateALCSHCALCS: { class: 9, name: \"0-0:10.0.103.255\", method: 1, form: number value }", "'number value'")]
    [InlineData("ActivateALCSHCALCS: { class: 9, name: \"0-0:10.0.103.255\", method: 1, script: here }", "'here'")]
    [InlineData("ActivateALCSHCALCS: { class: 9, name: \"0-0:10.0.103.255\", method: 1, words: { \"1\": -1 } }", "'-1'")]
    [InlineData("Time: { class: 9, name: \"0-0:10.0.103.255\", method: 1 }", "the key 'Time'")]
    public void What_is_wrong_is_refused_with_its_place(string line, string found)
    {
        string text = File.ReadAllText(TestProfile.GenericPath)
            .Replace(Place, $"  \"7.5\":\n    {line}\n{Place}", StringComparison.Ordinal);

        Action load = () => DeviceProfileLoader.Load(text, "test.yaml");

        load.Should().Throw<ConfigurationException>().WithMessage("*writes.7.5*").Which.Found.Should().Contain(found);
    }
}
