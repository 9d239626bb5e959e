using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class StatusLogStepTests
{
    private const string Steps = """
        - request: { srv: "7.4" }
        - request: { srv: "11.2" }
        - status-log: { status: Complete, within: 3s }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Requests_whose_log_says_complete_meet_it_at_once()
    {
        _bench.Script.Status = _ => RequestStatus.Complete;

        AttemptResult result = await RunAsync(Steps).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_log_that_says_so_later_is_waited_for()
    {
        _bench.Script.Status = _ => RequestStatus.InProgress;
        Task<AttemptResult> run = RunAsync(Steps);
        _bench.Script.Status = _ => RequestStatus.Complete;

        _time.Advance(TimeSpan.FromSeconds(3));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_log_that_never_says_so_is_a_miss_with_its_numbers()
    {
        int asked = 0;
        _bench.Script.Status = _ => ++asked % 2 == 1 ? RequestStatus.Complete : RequestStatus.InProgress;
        Task<AttemptResult> run = RunAsync(Steps);

        _time.Advance(TimeSpan.FromSeconds(3));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("status log: Complete: status log: expected 2 of 2 Complete, found 1 of 2 Complete");
    }

    [Fact]
    public async Task A_refused_request_has_no_log_to_read()
    {
        _bench.Script.Then(ScriptedService.Refusal("E2")).Then(ScriptedService.Refusal("E2"));

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
              expect: { acknowledgement: E2 }
            - status-log: Complete
            """).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("no request was accepted before");
    }

    [Fact]
    public async Task A_service_that_shows_no_log_blocks_the_case()
    {
        Task<AttemptResult> run = RunAsync(Steps);

        _time.Advance(TimeSpan.FromSeconds(3));
        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("the service shows no status log of its requests");
    }

    private Task<AttemptResult> RunAsync(string steps)
    {
        TestPack pack = PackText.LoadSteps(steps);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = _time }, CancellationToken.None);
    }
}
