using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>The packs for gas meters and displays: forms of those for electricity meters.</summary>
public sealed class GasPacksTests
{
    private static readonly string[] Types = ["-gsme", "-ppmid"];

    public static TheoryData<string> Names =>
        [.. PackLibrary.Names.Where(name => Types.Any(type => name.EndsWith(type, StringComparison.Ordinal)))];

    [Theory]
    [InlineData("dmct-smoke", "gsme", "dmct-smoke-gsme")]
    [InlineData("dmct-smoke", "GSME", "dmct-smoke-gsme")]
    [InlineData("dmct-smoke", "esme", "dmct-smoke")]
    [InlineData("dmct-smoke-gsme", "gsme", "dmct-smoke-gsme")]
    [InlineData("dmct-smoke", "ppmid", null)]
    [InlineData("firmware", "ppmid", "firmware-ppmid")]
    [InlineData("firmware", "hub", "firmware-hub")]
    [InlineData("no-such-pack", "gsme", null)]
    public void A_pack_is_found_by_the_type_of_device_that_it_is_to_run_on(string name, string type, string? form)
    {
        PackLibrary.FormFor(name, type).Should().Be(form);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_form_has_a_pack_that_it_is_the_form_of_and_nothing_odd(string name)
    {
        TestPack pack = PackLibrary.Find(name)!;
        string type = name[(name.LastIndexOf('-') + 1)..];

        PackLibrary.Find(name[..^(type.Length + 1)]).Should().NotBeNull();
        PackLint.Check(pack).Findings.Should().BeEmpty();
        pack.Needs[0].DeviceType.Should().BeEquivalentTo(type);
        pack.Cases.Should().OnlyContain(testCase => testCase.SourceRefs.Count > 0);
    }

    /// <summary>11.4 brings an image and has it run: a case of it changes firmware as one with 11.3 does.</summary>
    [Fact]
    public void A_case_that_brings_firmware_by_11_4_names_its_pair_of_versions_and_puts_the_older_one_back()
    {
        TestPack pack = PackLibrary.Find("firmware-ppmid-later")!;
        string text = PackLibrary.FindText("firmware-ppmid-later")!;
        string pair = text.Split('\n').Single(line => line.TrimStart().StartsWith("firmware: {", StringComparison.Ordinal));

        PackLint.Check(pack).Findings.Should().BeEmpty();
        FirmwareForecast.PutsBack(pack.Find("FWL-01")!).Should().BeTrue();
        PackLint.Check(PackLoader.Load(text.Replace(pair, "", StringComparison.Ordinal), "changed.pack.yaml")).Findings.Should()
            .ContainSingle().Which.Text.Should().StartWith("names no pair of versions and activates firmware");
    }

    [Fact]
    public void A_case_that_closes_a_valve_and_does_not_arm_it_is_odd()
    {
        string text = PackLibrary.FindText("dmct-smoke-gsme")!
            .Replace("request: { srv: \"7.3\", role: GS }", "request: { srv: \"7.4\", role: GS }", StringComparison.Ordinal);

        PackLint.Check(PackLoader.Load(text, "changed.pack.yaml")).Findings.Should()
            .HaveCount(3).And.OnlyContain(finding => finding.Text.Contains("does not arm it (7.3)"));
    }
}
