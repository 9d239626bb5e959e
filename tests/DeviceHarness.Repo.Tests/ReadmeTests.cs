using System.Text.RegularExpressions;
using DeviceHarness.Repo.Tests.Rules;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

public sealed partial class ReadmeTests
{
    private static readonly SourceFile[] Readmes =
        [.. SourceFile.Texts.Where(file => Path.GetFileName(file.Path) == "README.md")];

    [Fact]
    public void Setting_up_takes_two_commands()
    {
        SourceFile readme = Readmes.Single(file => file.Path == "README.md");

        IEnumerable<string> commands = readme.Lines
            .SkipWhile(line => line != "## On a bare machine").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("$ ", StringComparison.Ordinal));

        commands.Should().Equal("$ ./harness demo", "$ ./harness test");
    }

    [Fact]
    public void Every_link_of_a_readme_leads_to_a_file_or_folder()
    {
        IEnumerable<string> broken =
            from file in Readmes
            from line in file.Lines
            from match in Link().Matches(line)
            let target = match.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(file.Path)!, target))
            select $"{file.Path}: {target}";

        broken.Should().BeEmpty();
    }

    [Fact]
    public void Command_lines_are_found_in_fences_and_in_spans()
    {
        SourceFile file = new(
            "README.md",
            ["`harness run x --cycles 2`, harness words", "```", "$ ./harness send - < request.xml", "harness bench up    serves", "```"]);

        ReadmeCommand.In(file).Select(command => string.Join(' ', command.Words)).Should().Equal("run x --cycles 2", "send -", "bench up");
    }

    [GeneratedRegex(@"\]\((?<target>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
