using DeviceHarness.Repo.Tests.Rules;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

public sealed class SourceRulesTests
{
    /// <summary>Files whose namespace is not their folder, by the folder's path, with the reason.</summary>
    private static readonly Dictionary<string, string> NamespacesOfOthers = new()
    {
        ["src/DeviceHarness.Rpc/"] = "carries the official names of gRPC, so that generated stubs compile against it unchanged",
        ["tests/DeviceHarness.Rpc.Tests/"] = "follows the project that it tests where a test stands beside internals",
    };

    [Fact]
    public void The_repository_has_sources() =>
        SourceFile.Sources.Should().HaveCountGreaterThan(500, "a rule over no files proves nothing");

    [Fact]
    public void No_line_is_longer_than_the_limit() =>
        SourceFile.Sources.SelectMany(SourceRules.LongLines).Should().BeEmpty();

    [Fact]
    public void Lines_end_with_a_line_feed_and_nothing_else() =>
        SourceFile.PathsOf(".cs")
            .SelectMany(path => SourceRules.ForeignEnds(path, File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, path))))
            .Should().BeEmpty();

    [Fact]
    public void No_file_is_longer_than_the_limit() => SourceFile.Sources.SelectMany(SourceRules.LongFile).Should().BeEmpty();

    [Fact]
    public void No_method_is_longer_than_the_limit() => SourceFile.Sources.SelectMany(SourceRules.LongMethods).Should().BeEmpty();

    [Fact]
    public void A_file_is_named_as_a_type_that_it_holds() => SourceFile.Sources.SelectMany(SourceRules.NameOfNoType).Should().BeEmpty();

    [Fact]
    public void A_file_of_the_abstractions_holds_one_type() =>
        SourceFile.Sources.Where(file => file.Path.StartsWith("src/DeviceHarness.Abstractions/", StringComparison.Ordinal))
            .SelectMany(SourceRules.SeveralTypes).Should().BeEmpty("every project reads them");

    [Fact]
    public void A_namespace_is_its_folder() =>
        SourceFile.Sources.Where(file => !NamespacesOfOthers.Keys.Any(file.Path.StartsWith))
            .SelectMany(SourceRules.NamespaceElsewhere).Should().BeEmpty();

    [Fact]
    public void No_file_says_that_it_is_unfinished() => SourceFile.Sources.SelectMany(SourceRules.Unfinished).Should().BeEmpty();

    [Fact]
    public void No_log_id_is_used_twice()
    {
        IEnumerable<SourceFile> product = SourceFile.Sources.Where(file => file.IsProduct);

        SourceRules.LogIdsUsedTwice(product).Should().BeEmpty();
        SourceRules.LogIds(product).Should().NotBeEmpty();
    }

    [Fact]
    public void No_text_names_the_machine_that_it_was_written_on() =>
        SourceFile.Texts.SelectMany(SourceRules.NamesOfAMachine).Should().BeEmpty();
}
