using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class FirmwareProposalTests
{
    [Fact]
    public async Task A_cycle_that_changed_firmware_voids_carries_the_test_that_its_combination_needs()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await StateAsync(bench, new EligibleFirmware { DeviceType = "ESME", Version = "4.2.0" });
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        await MarkAsync(bench, cycle);
        Lease lease = await before.ReadLeaseAsync();
        await before.DisposeAsync();

        await using ScriptedRig after = await bench.ConnectAsync(Changed(lease));
        await after.ReadCancelAsync();
        CycleSummary shown = (await bench.GetAsync(cycle)).Cycle;

        shown.State.Should().Be(CycleState.Void);
        (shown.Proposal.Test, shown.Proposal.Rule, shown.Proposal.Dmc).Should().Be((ProposedTest.Ppct, "FC-2", "D1"));
        FirmwareChange change = shown.Proposal.Changes.Should().ContainSingle().Subject;
        (change.DeviceType, change.From, change.To).Should().Be(("ESME", "4.2.0", "4.3.0"));
    }

    [Fact]
    public async Task A_version_that_a_device_reports_under_a_cycle_of_no_combination_proposes_DMCT_by_the_named_default()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        Lease first = await rig.ReadLeaseAsync();
        await rig.SendAsync(
            Samples.Started(first), Samples.StepFinished(first, 2, srv: "11.2"), Samples.Finished(first, 3, Verdict.Passed));
        await rig.ReadAckAsync();
        Lease second = await rig.ReadLeaseAsync();

        await rig.SendAsync(Samples.Started(second), Samples.Firmware(second, 2, "4.3.0"));
        await rig.ReadCancelAsync();
        CycleSummary shown = (await bench.GetAsync(cycle)).Cycle;

        shown.State.Should().Be(CycleState.Void);
        (shown.Proposal.Test, shown.Proposal.Rule).Should().Be((ProposedTest.Dmct, "FC-4, this harness's default"));
        shown.Proposal.Text.Should().Contain("4.2.0 to 4.3.0").And.Contain("assumed");
    }

    [Fact]
    public async Task A_complete_cycle_on_the_version_that_the_devices_left_stands_and_proposes_the_test_too()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await StateAsync(bench);
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        await before.RunAsync(await before.ReadLeaseAsync(), Verdict.Passed);
        await bench.WaitForEndAsync(cycle);
        await MarkAsync(bench, cycle);
        await before.DisposeAsync();

        await using ScriptedRig after = await bench.ConnectAsync(Changed(lease: null));
        string next = await bench.SubmitAsync("TWO");
        await after.RunAsync(await after.ReadLeaseAsync(), Verdict.Passed);
        CycleSummary old = (await bench.GetAsync(cycle)).Cycle;

        (old.State, old.Proposal.Test, old.Proposal.Rule).Should().Be((CycleState.Complete, ProposedTest.Dmct, "FC-3"));
        CycleSummary now = (await bench.WaitForEndAsync(next)).Cycle;
        now.Proposal.Should().BeNull("it was frozen with the new version");
        now.Models.Should().ContainSingle(model => model.EndsWith(" 4.3.0", StringComparison.Ordinal));
        now.Combination.Should().NotBe(old.Combination, "another version is another combination");
    }

    [Fact]
    public async Task Another_device_voids_a_cycle_and_proposes_no_test_of_firmware()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await before.ReadLeaseAsync();
        await before.DisposeAsync();
        Hello hello = Samples.Hello(bootId: "boot-2", held: Samples.Held(lease, isRunning: true, highWater: 0));
        hello.Devices[0].Profile = "another-model";

        await using ScriptedRig after = await bench.ConnectAsync(hello);
        await after.ReadCancelAsync();
        CycleSummary shown = (await bench.GetAsync(cycle)).Cycle;

        shown.State.Should().Be(CycleState.Void);
        shown.Proposal.Should().BeNull();
    }

    private static Hello Changed(Lease? lease)
    {
        Hello hello = lease is null
            ? Samples.Hello(bootId: "boot-2")
            : Samples.Hello(bootId: "boot-2", held: Samples.Held(lease, isRunning: true, highWater: 0));
        hello.Devices[0] = Samples.Device(firmware: "4.3.0");
        return hello;
    }

    private static Task StateAsync(OrchestratorBench bench, params EligibleFirmware[] eligible)
    {
        StateDmcRequest request = new() { Dmc = new Dmc { Id = "D1" }, Who = "me", Reason = "why" };
        request.Dmc.Components.Add("s1sp-cgi");
        request.Dmc.Eligible.AddRange(eligible);
        return bench.Client.StateDmcAsync(request).ResponseAsync.DefaultTimeout();
    }

    private static Task MarkAsync(OrchestratorBench bench, string cycle) => bench.Client.MarkCycleAsync(new MarkCycleRequest
    {
        CycleId = cycle,
        Who = "me",
        Reason = "why",
        Purpose = new CyclePurpose { Kind = CycleKind.Functional, Dmc = "D1" },
    }).ResponseAsync.DefaultTimeout();
}
