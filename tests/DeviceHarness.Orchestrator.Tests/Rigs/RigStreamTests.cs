using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class RigStreamTests
{
    [Fact]
    public async Task A_rig_is_welcomed_and_then_leased_the_cases_in_pack_order_one_at_a_time()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE", "TWO");

        Lease first = await rig.ReadLeaseAsync();
        await rig.RunAsync(first, Verdict.Passed);
        Lease second = await rig.ReadLeaseAsync();

        first.CaseId.Should().Be("ONE");
        first.Attempt.Should().Be(1);
        first.PackText.ToStringUtf8().Should().Be(Samples.Pack("ONE", "TWO"));
        first.Devices.Should().ContainSingle().Which.Eui64.Should().Be(Samples.Esme);
        second.CaseId.Should().Be("TWO");
        second.LeaseNumber.Should().BeGreaterThan(first.LeaseNumber, "the fence rises");
    }

    [Fact]
    public async Task Events_are_acknowledged_when_they_are_stored_and_doubles_change_nothing()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();

        await rig.SendAsync(Samples.Started(lease), Samples.StepStarted(lease, 2));
        EventAck ack = await rig.ReadAckAsync();
        long stored = bench.CountStored("event");
        await rig.SendAsync(Samples.Started(lease), Samples.StepStarted(lease, 2), Samples.StepFinished(lease, 3));
        EventAck again = await rig.ReadAckAsync();

        ack.Sequence.Should().Be(2);
        stored.Should().Be(2);
        again.Sequence.Should().Be(3);
        bench.CountStored("event").Should().Be(3);
        bench.CountStored("step").Should().Be(1);
    }

    [Fact]
    public async Task Events_past_a_gap_are_not_acknowledged()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();

        await rig.SendAsync(Samples.Started(lease), Samples.StepFinished(lease, 3));
        EventAck ack = await rig.ReadAckAsync();

        ack.Sequence.Should().Be(1);
        bench.CountStored("event").Should().Be(1);
    }

    [Fact]
    public async Task A_rig_that_reconnects_goes_on_with_what_it_runs()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await before.ReadLeaseAsync();
        await before.SendAsync(Samples.Started(lease));
        await before.ReadAckAsync();
        await before.DisposeAsync();

        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(held: Samples.Held(lease, isRunning: true, highWater: 2)));
        await after.SendAsync(Samples.Whole(lease, Verdict.Passed)[1..]);
        EventAck ack = await after.ReadAckAsync();

        ack.Sequence.Should().Be(4);
        ack.LeaseNumber.Should().Be(lease.LeaseNumber);
        ExecutionSummary execution = (await bench.GetAsync(cycle)).Executions.Should().ContainSingle().Subject;
        execution.Verdict.Should().Be(Verdict.Passed);
        execution.Attempts.Should().Be(1, "the rig went on, so nothing was leased anew");
    }

    [Fact]
    public async Task A_lease_that_never_reached_the_rig_is_leased_anew_under_a_new_number()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE!");
        Lease lost = await before.ReadLeaseAsync();
        await before.DisposeAsync();

        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));
        Lease lease = await after.ReadLeaseAsync();
        await after.RunAsync(lease, Verdict.Passed);

        lease.CaseId.Should().Be("ONE", "it never began, so even a case that is unsafe to repeat may run");
        lease.Attempt.Should().Be(1);
        lease.LeaseNumber.Should().BeGreaterThan(lost.LeaseNumber);
        (await bench.GetAsync(cycle)).Cycle.State.Should().Be(CycleState.Complete);
    }

    [Fact]
    public async Task An_attempt_whose_tail_was_lost_with_the_power_is_inconclusive_and_repeated()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lost = await before.ReadLeaseAsync();
        await before.SendAsync(Samples.Started(lost));
        await before.ReadAckAsync();
        await before.DisposeAsync();

        await using ScriptedRig after = await bench.ConnectAsync(
            Samples.Hello(bootId: "boot-2", held: Samples.Held(lost, isRunning: false, highWater: 2)));
        await after.SendAsync(Samples.StepStarted(lost, 2));
        Lease lease = await after.ReadLeaseAsync();
        await after.RunAsync(lease, Verdict.Passed);

        lease.Attempt.Should().Be(2);
        CycleDetail detail = await bench.GetAsync(cycle);
        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Executions[0].Attempts.Should().Be(2);
        detail.Executions[0].Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_started_attempt_that_the_rig_does_not_know_any_more_is_left_to_a_person_when_it_is_unsafe_to_repeat()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE!", "TWO");
        Lease lost = await before.ReadLeaseAsync();
        await before.SendAsync(Samples.Started(lost));
        await before.ReadAckAsync();
        await before.DisposeAsync();

        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));
        Lease next = await after.ReadLeaseAsync();

        next.CaseId.Should().Be("TWO");
        ExecutionSummary execution = (await bench.GetAsync(cycle)).Executions[0];
        execution.Verdict.Should().Be(Verdict.Inconclusive);
        execution.Reason.Should().Contain("does not hold the attempt");
    }

    [Fact]
    public async Task A_second_connection_replaces_the_first_with_a_clear_status()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig first = await bench.ConnectAsync();
        await using ScriptedRig second = await bench.ConnectAsync(Samples.Hello(bootId: "boot-2"));

        Status status = await first.ReadStatusAsync();
        await bench.SubmitAsync("ONE");
        Lease lease = await second.ReadLeaseAsync();

        status.StatusCode.Should().Be(StatusCode.Aborted);
        status.Detail.Should().Contain("replaced").And.Contain("boot-2");
        lease.CaseId.Should().Be("ONE", "the end of the replaced connection does not detach the rig");
    }

    [Fact]
    public async Task A_stream_that_does_not_begin_with_a_hello_is_refused()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = ScriptedRig.Dial(bench.Host.Address);

        await rig.SendAsync(new RigMessage { Heartbeat = new Heartbeat { Counter = 1 } });

        (await rig.ReadStatusAsync()).StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [Theory]
    [InlineData("rig name", "bench 01", "esme-01", Samples.Esme, "Commissioned")]
    [InlineData("EUI-64", "bench-01", "esme-01", "nonsense", "Commissioned")]
    [InlineData("status", "bench-01", "esme-01", Samples.Esme, "Asleep")]
    [InlineData("no name", "bench-01", "", Samples.Esme, "Commissioned")]
    public async Task A_hello_that_breaks_the_contract_says_what_is_wrong(
        string part, string rigName, string device, string eui64, string status)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = ScriptedRig.Dial(bench.Host.Address);
        Hello hello = Samples.Hello(rigName);
        hello.Devices[0] = Samples.Device(device, eui64);
        hello.Devices[0].Status = status;

        await rig.SendAsync(new RigMessage { Hello = hello });
        Status answer = await rig.ReadStatusAsync();

        answer.StatusCode.Should().Be(StatusCode.InvalidArgument);
        answer.Detail.Should().Contain(part);
    }

    [Fact]
    public async Task An_event_that_breaks_the_contract_ends_the_stream_and_is_not_stored()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();
        AttemptEvent broken = Samples.Finished(lease, 1, (Verdict)99);

        await rig.SendAsync(broken);
        Status status = await rig.ReadStatusAsync();

        status.StatusCode.Should().Be(StatusCode.InvalidArgument);
        status.Detail.Should().Contain("99 is not a verdict");
        bench.CountStored("event").Should().Be(0);
    }

    [Fact]
    public async Task A_declined_lease_is_offered_three_times_and_then_blocked()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");

        foreach (int _ in Enumerable.Range(1, 3))
        {
            Lease declined = await rig.ReadLeaseAsync();
            declined.CaseId.Should().Be("ONE");
            LeaseDeclined refusal = new() { LeaseNumber = declined.LeaseNumber, ExecutionId = declined.ExecutionId, Reason = "full" };
            await rig.SendAsync(new RigMessage { LeaseDeclined = refusal });
        }

        (await rig.ReadLeaseAsync()).CaseId.Should().Be("TWO");
        ExecutionSummary execution = (await bench.GetAsync(cycle)).Executions[0];
        execution.Verdict.Should().Be(Verdict.Blocked);
        execution.Reason.Should().Contain("declined the case 3 times: full");
    }

    [Fact]
    public async Task Events_of_a_lease_that_this_store_never_gave_are_kept_beside_it_and_acknowledged()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        Lease foreign = new() { ExecutionId = "elsewhere.0001", Attempt = 1, LeaseNumber = 99, CaseId = "X" };

        await rig.SendAsync(Samples.Started(foreign), Samples.StepStarted(foreign, 2));
        EventAck ack = await rig.ReadAckAsync();

        ack.Sequence.Should().Be(2);
        bench.CountStored("event").Should().Be(0);
        using FileStream kept = File.OpenRead(Path.Combine(bench.Folder, UnknownEventFile.FileName));
        AttemptEvent.Parser.ParseDelimitedFrom(kept).Sequence.Should().Be(1);
        AttemptEvent.Parser.ParseDelimitedFrom(kept).Sequence.Should().Be(2);
    }

    [Fact]
    public async Task A_silent_rig_is_shown_offline_and_back_and_keeps_its_lease()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();

        await bench.PassAsync(TimeSpan.FromSeconds(11));
        Rig silent = await ShowAsync(bench);
        await rig.RunAsync(lease, Verdict.Passed);
        Rig back = await ShowAsync(bench);

        silent.Online.Should().BeFalse();
        silent.RunningCase.Should().Be("ONE", "silence is shown and changes nothing else");
        back.Online.Should().BeTrue();
        back.RunningCase.Should().BeEmpty();
    }

    [Fact]
    public async Task A_rig_that_ends_its_stream_is_let_go_without_an_error()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();

        await rig.CompleteAsync();

        (await rig.ReadStatusAsync()).StatusCode.Should().Be(StatusCode.OK);
    }

    private static async Task<Rig> ShowAsync(OrchestratorBench bench)
    {
        ListRigsReply reply = await bench.Client.ListRigsAsync(new ListRigsRequest()).ResponseAsync.DefaultTimeout();
        return reply.Rigs.Should().ContainSingle().Subject;
    }
}
