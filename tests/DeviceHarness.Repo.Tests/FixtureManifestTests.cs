using System.Security.Cryptography;
using System.Text.RegularExpressions;
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

        foreach ((string path, string sha256) in manifest)
        {
            string actual = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, path))));
            actual.Should().Be(sha256, path);
        }
    }

    [Fact]
    public void Every_fixture_is_in_the_manifest_and_every_folder_says_where_it_comes_from()
    {
        string[] files = [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];

        files.Where(file => Path.GetFileName(file) is not ("PROVENANCE.md" or "manifest.yaml" or "README.md"))
            .Should().BeEquivalentTo(Manifest().Keys);
        Directory.GetDirectories(Folder).Should().NotBeEmpty().And.OnlyContain(folder => File.Exists(Path.Combine(folder, "PROVENANCE.md")));
    }

    private static Dictionary<string, string> Manifest() => File.ReadAllLines(Path.Combine(Folder, "manifest.yaml"))
        .Select(line => Entry().Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["path"].Value, match => match.Groups["hash"].Value);

    [GeneratedRegex(@"^\s*-?\s*""?(?<path>[A-Za-z0-9_./-]+)""?:\s*(sha256:\s*)?""?(?<hash>[0-9a-f]{64})""?\s*$")]
    private static partial Regex Entry();
}
