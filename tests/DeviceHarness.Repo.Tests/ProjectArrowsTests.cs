using System.Xml.Linq;
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

    public static TheoryData<string> SourceProjects
    {
        get
        {
            TheoryData<string> data = [];
            foreach (string project in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories))
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
        string file = Path.Combine(RepositoryRoot.Path, "src", $"DeviceHarness.{project}", $"DeviceHarness.{project}.csproj");

        IEnumerable<string> references = XDocument.Load(file).Descendants("ProjectReference")
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
        IEnumerable<string> offenders = Directory.GetFiles(RepositoryRoot.Path, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null));

        offenders.Should().BeEmpty("versions are central, in Directory.Packages.props");
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        string solution = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "DeviceHarness.sln"));
        string[] projects = Directory.GetFiles(RepositoryRoot.Path, "*.csproj", SearchOption.AllDirectories);

        projects.Where(project => !solution.Contains(Path.GetFileName(project), StringComparison.Ordinal)).Should().BeEmpty();
        projects.Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))).Should().BeEmpty();
    }
}
