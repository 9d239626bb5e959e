using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Expectations;

/// <summary>Every kind of condition, written as packs write it and held against a found value. The time is 12:00:00 UTC.</summary>
public sealed class ConditionTests
{
    private readonly ScriptedBench _bench = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ABC", false)]
    [InlineData("4.2.0", "4.2", false)]
    [InlineData("{ equals: abc }", "abc", true)]
    [InlineData("{ equals: abc }", null, false)]
    [InlineData("[ a, b ]", "b", true)]
    [InlineData("[ a, b ]", "c", false)]
    [InlineData("{ one-of: [ a, b ] }", "a", true)]
    [InlineData("{ matches: \"^[0-9]+$\" }", "123", true)]
    [InlineData("{ matches: \"^[0-9]+$\" }", "-123", false)]
    [InlineData("{ matches: \"^[0-9]+$\" }", null, false)]
    [InlineData("{ at-least: 10 }", "10", true)]
    [InlineData("{ at-least: 10 }", "9.999", false)]
    [InlineData("{ at-least: 10 }", "ten", false)]
    [InlineData("{ at-least: 10 }", null, false)]
    [InlineData("{ at-most: 10 }", "10", true)]
    [InlineData("{ at-most: 10 }", "100", false)]
    [InlineData("{ at-least: 5, at-most: 10 }", "7", true)]
    [InlineData("{ at-least: 5, at-most: 10 }", "4", false)]
    [InlineData("{ at-most: \"${now}\" }", "2026-01-05T12:00:00Z", true)]
    [InlineData("{ at-most: \"${now-1s}\" }", "2026-01-05T12:00:00Z", false)]
    [InlineData("{ within: 5, of: 100 }", "105", true)]
    [InlineData("{ within: 5, of: 100 }", "94", false)]
    [InlineData("{ within: 0.5, of: 100, less: 90.5 }", "10", true)]
    [InlineData("{ within: 0.5, of: 100, less: 90.5 }", "8.9", false)]
    [InlineData("{ within: 0.5, of: 100, less: 90.5 }", "100", false)]
    [InlineData("{ within: 0.5, of: 100, less: 90.5 }", null, false)]
    [InlineData("{ within: 10s, of: \"${now}\" }", "2026-01-05T12:00:10Z", true)]
    [InlineData("{ within: 10s, of: \"${now}\" }", "2026-01-05T11:59:49.9Z", false)]
    [InlineData("{ within: 10s, of: \"${now+1h}\" }", "2026-01-05T14:00:01+01:00", true)]
    [InlineData("{ within: 10s, of: \"${now}\" }", "noon", false)]
    [InlineData("{ present: true }", "x", true)]
    [InlineData("{ present: true }", null, false)]
    [InlineData("{ present: false }", null, true)]
    [InlineData("[ { equals: \"${device.firmware}\" }, { equals: \"${device.baseline-firmware}\" } ]", "4.2.0", true)]
    [InlineData("\"${device.eui64} on ${rig}, ${seed}\"", "90-B3-D5-1F-30-00-00-A0 on bench-01, 7", true)]
    public async Task A_condition_is_met_or_missed(string condition, string? found, bool isMet)
    {
        AttemptResult result = await RunAsync(condition, found);

        result.Verdict.Should().Be(isMet ? Verdict.Passed : Verdict.Failed, result.Reason);
    }

