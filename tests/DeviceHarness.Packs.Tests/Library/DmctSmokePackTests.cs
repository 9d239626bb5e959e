using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

public sealed class DmctSmokePackTests
{
    private static readonly TestPack Pack = PackLibrary.Find("dmct-smoke")!;

    [Fact]
    public void The_pack_has_eighteen_cases_of_which_twelve_reach_a_device()
    {
        Pack.Cases.Should().HaveCount(18);
        Pack.Cases.Count(testCase => testCase.TouchesDevice).Should().Be(12);
    }

    [Fact]
    public void Its_hash_is_that_of_its_text()
    {
        Pack.Hash.Should().HaveLength(64).And.Be(TestPack.HashOf(Pack.Text)).And.NotBe(TestPack.HashOf(Pack.Text + "\n"));
    }

    [Fact]
    public void An_unknown_name_finds_nothing()
    {
        PackLibrary.Find("no-such-pack").Should().BeNull();
    }

    [Fact]
    public void Every_built_in_pack_has_the_name_of_its_file()
    {
        PackLibrary.List.Select(pack => pack.Name).Should().Equal(PackLibrary.Names).And.Contain("dmct-smoke");
    }

    [Fact]
    public void Every_case_that_disables_the_supply_enables_it_in_clean_up()
    {
        IEnumerable<TestCase> disabling = Pack.Cases.Where(testCase => testCase.Steps.Any(step => step.ServiceReferenceVariant == "7.2"));

        disabling.Should().HaveCount(4).And.OnlyContain(testCase => testCase.Cleanup.Any(step => step.ServiceReferenceVariant == "7.1"));
    }

    [Fact]
    public void Lint_finds_nothing_odd()
    {
        LintReport report = PackLint.Check(Pack);

        report.Findings.Should().BeEmpty();
        report.Cases.Should().Be(18);
        report.DeviceCases.Should().Be(12);
    }
}
