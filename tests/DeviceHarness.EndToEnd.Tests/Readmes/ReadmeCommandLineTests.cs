using DeviceHarness.Repo.Tests.Rules;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Readmes;

/// <summary>The command lines that the README files show, held against the help texts of the program.</summary>
public sealed class ReadmeCommandLineTests
{
    [Fact]
    public async Task Every_command_that_a_readme_shows_is_one_of_the_program()
    {
        ReadmeCommand[] commands =
            [.. SourceFile.Texts.Where(file => Path.GetFileName(file.Path) == "README.md").SelectMany(ReadmeCommand.In)];
        List<string> faults = [];

        foreach (ReadmeCommand command in commands)
        {
            string? fault = await HarnessHelp.FaultAsync(command);
            faults.AddRange(fault is null ? [] : [$"{command.Place}: {command.Line}: {fault}"]);
        }

        faults.Should().BeEmpty();
        commands.Should().HaveCountGreaterThan(10, "a rule over no commands proves nothing");
    }

    [Theory]
    [InlineData("harness frobnicate")]
    [InlineData("harness run dmct-smoke --frobnicate 2")]
    [InlineData("harness bench down")]
    [InlineData("./harness test --short")]
    public async Task A_command_line_that_the_program_does_not_know_is_found(string line)
    {
        ReadmeCommand command = ReadmeCommand.In(new SourceFile("README.md", [$"Run `{line}` first."])).Single();

        string? fault = await HarnessHelp.FaultAsync(command);

        fault.Should().NotBeNull();
    }
}
