using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>A case that begins at another version than its device runs is Blocked, and sends nothing.</summary>
public sealed class ImagePairRulesTests
{
    private readonly ScriptedBench _bench = new();

    [Theory]
    [InlineData("4.2.1", "unknown", "esme-01 runs 4.2.1 already, and nobody has said whether it goes back to 4.2.0")]
    [InlineData("4.2.1", "refused, source: maker", "esme-01 runs 4.2.1 already and may not go back to 4.2.0 (maker)")]
    [InlineData("4.1.7", "refused, source: maker", "esme-01 runs 4.1.7, and the case begins at 4.2.0")]
    public async Task A_device_at_another_version_blocks_the_case(string runs, string downgrade, string reason)
    {
        AttemptResult result = await RunAsync(runs, downgrade);

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Be(reason);
        result.Steps.Should().BeEmpty();
    }

    [Theory]
    [InlineData("4.2.0")]
    [InlineData("")]
    public async Task A_device_at_the_first_version_or_of_unknown_version_runs_it(string runs)
    {
        (await RunAsync(runs, "refused, source: maker")).Steps.Should().ContainSingle();
    }

    private Task<AttemptResult> RunAsync(string runs, string downgrade)
    {
        _bench.Inventory.Update(_bench.Devices[0].Eui64, row => row with { FirmwareVersion = runs });
        TestPack pack = PackText.LoadSteps(
            "- wait: 0s", "firmware: { from: 4.2.0, to: 4.2.1, downgrade: " + downgrade + " }");
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();
    }
}
