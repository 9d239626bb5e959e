using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Orchestrator.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class RigHealthTests
{
    private const string Fault = "/dev/ttyUSB9 does not lead to a port";

    [Fact]
    public async Task A_rig_is_asked_when_it_connects_and_leased_nothing_before_it_reported()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync(answersHealthChecks: false);
        string cycle = await bench.SubmitAsync("ONE");

        Rig before = await bench.ShowRigAsync();
        string state = (await bench.GetAsync(cycle)).Executions[0].State;
        await rig.ReportAsync("1");
        Lease lease = await rig.ReadLeaseAsync();

        before.Health.Should().Be("unknown");
        state.Should().Be("queued");
        lease.CaseId.Should().Be("ONE");
        (await bench.ShowRigAsync()).Health.Should().Be("healthy");
    }

    [Fact]
    public async Task A_sick_rig_is_leased_nothing_and_fails_nothing_and_is_leased_its_cases_once_it_is_healthy()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync(portFault: Fault);
        string cycle = await bench.SubmitAsync("ONE!");
        Rig sick = await bench.ShowRigWhenAsync("sick");
        await bench.PassAsync(RigHealth.RecheckInterval);
        await rig.ReadHealthCheckAsync();
        CycleDetail waiting = await bench.GetAsync(cycle);

        rig.PortFault = null;
        await bench.PassAsync(RigHealth.RecheckInterval);
        Lease lease = await rig.ReadLeaseAsync();
        await rig.RunAsync(lease, Verdict.Passed);

        sick.Health.Should().Be($"sick: esme-01: {Fault}");
        waiting.Cycle.State.Should().Be(CycleState.Frozen);
        waiting.Executions[0].State.Should().Be("queued");
        waiting.Executions[0].Attempts.Should().Be(0, "a broken bench says nothing about a device");
        lease.Attempt.Should().Be(1);
        (await bench.GetAsync(cycle)).Cycle.State.Should().Be(CycleState.Complete);
    }

    [Fact]
    public async Task A_rig_that_does_not_report_is_sick_after_the_time_and_healthy_when_a_late_report_comes()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync(answersHealthChecks: false);
        string cycle = await bench.SubmitAsync("ONE");

        await bench.PassAsync(RigHealth.ReportTime - TimeSpan.FromTicks(1));
        string early = (await bench.ShowRigAsync()).Health;
        await bench.PassAsync(TimeSpan.FromTicks(1));
        string late = (await bench.ShowRigAsync()).Health;
        string state = (await bench.GetAsync(cycle)).Executions[0].State;
        HealthCheck again = await rig.ReadHealthCheckAsync();
        await rig.ReportAsync(again.CheckId);
        Lease lease = await rig.ReadLeaseAsync();

        early.Should().Be("unknown");
        late.Should().StartWith("sick: no health report in 10 s");
        state.Should().Be("queued");
        lease.CaseId.Should().Be("ONE");
    }

    [Fact]
    public async Task A_report_on_an_older_check_does_not_count()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync(portFault: Fault);
        await bench.SubmitAsync("ONE");
        await bench.ShowRigWhenAsync("sick");
        rig.AnswersHealthChecks = false;
        await bench.PassAsync(RigHealth.RecheckInterval);
        HealthCheck second = await rig.ReadHealthCheckAsync();

        rig.PortFault = null;
        await rig.ReportAsync("1");
        rig.PortFault = "still unplugged";
        await rig.ReportAsync(second.CheckId);
        Rig shown = await bench.ShowRigWhenAsync("still");

        second.CheckId.Should().Be("2");
        shown.Health.Should().Be("sick: esme-01: still unplugged");
        shown.RunningCase.Should().BeEmpty("the healthy report came on an older check");
    }

    [Fact]
    public async Task A_report_holds_for_a_minute_and_is_renewed_before_the_next_lease()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);

        await bench.PassAsync(RigHealth.FreshFor - TimeSpan.FromTicks(1));
        await bench.SubmitAsync("TWO");
        OrchestratorMessage fresh = await rig.ReadAsync();
        await rig.RunAsync(fresh.Lease, Verdict.Passed);
        await bench.PassAsync(TimeSpan.FromTicks(1));
        await bench.SubmitAsync("THREE");
        OrchestratorMessage stale = await rig.ReadAsync();
        Lease third = await rig.ReadLeaseAsync();

        fresh.BodyCase.Should().Be(OrchestratorMessage.BodyOneofCase.Lease);
        stale.BodyCase.Should().Be(OrchestratorMessage.BodyOneofCase.HealthCheck, "a minute is over, so the rig is asked first");
        third.CaseId.Should().Be("THREE");
    }

    [Fact]
    public async Task The_setting_of_an_adapter_is_shown_as_the_rig_last_told_it_and_voids_no_cycle()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        Hello slow = Samples.Hello();
        slow.Devices[0].Adapter = new AdapterSetting { Text = "16 ms, low latency refused" };
        string cycle;
        Rig shown;
        await using (ScriptedRig first = await bench.ConnectAsync(slow, answersHealthChecks: false))
        {
            cycle = await bench.SubmitAsync("ONE");
            shown = await bench.ShowRigAsync();
        }

        Hello quick = Samples.Hello(bootId: "boot-2");
        quick.Devices[0].Adapter = new AdapterSetting { Text = "1 ms, low latency", LowLatency = true };
        await using ScriptedRig second = await bench.ConnectAsync(quick, answersHealthChecks: false);
        Rig renewed = await bench.ShowRigAsync();
        await second.ReportAsync("2");
        Rig unplugged = await bench.ShowRigWhenAsync("healthy");

        shown.Devices[0].Adapter.Text.Should().Be("16 ms, low latency refused");
        renewed.Devices[0].Adapter.Should().Be(quick.Devices[0].Adapter);
        unplugged.Devices[0].Adapter.Should().BeNull("the report told of none");
        (await bench.GetAsync(cycle)).Cycle.State.Should().NotBe(CycleState.Void);
    }

    [Fact]
    public async Task What_was_known_of_a_rig_is_forgotten_when_it_goes_away()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using (ScriptedRig rig = await bench.ConnectAsync(portFault: Fault))
        {
            await bench.ShowRigWhenAsync("sick");
            await rig.CompleteAsync();
            await rig.ReadStatusAsync();
        }

        Rig away = await bench.ShowRigWhenAsync("unknown");

        away.Health.Should().Be("unknown");
    }
}
