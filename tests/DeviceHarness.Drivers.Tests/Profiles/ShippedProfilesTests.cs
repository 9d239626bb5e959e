using System.Text.RegularExpressions;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Profiles;

/// <summary>The profiles of the repository: each can be read, and each value says where it comes from.</summary>
public sealed partial class ShippedProfilesTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "rigs", "profiles");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void These_are_shipped()
    {
        IEnumerable<string> shipped = Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path));

        shipped.Should().BeEquivalentTo(
            "aclara-like", "generic-smets1-esme", "generic-smets1-hub", "generic-smets1-ppmid", "generic-smets2-esme",
            "liberty-110-like", "poa-on-ota", "strict-link");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_profile_is_named_as_its_file_and_complete(string name)
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(Path.Combine(Folder, $"{name}.yaml"));

        profile.Name.Should().Be(name);
        profile.With(DeviceKeys.None).Association.Keys.Password.Should().NotBeNull();
        profile.Quirks.Where(quirk => quirk.Reason.Length <= 20 || quirk.Source.Length == 0).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_has_a_source_or_the_word_assumption(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.yaml"));

        IEnumerable<string> unsaid = lines
            .TakeWhile(line => line != "quirks:")
            .Where(line => ValuePattern().IsMatch(line) && !HeadPattern().IsMatch(line) && !SourcePattern().IsMatch(line));
        unsaid.Should().BeEmpty();
    }

    [Theory]
    [InlineData("aclara-like", "[000]")]
    [InlineData("liberty-110-like", "[001]")]
    [InlineData("poa-on-ota", "[003]")]
    public void What_is_not_from_a_published_paper_bears_no_makers_mark(string name, string paper)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.yaml"));

        IEnumerable<string> values = lines.SkipWhile(line => line != "link:").TakeWhile(line => line != "quirks:");

        values.Should().NotContain(line => line.Contains(paper, StringComparison.Ordinal), "the paper says nothing of links and objects");
    }

    // A key with a value behind it, alone on its line or in braces.
    [GeneratedRegex("^ *[a-zA-Z0-9.\"-]+: +[^#> ]")]
    private static partial Regex ValuePattern();

    [GeneratedRegex("^(profile|based-on|description|device-type|protocol): ")]
    private static partial Regex HeadPattern();

    [GeneratedRegex(@"#.*(\[(S|G|assumption|0\d\d)\])")]
    private static partial Regex SourcePattern();
}
