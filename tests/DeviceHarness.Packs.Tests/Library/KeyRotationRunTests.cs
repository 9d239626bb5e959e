using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>The pack that rotates a meter's key, against a meter whose keys are only its answers.</summary>
public sealed class KeyRotationRunTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PackRunner _runner = new();

    private static TestPack Pack => PackLibrary.Find("key-rotation")!;

    [Fact]
    public void Lint_finds_nothing_odd() => PackLint.Check(Pack).Findings.Should().BeEmpty();

    [Fact]
    public void Each_rotation_is_irreversible_unsafe_and_never_run_again_by_itself()
    {
        PackStep[] rotations = [.. Pack.Cases.SelectMany(testCase => testCase.Steps).Where(step => step is RotateKeyStep)];

        rotations.Should().HaveCount(5).And.OnlyContain(step =>
            step.IsUnsafe && step.IsUnsafeToRepeat && step.Change == StepChange.Irreversible && step.TouchesDevice);
        Pack.Cases.Should().OnlyContain(testCase => testCase.Repeat == RepeatPolicy.Never);
    }

    [Theory]
    [InlineData("rotate-key: { key: management }")]
    [InlineData("probe-key: { expect: candidate }")]
    public void No_step_about_keys_cleans_up(string step)
    {
        string text = PackText.WithSteps("- request: { srv: \"7.4\" }", $"cleanup:\n  - {step}");

        PackLoader.Check(text, "sample.pack.yaml").Faults.Should().Contain(fault => fault.Key == "cases[0].cleanup[0]");
    }

    [Fact]
    public async Task A_healthy_meter_passes_and_waits_for_nothing()
    {
        SimulatedBench bench = new(_time);
        DateTimeOffset begun = _time.GetUtcNow();

        Dictionary<string, AttemptResult> results = await RunAsync(bench);

        results.Values.Should().OnlyContain(result => result.Verdict == Verdict.Passed);
        (_time.GetUtcNow() - begun).Should().BeLessThan(TimeSpan.FromMinutes(1), "the five minutes are for a missed confirmation");
    }

    [Fact]
    public async Task Without_a_confirmation_KEY_01_and_KEY_02_fail_as_110031_and_KEY_03_raises_nothing()
    {
        SimulatedBench bench = new(_time, "unconfirmed-key-rotation");
        RecordingJournal journal = new();

        Dictionary<string, AttemptResult> results = await RunAsync(bench, journal);

        results.Where(result => result.Value.Verdict == Verdict.Failed).Select(result => result.Key).Should().Equal("KEY-01", "KEY-02");
        results["KEY-03"].Verdict.Should().Be(Verdict.Passed);
        journal.Events.OfType<AttemptFinished>().Select(finished => finished.Issue?.KnownIssue ?? string.Empty)
            .Should().Equal("110031", "110031", string.Empty);
    }

    [Theory]
    [InlineData("key-kept", "KEY-01 KEY-02 KEY-03")]
    [InlineData("former-key-taken", "KEY-01")]
    public async Task Another_fault_is_not_called_110031(string defect, string cases)
    {
        RecordingJournal journal = new();

        Dictionary<string, AttemptResult> results = await RunAsync(new SimulatedBench(_time, defect), journal);

        results.Where(result => result.Value.Verdict == Verdict.Failed).Select(result => result.Key).Should().Equal(cases.Split(' '));
        journal.Events.OfType<AttemptFinished>().Should().OnlyContain(finished =>
            finished.Issue == null || finished.Issue.KnownIssue.Length == 0);
    }

    [Fact]
    public async Task A_silence_on_a_link_that_is_not_shown_to_be_sound_says_nothing_of_the_meter()
    {
        Dictionary<string, AttemptResult> results = await RunAsync(new SimulatedBench(_time, "dead-line"));

        results.Values.Should().OnlyContain(result => result.Verdict == Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_bench_whose_device_has_no_key_to_rotate_is_blocked()
    {
        ScriptedBench bench = new();

        AttemptResult result = await _runner.RunOnClockAsync(Pack, Pack.Cases[0], bench, new RecordingJournal(), _time);

        result.Verdict.Should().Be(Verdict.Blocked);
    }

    private async Task<Dictionary<string, AttemptResult>> RunAsync(SimulatedBench bench, RecordingJournal? journal = null)
    {
        Dictionary<string, AttemptResult> results = [];
        foreach (TestCase testCase in Pack.Cases)
        {
            results[testCase.Id] = await _runner.RunOnClockAsync(Pack, testCase, bench, journal ?? new RecordingJournal(), _time);
        }

        return results;
    }
}