    // The request begins at 12:00:00 and takes twenty seconds.
    [Theory]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T12:00:06Z", Verdict.Passed)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T12:00:14Z", Verdict.Passed)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T12:00:05.9Z", Verdict.Inconclusive)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T12:00:14.1Z", Verdict.Inconclusive)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T11:59:46Z", Verdict.Inconclusive)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T11:59:45.9Z", Verdict.Failed)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T12:00:34Z", Verdict.Inconclusive)]
    [InlineData("{ within: 14s, of: \"${now}\" }", "2026-01-05T12:00:34.1Z", Verdict.Failed)]
    [InlineData("{ within: 1s, of: \"${now}\" }", "2026-01-05T12:00:10Z", Verdict.Inconclusive)]
    [InlineData("{ within: 14s, of: \"2026-01-05T12:00:00Z\" }", "2026-01-05T12:00:14.1Z", Verdict.Failed)]
    [InlineData("{ at-least: \"${now}\" }", "2026-01-05T12:00:20Z", Verdict.Passed)]
    [InlineData("{ at-least: \"${now}\" }", "2026-01-05T12:00:10Z", Verdict.Inconclusive)]
    [InlineData("{ at-least: \"${now}\" }", "2026-01-05T11:59:59.9Z", Verdict.Failed)]
    [InlineData("{ at-most: \"${now}\" }", "2026-01-05T12:00:00Z", Verdict.Passed)]
    [InlineData("{ at-most: \"${now}\" }", "2026-01-05T12:00:10Z", Verdict.Inconclusive)]
    [InlineData("{ at-most: \"${now}\" }", "2026-01-05T12:00:20.1Z", Verdict.Failed)]
    [InlineData("{ at-least: \"${now-1h}\", at-most: \"${now}\" }", "2026-01-05T12:00:10Z", Verdict.Inconclusive)]
    [InlineData("{ at-least: \"${now+1h}\", at-most: \"${now}\" }", "2026-01-05T12:00:10Z", Verdict.Failed)]
    public async Task A_moment_is_judged_by_the_whole_time_that_the_request_took(string condition, string found, Verdict verdict)
    {
        _bench.Script.Arriving = _ => _time.Advance(TimeSpan.FromSeconds(20));

        AttemptResult result = await RunAsync(condition, found);

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Contains("the request's own time", StringComparison.Ordinal).Should().Be(verdict == Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_moment_that_proves_nothing_excuses_no_other_miss()
    {
        _bench.Script.Arriving = _ => _time.Advance(TimeSpan.FromSeconds(20));
        _bench.Script.Then(ScriptedService.Answer(success: null, ("At", "2026-01-05T12:00:15Z"), ("Value", "b")));
        TestPack pack = PackText.LoadSteps(
            "- request: { srv: \"7.4\" }\n  expect: { body: { At: { within: 14s, of: \"${now}\" }, Value: a } }");

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = _time }, CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain("expected a, found b");
    }

    [Theory]
    [InlineData("{ within: 10s, of: 100 }")]
    [InlineData("{ within: 10, of: \"${now}\" }")]
    [InlineData("{ at-least: \"${device.firmware}\" }")]
    public async Task Kinds_that_do_not_fit_are_an_error_of_the_pack(string condition)
    {
        AttemptResult result = await RunAsync(condition, "100");

        result.Verdict.Should().Be(Verdict.Error);
        result.Reason.Should().Contain(PackFaults.Value).And.Contain("sample.pack.yaml:18:");
    }

    [Theory]
    [InlineData("1000", true)]
    [InlineData("1039", true)]
    [InlineData("1040", false)]
    [InlineData("999", false)]
    public async Task A_register_advances_no_faster_than_the_rate_over_the_time_since(string second, bool isMet)
    {
        _bench.Script
            .Then(ScriptedService.Answer(success: null, ("Value", "1000")))
            .Then(ScriptedService.Answer(success: null, ("Value", second)));
        TestPack pack = PackText.LoadSteps("""
            - request: { srv: 4.1.1 }
              capture: { first: Value, at: started }
            - wait: 6s
            - request: { srv: 4.1.1 }
              expect: { body: { Value: { advanced: { from: "${first}", since: "${at}", at-most-per-hour: 23000, resolution: 1 } } } }
            """);
        Task<AttemptResult> run = new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = _time }, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(6));

        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(isMet ? Verdict.Passed : Verdict.Failed, "6 s at 23,000 per hour are 38.3, and 1 for the resolution");
    }

    [Theory]
    [InlineData("1005", true)]
    [InlineData("1004.9", false)]
    [InlineData("1040", false)]
    public async Task A_register_that_has_to_advance_is_held_to_the_least_amount_too(string second, bool isMet)
    {
        AttemptResult result = await RunAsync(
            "{ advanced: { from: \"1000\", since: \"${now-6s}\", at-most-per-hour: 23000, resolution: 1, by-at-least: 5 } }", second);

        result.Verdict.Should().Be(isMet ? Verdict.Passed : Verdict.Failed);
    }

    private Task<AttemptResult> RunAsync(string condition, string? found)
    {
        _bench.Script.Then(found is null ? ScriptedService.Answer() : ScriptedService.Answer(success: null, ("Value", found)));
        TestPack pack = PackText.LoadSteps($"- request: {{ srv: \"7.4\" }}\n  expect: {{ body: {{ Value: {condition} }} }}");
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = _time, Seed = 7 }, CancellationToken.None)
            .DefaultTimeout();
    }
}
