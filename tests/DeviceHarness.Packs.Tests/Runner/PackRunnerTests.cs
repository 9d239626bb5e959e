using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

public sealed class PackRunnerTests
{
    private const string ReadVersion = """
        - name: read the version
          request: { srv: "11.2" }
          expect: { body: { FirmwareVersion: "${device.firmware}" } }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();
    private readonly ManualTimeProvider _time = new();
    private readonly PackRunner _runner = new();

    [Fact]
    public async Task A_case_whose_expectations_are_met_passes()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "4.2.0")));

        AttemptResult result = await RunAsync(ReadVersion);

        result.Verdict.Should().Be(Verdict.Passed);
        result.Reason.Should().BeEmpty();
        result.Steps.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_missed_expectation_fails_and_says_what_was_found()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "4.1.9")));

        AttemptResult result = await RunAsync(ReadVersion);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("read the version: FirmwareVersion: expected 4.2.0, found 4.1.9");
    }

    [Fact]
    public async Task Events_come_in_order_and_one_flush_ends_a_safe_case()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "4.2.0")));

        await RunAsync(ReadVersion);

        _journal.Log.Should().Equal(
            "AttemptStarted", "StepStarted", "StepFinished", "EvidenceRecorded", "AttemptFinished", "Flush");
    }

    [Fact]
    public async Task The_journal_is_flushed_before_a_critical_request_leaves()
    {
        _bench.Script.Arriving = _ => _journal.Log.Add("Send");

        await RunAsync("- request: { srv: \"7.1\" }");

        _journal.Log.Should().Equal(
            "AttemptStarted", "StepStarted", "Flush", "Send", "StepFinished", "EvidenceRecorded", "AttemptFinished", "Flush");
    }

    [Fact]
    public async Task Requests_carry_the_user_the_target_and_rising_counters()
    {
        await RunAsync("- request: { srv: \"7.4\" }\n- request: { srv: \"7.4\" }");

        DuisRequest[] requests = [.. _bench.Script.Requests.Select(xml => DuisRequestReader.Read(xml).Message)];
        requests[0].Id.Originator.Should().Be(_bench.UserOf("IS"));
        requests[0].Id.Target.ToString().Should().Be(ScriptedBench.Esme);
        requests[0].Id.Counter.Should().Be((ulong)_time.GetUtcNow().ToUnixTimeMilliseconds());
        requests[1].Id.Counter.Should().Be(requests[0].Id.Counter + 1);
    }

    private Task<AttemptResult> RunAsync(string steps, string rest = "")
    {
        TestPack pack = PackText.LoadSteps(steps, rest);
        return _runner.RunCaseAsync(pack, pack.Cases[0], _bench, _journal, new RunOptions { Time = _time, Seed = 7 }, CancellationToken.None)
            .DefaultTimeout();
    }
}
