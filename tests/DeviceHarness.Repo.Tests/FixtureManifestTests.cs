using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DeviceHarness.Repo.Tests.Rules;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

public sealed partial class FixtureManifestTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "firmware-fixtures");

    [Fact]
    public void Every_fixture_has_the_hash_that_the_manifest_gives()
    {
        Dictionary<string, string> manifest = Manifest();

        Dictionary<string, string> found = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetRelativePath(Folder, file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));

        found.Remove("manifest.yaml").Should().BeTrue();
        found.Should().BeEquivalentTo(manifest, "firmware-fixtures/manifest.yaml holds the sha256 of every other file there");
    }

    [Fact]
    public void Every_folder_of_fixtures_says_where_they_come_from()
    {
        string[] folders =
        [
            .. Directory.GetDirectories(Folder, "*", SearchOption.AllDirectories),
            .. SourceFile.Texts.Select(file => Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(file.Path)!))
                .Where(folder => Path.GetFileName(folder) == "Fixtures"),
        ];

        folders.Should().NotBeEmpty().And.OnlyContain(folder => File.Exists(Path.Combine(folder, "PROVENANCE.md")));
    }

    private static Dictionary<string, string> Manifest() => File.ReadAllLines(Path.Combine(Folder, "manifest.yaml"))
        .Select(line => Entry().Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["path"].Value, match => match.Groups["hash"].Value);

    [GeneratedRegex("^  (?<path>[A-Za-z0-9_./-]+): (?<hash>[0-9a-f]{64})$")]
    private static partial Regex Entry();
}
