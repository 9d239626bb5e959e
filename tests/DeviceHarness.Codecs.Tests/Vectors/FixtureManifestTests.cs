using System.Security.Cryptography;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Vectors;

public sealed class FixtureManifestTests
{
    [Fact]
    public void The_manifest_names_the_hash_of_every_dlms_fixture()
    {
        string root = Path.Combine(RepositoryRoot.Path, "firmware-fixtures");
        string[] manifest = File.ReadAllLines(Path.Combine(root, "manifest.yaml"));
        string[] files = Directory.GetFiles(Path.Combine(root, "dlms"));

        files.Should().NotBeEmpty();
        foreach (string file in files)
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            manifest.Should().Contain($"  dlms/{Path.GetFileName(file)}: {hash}");
        }
    }
}
