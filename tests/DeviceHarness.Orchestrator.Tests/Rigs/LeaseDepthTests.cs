using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using LeasePolicy = DeviceHarness.Assurance.Cycles.LeasePolicy;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class LeaseDepthTests
{
    private static readonly string[] Cases = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"];

    [Fact]
    public async Task A_rig_is_handed_four_cases_ahead_in_pack_order_and_the_next_when_one_has_ended()
    {
        await using OrchestratorBench bench = await StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync(Cases);
        List<Lease> leases = await ReadAsync(rig, LeasePolicy.DefaultDepth);
        Rig shown = await bench.ShowRigAsync();
        CycleDetail waiting = await bench.GetAsync(cycle);

        await rig.SendAsync(Samples.Whole(leases[0], Verdict.Passed));
        Lease fifth = await rig.ReadLeaseAsync();

        leases.Append(fifth).Select(lease => lease.CaseId).Should().Equal("ONE", "TWO", "THREE", "FOUR", "FIVE");
        shown.RunningCase.Should().Be("ONE", "leases are run in the order of their numbers");
        waiting.Executions.Count(execution => execution.State == "leased").Should().Be(4);
        waiting.Executions.Count(execution => execution.State == "queued").Should().Be(2);
    }

    [Theory]
    [InlineData(0, "A1 A2 A3 A4")]
    [InlineData(1, "A1 A2 A3 A4")]
    [InlineData(2, "A1 A2 A3 A4 B1 B2")]
    public async Task A_rig_that_runs_cases_beside_each_other_is_handed_those_of_idle_devices_too(int parallel, string handed)
    {
        await using OrchestratorBench bench = await StartAsync();
        Hello hello = Samples.Hello();
        hello.Parallel = parallel;
        hello.Devices.Add(Samples.Device("esme-02", Samples.SpareEsme));
        await using ScriptedRig rig = await bench.ConnectAsync(hello);
        string pack = Samples.Pack("A1", "A2", "A3", "A4", "A5", "B1", "B2")
            .Replace("  esme: ESME", "  esme: ESME\n  other: { type: ESME, device: esme-02 }", StringComparison.Ordinal);
        foreach (string id in (string[])["B1", "B2"])
        {
            pack = pack.Replace($"The case {id}\n    device: esme", $"The case {id}\n    device: other", StringComparison.Ordinal);
        }

        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(
            new SubmitCyclesRequest { PackText = pack, Rig = Samples.Rig, Cycles = 1 }).ResponseAsync.DefaultTimeout();
        List<Lease> leases = await ReadAsync(rig, handed.Split(' ').Length);
        CycleDetail waiting = await bench.GetAsync(reply.CycleIds[0]);

        leases.Select(lease => lease.CaseId).Should().Equal(handed.Split(' '));
        waiting.Executions.Count(execution => execution.State == "leased").Should().Be(leases.Count);
    }

    [Fact]
    public async Task A_rig_that_was_cut_off_went_on_and_all_that_it_ran_meanwhile_counts()
    {
        await using OrchestratorBench bench = await StartAsync();
        List<Lease> leases;
        string cycle;
        await using (ScriptedRig before = await bench.ConnectAsync())
        {
            cycle = await bench.SubmitAsync(Cases[..4]);
            leases = await ReadAsync(before, 4);
        }

        // Cut off, the rig ran the first two whole and is in the third; the fourth still waits.
        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(held:
        [
            Samples.Held(leases[0], isRunning: false, highWater: 4),
            Samples.Held(leases[1], isRunning: false, highWater: 4),
            Samples.Held(leases[2], isRunning: true, highWater: 1),
            Samples.Held(leases[3], isRunning: true, highWater: 0),
        ]));
        foreach (Lease lease in leases)
        {
            await after.RunAfterAcksAsync(lease);
        }

        CycleDetail detail = await bench.GetAsync(cycle);
        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Cycle.Passed.Should().Be(4);
        detail.Executions.Should().OnlyContain(execution => execution.Attempts == 1);
        bench.CountStored("event").Should().Be(16);
    }

    [Fact]
    public async Task An_agent_that_restarted_gives_back_what_waited_and_loses_only_what_ran()
    {
        await using OrchestratorBench bench = await StartAsync();
        List<Lease> leases;
        string cycle;
        await using (ScriptedRig before = await bench.ConnectAsync())
        {
            cycle = await bench.SubmitAsync("ONE", "TWO!", "THREE", "FOUR!");
            leases = await ReadAsync(before, 4);
            await before.SendAsync(Samples.Started(leases[0]));
            await before.ReadAckAsync();
        }

        Hello restarted = Samples.Hello(bootId: "boot-2", held: Samples.Held(leases[0], isRunning: false, highWater: 2));
        await using ScriptedRig after = await bench.ConnectAsync(restarted);
        await after.SendAsync(Samples.Finished(leases[0], 2, Verdict.Inconclusive, "the agent ended in the middle"));
        List<Lease> anew = await ReadAsync(after, 4);

        anew.Select(lease => lease.CaseId).Should().Equal("ONE", "TWO!".TrimEnd('!'), "THREE", "FOUR");
        anew.Select(lease => lease.Attempt).Should().Equal(2, 1, 1, 1);
        anew.Select(lease => lease.LeaseNumber).Should().Equal(5, 6, 7, 8);
        (await bench.GetAsync(cycle)).Cycle.State.Should().Be(CycleState.Running);
    }

    [Fact]
    public async Task A_cancelled_cycle_asks_for_all_leases_back_and_what_never_began_was_not_run()
    {
        await using OrchestratorBench bench = await StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync(Cases[..3]);
        List<Lease> leases = await ReadAsync(rig, 3);
        await rig.SendAsync(Samples.Started(leases[0]));
        await rig.ReadAckAsync();

        await bench.Client.CancelCycleAsync(new CancelCycleRequest { CycleId = cycle, Reason = "enough" });
        List<long> called = [];
        foreach (Lease _ in leases)
        {
            called.Add((await rig.ReadCancelAsync()).LeaseNumber);
        }

        foreach (Lease lease in leases[1..])
        {
            LeaseDeclined declined = new() { LeaseNumber = lease.LeaseNumber, ExecutionId = lease.ExecutionId, Reason = "enough" };
            await rig.SendAsync(new RigMessage { LeaseDeclined = declined });
        }

        await rig.SendAsync(Samples.Finished(leases[0], 2, Verdict.Inconclusive, "enough"));
        await rig.ReadAckAsync();

        CycleDetail detail = await bench.GetAsync(cycle);
        called.Should().Equal(
            leases.Select(lease => lease.LeaseNumber).Reverse(), "a case that waits would begin when the one in front of it is stopped");
        detail.Cycle.State.Should().Be(CycleState.Incomplete);
        detail.Executions.Select(execution => execution.Verdict).Should().Equal(Verdict.Inconclusive, Verdict.NotRun, Verdict.NotRun);
        detail.Executions.Select(execution => execution.Attempts).Should().Equal(1, 0, 0);
    }

    [Fact]
    public async Task A_rig_that_declines_is_asked_for_its_health_before_it_is_given_more()
    {
        await using OrchestratorBench bench = await StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();
        rig.Fault = "the journal cannot be written: No space left on device";

        LeaseDeclined declined = new() { LeaseNumber = lease.LeaseNumber, ExecutionId = lease.ExecutionId, Reason = "JRN-001" };
        await rig.SendAsync(new RigMessage { LeaseDeclined = declined });
        await rig.ReadHealthCheckAsync();
        Rig sick = await bench.ShowRigWhenAsync("sick");
        CycleDetail waiting = await bench.GetAsync(cycle);
        rig.Fault = string.Empty;
        await bench.PassAsync(Orchestrator.Rigs.RigHealth.RecheckInterval);
        Lease again = await rig.ReadLeaseAsync();

        sick.Health.Should().Be("sick: the journal cannot be written: No space left on device");
        waiting.Executions[0].State.Should().Be("queued");
        again.Attempt.Should().Be(1);
        again.LeaseNumber.Should().Be(2);
    }

    private static Task<OrchestratorBench> StartAsync() =>
        OrchestratorBench.StartAsync(options => options with { Leases = LeasePolicy.Default });

    private static async Task<List<Lease>> ReadAsync(ScriptedRig rig, int count)
    {
        List<Lease> leases = [];
        while (leases.Count < count)
        {
            leases.Add(await rig.ReadLeaseAsync());
        }

        return leases;
    }
}
