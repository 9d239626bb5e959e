using DeviceHarness.Repo.Tests.Rules;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

/// <summary>Each rule is shown a file that breaks it, and one that does not.</summary>
public sealed class RuleCanaryTests
{
    private static readonly string[] Body = [.. Enumerable.Repeat("        Act();", SourceRules.MaximumMethodLines + 1)];

    [Theory]
    [InlineData("one\ntwo\n", 0)]
    [InlineData("one\ntwo", 1)]
    [InlineData("one\r\ntwo\n", 1)]
    [InlineData("\uFEFFone\n", 1)]
    public void A_foreign_end_of_a_file_or_line_is_found(string text, int faults) =>
        SourceRules.ForeignEnds("sample.cs", System.Text.Encoding.UTF8.GetBytes(text)).Should().HaveCount(faults);

    [Fact]
    public void A_long_line_is_found()
    {
        SourceRules.LongLines(Sample(new string('x', SourceRules.MaximumColumns), new string('x', SourceRules.MaximumColumns + 1)))
            .Should().Equal("src/DeviceHarness.Packs/Model/Sample.cs:2");
    }

    [Fact]
    public void A_long_file_is_found()
    {
        SourceRules.LongFile(Sample([.. Enumerable.Repeat("line", SourceRules.MaximumFileLines)])).Should().BeEmpty();
        SourceRules.LongFile(Sample([.. Enumerable.Repeat("line", SourceRules.MaximumFileLines + 1)])).Should().ContainSingle();
    }

    [Theory]
    [InlineData("    public void Act()", "    {", "    }")]
    [InlineData("    public int Act(int of) => of switch", "    {", "    };")]
    [InlineData("        void Local()", "        {", "        }")]
    public void A_long_method_is_found(string header, string open, string close)
    {
        SourceRules.LongMethods(Sample([header, open, .. Body[1..], close])).Should().BeEmpty();
        SourceRules.LongMethods(Sample([header, open, .. Body, close])).Should().ContainSingle();
    }

    [Theory]
    [InlineData("    private sealed class Inner", "    {", "    }")]
    [InlineData("    private static readonly Dictionary<string, string> Names = new()", "    {", "    };")]
    public void A_long_type_or_table_is_no_long_method(string header, string open, string close) =>
        SourceRules.LongMethods(Sample([header, open, .. Body, close])).Should().BeEmpty();

    [Fact]
    public void A_file_without_a_type_of_its_name_is_found()
    {
        SourceRules.NameOfNoType(Sample("public sealed class Sample")).Should().BeEmpty();
        SourceRules.NameOfNoType(Sample("internal readonly record struct Other(int X);")).Should().ContainSingle();
    }

    [Fact]
    public void A_second_type_is_found()
    {
        SourceRules.SeveralTypes(Sample("public enum Sample", "    public enum Inner")).Should().BeEmpty();
        SourceRules.SeveralTypes(Sample("public enum Sample", "public interface IOther")).Should().ContainSingle();
    }

    [Fact]
    public void A_namespace_elsewhere_is_found()
    {
        SourceRules.NamespaceElsewhere(Sample("namespace DeviceHarness.Packs.Model;")).Should().BeEmpty();
        SourceRules.NamespaceElsewhere(Sample("namespace DeviceHarness.Packs;")).Should().ContainSingle();
    }

    [Fact]
    public void Unfinished_work_is_found()
    {
        SourceRules.Unfinished(Sample("// the method is done")).Should().BeEmpty();
        SourceRules.Unfinished(Sample("// TO" + "DO: the rest")).Should().ContainSingle();
        SourceRules.Unfinished(Sample("throw new NotImple" + "mentedException();")).Should().ContainSingle();
    }

    [Fact]
    public void A_log_id_used_twice_is_found()
    {
        SourceFile[] files = [Sample("    [LoggerMessage(4001, LogLevel.Warning, \"a\")]"), Sample("    [LoggerMessage(EventId = 4001)]")];

        SourceRules.LogIdsUsedTwice(files[..1]).Should().BeEmpty();
        SourceRules.LogIdsUsedTwice(files).Should().ContainSingle().Which.Should().StartWith("4001");
    }

    [Fact]
    public void A_path_of_a_machine_is_found()
    {
        SourceRules.NamesOfAMachine(Sample("see /var/lib/deviceharness")).Should().BeEmpty();
        SourceRules.NamesOfAMachine(Sample("see /ro" + "ot/notes")).Should().ContainSingle();
    }

    private static SourceFile Sample(params string[] lines) => new("src/DeviceHarness.Packs/Model/Sample.cs", lines);
}
