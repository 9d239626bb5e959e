using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class MigrationStepTests
{
    [Fact]
    public async Task A_bench_that_migrates_nothing_blocks_the_case()
    {
        Packs.Model.TestPack pack = PackText.LoadSteps("- migration: { installation: house, begin: true }");

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], new ScriptedBench(), new RecordingJournal(), new RunOptions { Time = new ManualTimeProvider() },
            CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("names no installation 'house'");
    }

    [Theory]
    [InlineData("{ begin: true }", "migration.installation CONF-002")]
    [InlineData("{ installation: house }", "migration PACK-007")]
    [InlineData("{ installation: house, begin: true, file: 1 }", "migration PACK-007")]
    [InlineData("{ installation: house, begin: false }", "migration.begin CONF-004")]
    [InlineData("{ installation: house, file: 4 }", "migration.file CONF-004")]
    [InlineData("{ installation: house, file: 1, expect: lost }", "migration.expect CONF-004")]
    [InlineData("{ installation: house, supplier-of: all }", "migration.supplier-of CONF-004")]
    public void What_cannot_be_is_told_with_its_place(string migration, string fault)
    {
        string text = PackText.WithSteps($"- migration: {migration}");

        Packs.Loader.PackLoader.Check(text, "sample").Faults.Select(found => $"{found.Key} {found.Code}")
            .Should().Equal($"cases[0].steps[0].{fault}");
    }
}
