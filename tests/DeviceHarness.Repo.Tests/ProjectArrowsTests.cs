using System.Xml.Linq;
using DeviceHarness.Repo.Tests.Rules;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

public sealed class ProjectArrowsTests
{
    /// <summary>The only arrows allowed: project, then what it may refer to.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Codecs"] = "",
        ["Duis"] = "",
        ["Rpc"] = "",
        ["Abstractions"] = "Codecs Duis",
        ["Transports"] = "Abstractions",
        ["Drivers"] = "Abstractions Codecs Duis",
        ["Virtual"] = "Abstractions Codecs",
        ["Packs"] = "Abstractions Duis",
        ["Assurance"] = "Abstractions Duis",
        ["Contracts"] = "Rpc",
        ["Store"] = "Abstractions Duis Assurance",
        ["Agent"] = "Abstractions Codecs Duis Packs Drivers Virtual Transports Contracts Rpc",
        ["Orchestrator"] = "Abstractions Duis Packs Assurance Store Contracts Rpc Dashboard",
        ["Dashboard"] = "Contracts Rpc Assurance",
        ["Cli"] = "Abstractions Codecs Duis Packs Contracts Rpc Agent Orchestrator",
    };

    private static string[] Projects { get; } = [.. SourceFile.PathsOf(".csproj")];

    public static TheoryData<string> SourceProjects
    {
        get
        {
            TheoryData<string> data = [];
            foreach (string project in Projects.Where(path => path.StartsWith("src/", StringComparison.Ordinal)))
            {
                data.Add(Path.GetFileNameWithoutExtension(project)["DeviceHarness.".Length..]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_project_refers_only_to_what_its_layer_may_see(string project)
    {
        IEnumerable<string> references = Load($"src/DeviceHarness.{project}/DeviceHarness.{project}.csproj").Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["DeviceHarness.".Length..]);

        Allowed.Should().ContainKey(project, "every project has its place in the picture");
        references.Should().BeSubsetOf(Allowed[project].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void No_project_sees_more_than_it_names()
    {
        XDocument properties = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Build.props"));

        properties.Descendants("DisableTransitiveProjectReferences").Single().Value.Should().Be("true");
    }

    [Fact]
    public void No_project_names_a_package_version_of_its_own()
    {
        IEnumerable<string> offenders = Projects.Where(project => Load(project).Descendants("PackageReference")
            .Any(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null));

        offenders.Should().BeEmpty("versions are central, in Directory.Packages.props");
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        string solution = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "DeviceHarness.sln"));

        Projects.Where(project => !solution.Contains($"\"{project.Replace('/', '\\')}\"", StringComparison.Ordinal)).Should().BeEmpty();
        Projects.Where(project => !File.Exists(Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(project)!, "packages.lock.json")))
            .Should().BeEmpty();
    }

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(RepositoryRoot.Path, project));
}
