using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The pack of the comms hub on the virtual hub, without the cases that wait for real time to pass.</summary>
public sealed class CommsHubPackTests
{
    private static readonly string[] Waiting = ["HUB-05", "HUB-06"];

    private static TestPack Pack => PackLibrary.Find("comms-hub")!;

    [Theory]
    [InlineData("", "")]
    [InlineData("chf-01:stuck-version", "HUB-01")]
    [InlineData("chf-01:event-missing", "HUB-03")]
    [InlineData("chf-01:alert-lost", "HUB-03")]
    public async Task A_defect_of_the_hub_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        using BenchFolder folder = new() { Rig = OnFastLines() };
        await using BenchFolder.ServedBench served = await folder.ServeAsync(defect.Length == 0 ? [] : [defect]);
        await using RigBench bench = folder.OpenBench();
        Dictionary<string, AttemptResult> results = [];

        foreach (TestCase testCase in Pack.Cases.Where(testCase => !Waiting.Contains(testCase.Id)))
        {
            results[testCase.Id] = await new PackRunner().RunCaseAsync(
                Pack, testCase, bench, new KeepingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();
        }

        results.Where(result => result.Value.Verdict == Verdict.Failed).Select(result => result.Key)
            .Should().Equal(cases.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        results.Values.Should().OnlyContain(result => result.Verdict == Verdict.Passed || result.Verdict == Verdict.Failed);
    }

    [Fact]
    public async Task HUB_06_a_hub_that_loses_its_supply_half_way_comes_back_and_tells_of_it()
    {
        // While it is off only the time-out tells, so that it is as short as in the rig's own file.
        using BenchFolder folder = new() { Rig = OnFastLines(timeout: "1s") };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();

        AttemptResult result = await new PackRunner().RunCaseAsync(
            Pack, Pack.Find("HUB-06")!, bench, new KeepingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
    }

    /// <summary>The rig of the pack with lines that cost no time, and answers that may take as long as a slow machine likes.</summary>
    private static RigConfiguration OnFastLines(string timeout = "60s") => BenchFolder.Parse(
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "hub", "rig.yaml"))
            .Replace("model: ../virtual/", "paced: false, model: rigs/virtual/", StringComparison.Ordinal)
            .Replace("response-timeout: 1s", $"response-timeout: {timeout}", StringComparison.Ordinal));
}
