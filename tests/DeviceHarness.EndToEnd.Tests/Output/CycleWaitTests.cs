using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Output;

public sealed class CycleWaitTests
{
    private readonly CycleWait _wait = new();

    [Fact]
    public void Who_took_the_rig_out_and_why_is_said_once_and_what_lets_it_in_again()
    {
        _wait.Take(Snapshot("finished", "queued"));

        _wait.News([Taken("bench-01", "ann"), Taken("bench-09", "bob")]).Should().Equal(
            "waits: bench-01 is in QUARANTINE since 2026-01-05 20:00:00 UTC, by ann: a new meter; it gets no work until "
            + "'harness rig release bench-01 --quarantine --reason <text>'");
        _wait.News([Taken("bench-01", "ann")]).Should().BeEmpty("it was said");
        _wait.News([new Rig { Name = "bench-01", Online = true }]).Should().BeEmpty();
        _wait.News([Taken("bench-01", "ann")]).Should().ContainSingle("it was let in between");
    }

    [Fact]
    public void A_rig_that_the_orchestrator_took_out_may_come_back_by_itself()
    {
        _wait.Take(Snapshot("queued"));
        Rig rig = Taken("bench-01", "the orchestrator");
        rig.Quarantine.Checked = true;

        _wait.News([rig]).Should().ContainSingle().Which.Should().Contain("until its health check passes or 'harness rig release");
    }

    [Fact]
    public void Spare_rigs_that_are_away_or_sick_are_told_of_too()
    {
        _wait.Take(Snapshot("queued"));
        Rig sick = new() { Name = "spare-01", Online = true, Health = "sick: esme-01: TRAN-001" };

        _wait.News([new Rig { Name = "bench-01" }, sick]).Should().Equal(
            "waits: bench-01 is offline: it gets work when its agent connects ('harness agent' there)",
            "waits: spare-01 is sick: esme-01: TRAN-001; it gets no work until it is healthy ('harness doctor' there)");
        sick.Health = "healthy";
        _wait.News([sick]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("running")]
    [InlineData("leased")]
    [InlineData("finished")]
    public void A_cycle_that_is_at_work_or_has_ended_waits_for_nobody(string state)
    {
        _wait.Take(Snapshot("queued"));
        bool before = _wait.IsOn;

        _wait.Take(new CycleUpdate { Execution = new ExecutionUpdate { Execution = new ExecutionSummary { Id = "0", State = state } } });

        before.Should().BeTrue();
        _wait.IsOn.Should().BeFalse();
        _wait.News([Taken("bench-01", "ann")]).Should().BeEmpty();
    }

    private static Rig Taken(string rig, string by) => new()
    {
        Name = rig,
        Online = true,
        Quarantine = new BenchQuarantine
        {
            Since = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 5, 20, 0, 0, TimeSpan.Zero)),
            By = by,
            Reason = "a new meter",
        },
    };

    private static CycleUpdate Snapshot(params string[] states)
    {
        CycleDetail detail = new() { Cycle = new CycleSummary { Rig = "bench-01", SpareRigs = { "spare-01" } } };
        detail.Executions.AddRange(states.Select((state, index) => new ExecutionSummary { Id = $"{index}", State = state }));
        return new CycleUpdate { Snapshot = detail };
    }
}
