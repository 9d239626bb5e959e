using System.Text.RegularExpressions;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

public sealed partial class SourceRulesTests
{
    private const int MaximumColumns = 140;
    private const int MaximumFileLines = 500;
    private const int MaximumMethodLines = 60;

    [Fact]
    public void The_repository_has_sources() => SourceFile.All.Should().HaveCountGreaterThan(50, "a rule over no files proves nothing");

    [Fact]
    public void No_line_is_longer_than_the_limit()
    {
        IEnumerable<string> offenders = SourceFile.All.SelectMany(file => file.Lines
            .Select((line, index) => (Line: line, Place: $"{file.Path}:{index + 1}"))
            .Where(pair => pair.Line.Length > MaximumColumns)
            .Select(pair => pair.Place));

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void No_file_is_longer_than_the_limit() =>
        SourceFile.All.Where(file => file.Lines.Count > MaximumFileLines).Select(file => $"{file.Path}: {file.Lines.Count}").Should().BeEmpty();

    [Fact]
    public void No_method_is_longer_than_the_limit()
    {
        List<string> offenders = [];
        foreach (SourceFile file in SourceFile.All)
        {
            int opened = -1;
            for (int index = 0; index < file.Lines.Count; index++)
            {
                if (file.Lines[index] == "    {")
                {
                    opened = index;
                }
                else if (file.Lines[index] == "    }" && opened >= 0)
                {
                    bool isType = TypeDeclaration().IsMatch(string.Join(' ', file.Lines.Skip(Math.Max(0, opened - 3)).Take(Math.Min(3, opened))));
                    if (index - opened - 1 > MaximumMethodLines && !isType)
                    {
                        offenders.Add($"{file.Path}:{opened}: {index - opened - 1} lines");
                    }

                    opened = -1;
                }
            }
        }

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void A_file_is_named_as_a_type_that_it_holds()
    {
        IEnumerable<string> offenders = SourceFile.All
            .Where(file => file.Lines.Any(line => TopLevelType().IsMatch(line)))
            .Where(file => !file.Lines.Select(line => TopLevelType().Match(line)).Any(match =>
                match.Success && match.Groups["name"].Value == Path.GetFileName(file.Path).Split('.')[0]))
            .Select(file => file.Path);

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        IEnumerable<string> offenders = SourceFile.All
            .Where(file => file.IsProduct && !file.Path.StartsWith("src/DeviceHarness.Rpc/", StringComparison.Ordinal))
            .Where(file => file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal)) is { } line
                && line != $"namespace {Path.GetDirectoryName(file.Path)!["src/".Length..].Replace('/', '.')};")
            .Select(file => file.Path);

        offenders.Should().BeEmpty("src/DeviceHarness.Rpc alone carries the official names of gRPC");
    }

    [Fact]
    public void No_file_says_that_it_is_unfinished()
    {
        IEnumerable<string> offenders = SourceFile.All
            .Where(file => !file.Path.EndsWith("SourceRulesTests.cs", StringComparison.Ordinal))
            .SelectMany(file => file.Lines
                .Select((line, index) => (Line: line, Place: $"{file.Path}:{index + 1}"))
                .Where(pair => Unfinished().IsMatch(pair.Line))
                .Select(pair => pair.Place));

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void No_log_id_is_used_twice()
    {
        IEnumerable<string> ids = SourceFile.All.Where(file => file.IsProduct)
            .SelectMany(file => file.Lines)
            .Select(line => LogId().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["id"].Value);

        ids.Should().OnlyHaveUniqueItems().And.NotBeEmpty();
    }

    [Fact]
    public void No_committed_text_names_the_machine_it_was_written_on()
    {
        string[] forbidden = ["/wo" + "rk/", "/ro" + "ot/", "sha" + "red/domain", "sha" + "red/vectors", "sha" + "red/guides", "sha" + "red/design"];
        IEnumerable<string> offenders = TrackedTexts()
            .Where(file => forbidden.Any(File.ReadAllText(Path.Combine(RepositoryRoot.Path, file)).Contains));

        offenders.Should().BeEmpty();
    }

    private static IEnumerable<string> TrackedTexts()
    {
        string[] endings = [".cs", ".csproj", ".props", ".md", ".yaml", ".yml", ".json", ".txt", ".proto", ".js", ".mjs", ".frames", ".csv", ""];
        return Directory.EnumerateFiles(RepositoryRoot.Path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or ".git" or "artifacts" or "runs"))
            .Where(path => endings.Contains(Path.GetExtension(path)));
    }

    [GeneratedRegex(@"^(public|internal|file)?\s*(static |sealed |abstract |readonly |partial |unsafe |ref )*(class|record struct|record|struct|interface|enum|delegate \S+) (?<name>[A-Za-z0-9_]+)")]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\b [A-Z]")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+)")]
    private static partial Regex LogId();
}
