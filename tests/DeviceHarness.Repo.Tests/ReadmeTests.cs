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
    public void Every_command_that_a_readme_shows_is_one_of_the_program()
    {
        ReadmeCommand[] commands = [.. Readmes.SelectMany(ReadmeCommand.In)];

        IEnumerable<string> faults = commands.Select(command => (command, Fault: HarnessHelp.Fault(command)))
            .Where(pair => pair.Fault is not null)
            .Select(pair => $"{pair.command.Place}: {pair.command.Line}: {pair.Fault}");

        faults.Should().BeEmpty();
        commands.Should().HaveCountGreaterThan(10, "a rule over no commands proves nothing");
    }

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

    [Theory]
    [InlineData("harness frobnicate")]
    [InlineData("harness run dmct-smoke --frobnicate 2")]
    [InlineData("harness bench down")]
    [InlineData("./harness test --short")]
    public void A_command_line_that_the_program_does_not_know_is_found(string line)
    {
        ReadmeCommand command = ReadmeCommand.In(new SourceFile("README.md", [$"Run `{line}` first."])).Single();

        HarnessHelp.Fault(command).Should().NotBeNull();
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
