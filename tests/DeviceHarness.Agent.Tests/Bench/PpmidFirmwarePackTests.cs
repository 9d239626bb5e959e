using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The firmware of a PPMID through the service port of the virtual hub, over the hub's own link.</summary>
public sealed class PpmidFirmwarePackTests
{
    private static readonly Eui64 Early = Eui64.Parse("90-B3-D5-1F-30-00-00-A6");

    private static TestPack Pack => PackLibrary.Find("ppmid-firmware")!;

    [Theory]
    [InlineData("", "")]
    [InlineData("chf-01:activation-lies", "PPM-01")]
    [InlineData("chf-01:verify-fails", "PPM-01")]
    [InlineData("chf-01:wrong-image-accepted", "PPM-02")]
    public async Task A_defect_of_the_hub_turns_its_case_red_and_no_other(string defect, string cases)
    {
        using BenchFolder folder = new() { Rig = OnFastLines() };
        await using BenchFolder.ServedBench served = await folder.ServeAsync(defect.Length == 0 ? [] : [defect]);
        await using RigBench bench = folder.OpenBench();

        Dictionary<string, AttemptResult> results = await RunAsync(bench);

        results.Where(result => result.Value.Verdict == Verdict.Failed).Select(result => result.Key)
            .Should().Equal(cases.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        results.Values.Should().OnlyContain(result => result.Verdict == Verdict.Passed || result.Verdict == Verdict.Failed);
        results["PPM-01"].OctetsToDevice.Should().BePositive("what passed the hub's port is evidence of the PPMID behind it");
        results["PPM-03"].OctetsToDevice.Should().Be(0);
        bench.Inventory.Find(Early)!.FirmwareVersion.Should().Be("1.0.0", "nothing of it reaches the hub");
    }

    [Fact]
    public async Task A_service_that_takes_the_PPMIDs_of_every_release_is_found_by_the_one_that_is_not_there()
    {
        using BenchFolder folder = new() { Rig = OnFastLines() with { FirmwareUpdateRules = FirmwareUpdateRules.Secmp0007 } };
        await using BenchFolder.ServedBench served = await folder.ServeAsync([]);
        await using RigBench bench = folder.OpenBench();

        Dictionary<string, AttemptResult> results = await RunAsync(bench, "PPM-03");

        results["PPM-03"].Reason.Should().Contain("acknowledgement: expected W110101, found I0");
        bench.Inventory.Find(Early)!.FirmwareVersion.Should().Be("1.0.0");
    }

    private static async Task<Dictionary<string, AttemptResult>> RunAsync(RigBench bench, string? only = null)
    {
        Dictionary<string, AttemptResult> results = [];
        foreach (TestCase testCase in Pack.Cases.Where(testCase => only is null || testCase.Id == only))
        {
            results[testCase.Id] = await new PackRunner().RunCaseAsync(
                Pack, testCase, bench, new KeepingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();
        }

        return results;
    }

    /// <summary>The rig of the pack with lines that cost no time, and answers that may take as long as a slow machine likes.</summary>
    private static RigConfiguration OnFastLines() => BenchFolder.Parse(
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "hub", "rig.yaml"))
            .Replace("model: ../virtual/", "paced: false, model: rigs/virtual/", StringComparison.Ordinal)
            .Replace("response-timeout: 1s", "response-timeout: 60s", StringComparison.Ordinal));
}
