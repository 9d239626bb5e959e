using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Which cases each defect of the virtual meter turns red, over a sound line in this process. The same through separate processes:
/// end-to-end tests, a few in the suite and every one with the large counts.</summary>
public sealed class PlantedDefectVerdictsTests : IDisposable
{
    // Nobody moves the clock while a pack waits, so it does not wait here.
    private static readonly TestPack Smoke = PackLoader.Load(
        PackLibrary.Find("dmct-smoke")!.Text.Replace("- wait: 500ms", "- wait: 0s", StringComparison.Ordinal), "dmct-smoke");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [LongInlineData("wrong-scaler", "SMK-02 LOG-01")]
    [LongInlineData("stuck-version", "SMK-01")]
    [LongInlineData("clock-refused", "SMK-03 LOG-03 ACK-01")]
    [InlineData("switch-lies", "SMK-04 ACK-01")]
    [LongInlineData("log-shifted", "LOG-01")]
    [LongInlineData("empty-range-error", "LOG-01 LOG-02")]
    [LongInlineData("event-missing", "LOG-03")]
    [LongInlineData("no-answer", "SMK-01 SMK-02 SMK-03 SMK-04 SMK-05 SMK-07 LOG-01 LOG-02 LOG-03 ACK-01")]
    [InlineData("late-answer", "SMK-01 SMK-02 SMK-03 SMK-04 SMK-05 SMK-07 LOG-01 LOG-02 LOG-03 ACK-01")]
    public async Task A_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        EsmeDefects defects = defect.Length == 0 ? EsmeDefects.None : EsmeDefectNames.All[defect];
        await using FaultyRig rig = new(_folder.Path, "loss=0", 1, defects);
        Dictionary<string, Verdict> verdicts = [];

        foreach (TestCase testCase in Smoke.Cases)
        {
            AttemptResult result = await rig.RunAsync(Smoke, testCase);
            verdicts[testCase.Id] = result.Verdict;
        }

        string[] red = cases.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        verdicts.Should().BeEquivalentTo(
            Smoke.Cases.ToDictionary(testCase => testCase.Id, testCase => red.Contains(testCase.Id) ? Verdict.Failed : Verdict.Passed));
    }
}
