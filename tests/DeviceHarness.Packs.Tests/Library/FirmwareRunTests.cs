using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>The firmware pack against the simulated service and a meter that is only its answers.</summary>
public sealed class FirmwareRunTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PackRunner _runner = new();

    [Fact]
    public async Task A_healthy_meter_passes_every_case_and_is_put_back_cycle_after_cycle()
    {
        SimulatedBench bench = new(_time);

        Dictionary<string, AttemptResult> first = await RunAllAsync(bench, PackLibrary.Find("firmware")!);
        Dictionary<string, AttemptResult> second = await RunAllAsync(bench, PackLibrary.Find("firmware")!);

        first.Should().HaveCount(11);
        first.Concat(second).Where(result => result.Value.Verdict != Verdict.Passed)
            .Select(result => $"{result.Key}: {result.Value.Reason}").Should().BeEmpty();
        bench.RunningFirmware.Should().Be("4.2.0");
    }

    [Theory]
    [InlineData("phantom-image", "FW-02")]
    [InlineData("verify-fails", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10")]
    [InlineData("block-lost", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10")]
    [InlineData("image-hash-wrong", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10")]
    [InlineData("activation-fails", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10")]
    [InlineData("activation-lies", "FW-01")]
    [InlineData("verify-lies", "FW-05 FW-05-MODEL FW-05-HARDWARE FW-10")]
    [InlineData("wrong-image-accepted", "FW-05-MODEL FW-05-HARDWARE FW-10")]
    [InlineData("resume-forgets", "FW-06 FW-06-POWER")]
    [InlineData("hub-power-cut", "FW-07")]
    public async Task Each_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        Dictionary<string, AttemptResult> results = await RunAllAsync(new SimulatedBench(_time, defect), PackLibrary.Find("firmware")!);

        results.Where(result => result.Value.Verdict != Verdict.Passed).Select(result => result.Key).Should().Equal(cases.Split(' '));
    }

    [Theory]
    [InlineData("FW-03", "A0E47CC65D6E2792C84B1BB346A6E22043AA50396C580326A4FB4AF1065806FF",
        "E619E349C8B3074827BCA9E8B997773D8E6128D621032785177096F778DAF28E")]
    [InlineData("FW-05", "delivery: unchecked", "delivery: checked")]
    [InlineData("FW-05-MODEL", "delivery: unchecked", "delivery: checked")]
    [InlineData("FW-05-HARDWARE FW-10", "delivery: unchecked", "delivery: checked")]
    public async Task A_case_that_looks_for_a_refusal_is_red_when_its_request_is_another(string ids, string from, string to)
    {
        string[] red = ids.Split(' ');
        string text = PackLibrary.Find("firmware")!.Text;
        int place = text.IndexOf(from, text.IndexOf($"- id: {red[0]}\n", StringComparison.Ordinal), StringComparison.Ordinal);
        TestPack pack = PackLoader.Load(string.Concat(text.AsSpan(0, place), to, text.AsSpan(place + from.Length)), "changed");

        Dictionary<string, AttemptResult> results = await RunAllAsync(new SimulatedBench(_time), pack);

        results.Where(result => result.Value.Verdict == Verdict.Failed).Select(result => result.Key).Should().Equal(red);
    }

    [Fact]
    public async Task A_hub_that_an_activation_starves_fails_the_meter_with_the_time_that_was_seen()
    {
        Dictionary<string, AttemptResult> results =
            await RunAllAsync(new SimulatedBench(_time, "hub-power-cut"), PackLibrary.Find("firmware")!);

        results["FW-07"].Verdict.Should().Be(Verdict.Failed);
        results["FW-07"].Reason.Should().Contain("expected no interruption of 180 s or more, found off, longest interruption 180.");
    }

    [Fact]
    public async Task Without_an_input_at_the_hubs_terminal_its_case_is_blocked_with_the_reason_and_sends_nothing()
    {
        SimulatedBench bench = new(_time) { Supply = null };

        Dictionary<string, AttemptResult> results = await RunAllAsync(bench, PackLibrary.Find("firmware")!);

        results.Where(result => result.Value.Verdict != Verdict.Passed).Select(result => result.Key).Should().Equal("FW-07", "FW-08");
        results["FW-07"].Verdict.Should().Be(Verdict.Blocked);
        results["FW-07"].Reason.Should().Contain("no supply-sense input").And.Contain("esme-01 hub").And.Contain("power.sense");
        results["FW-07"].Steps.Should().BeEmpty();
    }

    private async Task<Dictionary<string, AttemptResult>> RunAllAsync(ITestBench bench, TestPack pack)
    {
        Dictionary<string, AttemptResult> results = [];
        foreach (TestCase testCase in pack.Cases)
        {
            results[testCase.Id] = await _runner.RunOnClockAsync(pack, testCase, bench, new RecordingJournal(), _time);
        }

        return results;
    }
}
