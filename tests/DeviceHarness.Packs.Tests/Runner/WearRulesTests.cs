using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>A case that would wear a device more than it may be is Blocked before its first step.</summary>
public sealed class WearRulesTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(null, Verdict.Passed)]
    [InlineData(2, Verdict.Passed)]
    [InlineData(1, Verdict.Blocked)]
    [InlineData(0, Verdict.Blocked)]
    public async Task A_case_begins_when_all_that_it_wears_is_left(int? left, Verdict expected)
    {
        AttemptResult result = await RunAsync(
            "- request: { srv: \"7.2\" }\n- request: { srv: \"7.4\" }", "cleanup:\n  - request: { srv: \"7.1\" }", left);

        result.Verdict.Should().Be(expected, result.Reason);
        if (expected == Verdict.Blocked)
        {
            result.Steps.Should().BeEmpty();
            result.Reason.Should().StartWith($"esme-01 may be sent {left} more commands that wear it out, and the case sends 2");
        }
    }

    [Fact]
    public async Task A_case_that_wears_nothing_begins_whatever_is_left()
    {
        (await RunAsync("- request: { srv: \"7.4\" }", string.Empty, left: 0)).Verdict.Should().Be(Verdict.Passed);
    }

    private Task<AttemptResult> RunAsync(string steps, string rest, int? left)
    {
        TestPack pack = PackText.LoadSteps(steps, rest);
        RunOptions options = new() { Time = _time, WearLeftOf = _ => left };
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], new SimulatedBench(_time), new RecordingJournal(), options, CancellationToken.None).DefaultTimeout();
    }
}
