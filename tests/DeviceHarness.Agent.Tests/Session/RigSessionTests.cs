using System.Net;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Session;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Net;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Agent.Tests.Session;

public sealed class RigSessionTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HeldTimeProvider _time = new(RunningAgent.HeldTime);
    private ScriptedOrchestrator _orchestrator = null!;

    public async Task InitializeAsync() => _orchestrator = await ScriptedOrchestrator.StartAsync();

    public Task DisposeAsync() => _orchestrator.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_message_is_a_hello_that_names_rig_users_and_devices()
    {
        await using RunningAgent agent = Start();

        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        Hello hello = link.First.Hello;
        hello.Rig.Should().Be("test-rig");
        hello.Users.Select(user => user.Role).Should().Equal("IS", "OU");
        Device device = hello.Devices.Should().ContainSingle().Subject;
        device.Id.Should().Be("esme-01");
        device.Status.Should().Be("Commissioned");
        device.Provenance.Origin.Should().Be(Origin.Virtual);
        hello.Held.Should().BeEmpty();
    }

    [Fact]
    public async Task A_health_check_is_answered_with_each_device_and_its_port()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        await link.SendAsync(new OrchestratorMessage { HealthCheck = new HealthCheck { CheckId = "7" } });
        HealthReport report = (await link.ReadAsync(RigMessage.BodyOneofCase.HealthReport)).HealthReport;

        report.CheckId.Should().Be("7");
        DeviceHealth device = report.Devices.Should().ContainSingle().Subject;
        device.PortOpen.Should().BeFalse("nobody serves the virtual meter");
        device.Detail.Should().Contain("no virtual device answers");
    }

    [Fact]
    public async Task Heartbeats_come_at_the_interval_of_the_welcome_and_are_counted()
    {
        await using RunningAgent agent = Start();

        ScriptedRigLink link = await _orchestrator.WelcomeAsync(TimeSpan.FromMilliseconds(5));

        for (long counter = 1; counter <= 5; counter++)
        {
            (await link.ReadAsync(RigMessage.BodyOneofCase.Heartbeat)).Heartbeat.Counter.Should().Be(counter);
        }
    }

    [Fact]
    public async Task A_leased_case_runs_its_events_come_in_order_and_its_file_goes_when_all_are_acknowledged()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        await link.SendAsync(RunningAgent.LeaseOf("QUICK"));
        List<AttemptEvent> events = await link.ReadAttemptAsync();

        events.Select(one => one.Sequence).Should().Equal(Enumerable.Range(1, events.Count).Select(number => (long)number));
        events[0].BodyCase.Should().Be(AttemptEvent.BodyOneofCase.AttemptStarted);
        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Passed);
        agent.JournalFiles.Should().ContainSingle("nothing is acknowledged");
        await link.AcknowledgeAsync(events[^1]);
        await Eventually.HoldsAsync(() => agent.JournalFiles.Length == 0);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("a.person", false)]
    public async Task A_step_that_nothing_undoes_runs_on_a_real_device_only_when_the_run_allows_it(string allowedBy, bool isBlocked)
    {
        string real = BenchFolder.RigText.Replace(
            "link: { via: virtual, model: rigs/virtual/esme.yaml, paced: false }", "link: { via: serial, port: /dev/no-such-port }",
            StringComparison.Ordinal);
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address, rig: real);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        string pack = RunningAgent.PackText.Replace(
            "- wait: 1ms", "- { request: { srv: \"7.4\" }, change: irreversible }", StringComparison.Ordinal);
        Lease lease = RunningAgent.LeaseOf("QUICK", pack: pack);
        lease.IrreversibleAllowedBy = allowedBy;

        await link.SendAsync(lease);
        AttemptFinished end = (await link.ReadAttemptAsync())[^1].AttemptFinished;

        (end.Verdict == Verdict.Blocked).Should().Be(isBlocked, end.Reason);
        end.Reason.Contains("run the pack with --allow-irreversible", StringComparison.Ordinal).Should().Be(isBlocked, end.Reason);
    }

    [Fact]
    public async Task A_case_goes_on_while_the_agent_is_cut_off_and_each_event_comes_once_on_the_next_connection()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink first = await _orchestrator.WelcomeAsync();
        await first.SendAsync(RunningAgent.LeaseOf("HELD"));
        await _time.Reached.WaitAsync().DefaultTimeout();

        first.Cut();
        _time.Release();
        ScriptedRigLink second = await _orchestrator.WelcomeAsync();
        List<AttemptEvent> events = await second.ReadAttemptAsync();

        HeldLease held = second.First.Hello.Held.Should().ContainSingle().Subject;
        held.LeaseNumber.Should().Be(1);
        second.First.Hello.BootId.Should().Be(first.First.Hello.BootId, "the agent did not start again");
        events.Select(one => one.Sequence).Should().Equal(Enumerable.Range(1, events.Count).Select(number => (long)number));
        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_network_that_goes_dead_without_a_word_is_noticed_and_dialled_again()
    {
        await using TcpRelay relay = new() { Target = IPEndPoint.Parse(new Uri(_orchestrator.Address).Authority) };
        ChannelFactory channels = new(null, new KeepAlive(KeepAlive.Shortest, TimeSpan.FromSeconds(5)));
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, relay.Address, _time, channels);
        ScriptedRigLink first = await _orchestrator.WelcomeAsync();

        relay.Hold();
        await relay.Accepted.WaitForAsync(2, CancellationToken.None).DefaultTimeout();
        relay.Restore();
        ScriptedRigLink second = await _orchestrator.WelcomeAsync();

        second.First.Hello.BootId.Should().Be(first.First.Hello.BootId, "the agent did not start again");
    }

    [Fact]
    public async Task What_is_acknowledged_is_not_sent_again()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink first = await _orchestrator.WelcomeAsync();
        await first.SendAsync(RunningAgent.LeaseOf("HELD"));
        List<AttemptEvent> begun = await first.ReadEventsAsync(one => one.BodyCase == AttemptEvent.BodyOneofCase.StepStarted);
        await _time.Reached.WaitAsync().DefaultTimeout();
        await first.AcknowledgeAsync(begun[^1]);

        // The stream is in order: an answer to what follows the acknowledgement shows that it was taken.
        await first.SendAsync(new OrchestratorMessage { AdHocRequest = new AdHocRequest { RequestId = "mark", RequestXml = "<no" } });
        await first.ReadAsync(RigMessage.BodyOneofCase.AdHocAnswer);
        first.Cut();
        _time.Release();
        ScriptedRigLink second = await _orchestrator.WelcomeAsync();
        List<AttemptEvent> rest = await second.ReadAttemptAsync();

        rest[0].Sequence.Should().Be(begun[^1].Sequence + 1);
    }

    [Fact]
    public async Task A_lease_that_runs_and_one_that_waits_are_both_held_as_running()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink first = await _orchestrator.WelcomeAsync();
        await first.SendAsync(RunningAgent.LeaseOf("HELD", 1));
        await first.SendAsync(RunningAgent.LeaseOf("QUICK", 2));
        await _time.Reached.WaitAsync().DefaultTimeout();
        await first.SendAsync(new OrchestratorMessage { AdHocRequest = new AdHocRequest { RequestId = "mark", RequestXml = "<no" } });
        await first.ReadAsync(RigMessage.BodyOneofCase.AdHocAnswer);

        first.Cut();
        ScriptedRigLink second = await _orchestrator.WelcomeAsync();

        second.First.Hello.Held.Select(held => (held.LeaseNumber, held.Running)).Should().BeEquivalentTo([(1L, true), (2L, true)]);
        second.First.Hello.Held.Single(held => held.LeaseNumber == 2).JournalHighWater.Should().Be(0);
    }

    [Fact]
    public async Task A_lease_that_comes_twice_runs_once()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        Lease lease = RunningAgent.LeaseOf("HELD", 1);

        await link.SendAsync(lease);
        await _time.Reached.WaitAsync().DefaultTimeout();
        await link.SendAsync(lease);
        _time.Release();
        List<AttemptEvent> events = await link.ReadAttemptAsync();
        await link.SendAsync(lease);
        await link.SendAsync(RunningAgent.LeaseOf("QUICK", 2));
        events.AddRange(await link.ReadAttemptAsync());

        events.Where(one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptStarted).Select(one => one.LeaseNumber).Should().Equal(1, 2);
        _time.Reached.CurrentCount.Should().Be(0, "the held case began once");
    }

    [Fact]
    public async Task A_cancelled_lease_ends_inconclusive_with_the_reason_of_whoever_cancelled_it()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await link.SendAsync(RunningAgent.LeaseOf("HELD"));
        await _time.Reached.WaitAsync().DefaultTimeout();

        await link.CancelAsync(1, "somebody needs the bench");
        List<AttemptEvent> events = await link.ReadAttemptAsync();

        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Inconclusive);
        events[^1].AttemptFinished.Reason.Should().Contain("somebody needs the bench");
    }

    [Fact]
    public async Task A_cancelled_lease_that_waits_never_begins_a_step()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await link.SendAsync(RunningAgent.LeaseOf("HELD", 1));
        await link.SendAsync(RunningAgent.LeaseOf("HELD", 2));
        await _time.Reached.WaitAsync().DefaultTimeout();

        await link.CancelAsync(2, "not needed");
        LeaseDeclined declined = (await link.ReadAsync(RigMessage.BodyOneofCase.LeaseDeclined)).LeaseDeclined;
        await link.CancelAsync(1, "not needed");
        List<AttemptEvent> events = await link.ReadEventsAsync(one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished);

        declined.Should().Be(new LeaseDeclined { LeaseNumber = 2, ExecutionId = "execution-2", Reason = "not needed" });
        events.Should().OnlyContain(one => one.LeaseNumber == 1, "the second case never began");
        agent.JournalFiles.Should().ContainSingle("a case that never began keeps no journal");
        _time.Reached.CurrentCount.Should().Be(0, "the second case never waited");
    }

    [Fact]
    public async Task A_bench_that_is_taken_out_lets_go_of_what_waits_and_ends_what_it_began()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await link.SendAsync(RunningAgent.LeaseOf("HELD", 1));
        await link.SendAsync(RunningAgent.LeaseOf("HELD", 2));
        await _time.Reached.WaitAsync().DefaultTimeout();

        await link.LetGoAsync(1, "taken out");
        await link.LetGoAsync(2, "taken out");
        LeaseDeclined declined = (await link.ReadAsync(RigMessage.BodyOneofCase.LeaseDeclined)).LeaseDeclined;
        await link.CancelAsync(1, "not needed");
        List<AttemptEvent> events = await link.ReadEventsAsync(one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished);

        declined.Should().Be(new LeaseDeclined { LeaseNumber = 2, ExecutionId = "execution-2", Reason = "taken out" });
        events[^1].AttemptFinished.Reason.Should().Contain("not needed", "until then it went on");
    }

    [Fact]
    public async Task A_stopping_agent_declines_the_leases_that_wait_and_takes_no_more()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await link.SendAsync(RunningAgent.LeaseOf("HELD", 1));
        await link.SendAsync(RunningAgent.LeaseOf("QUICK", 2));
        await link.SendAsync(RunningAgent.LeaseOf("QUICK", 3));
        await _time.Reached.WaitAsync().DefaultTimeout();
        await link.SendAsync(new OrchestratorMessage { AdHocRequest = new AdHocRequest { RequestId = "mark", RequestXml = "<no" } });
        await link.ReadAsync(RigMessage.BodyOneofCase.AdHocAnswer);

        Task stopping = agent.StopAsync();
        (List<AttemptEvent> events, List<LeaseDeclined> declined) = await link.ReadToEndAsync();
        await stopping;

        declined.OrderBy(one => one.LeaseNumber).Should().Equal(
            new LeaseDeclined { LeaseNumber = 2, ExecutionId = "execution-2", Reason = "the agent was stopped" },
            new LeaseDeclined { LeaseNumber = 3, ExecutionId = "execution-3", Reason = "the agent was stopped" });
        events.Should().OnlyContain(one => one.LeaseNumber == 1, "the others never began");
        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Inconclusive);
        agent.JournalFiles.Should().BeEmpty("all that was told was acknowledged");
    }

    [Fact]
    public async Task More_leases_than_may_wait_are_declined()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        for (long number = 1; number <= LeaseWorker.MaximumWaitingLeases + 1; number++)
        {
            await link.SendAsync(RunningAgent.LeaseOf("HELD", number));
        }

        LeaseDeclined declined = (await link.ReadAsync(RigMessage.BodyOneofCase.LeaseDeclined)).LeaseDeclined;
        declined.LeaseNumber.Should().Be(LeaseWorker.MaximumWaitingLeases + 1);
        declined.ExecutionId.Should().Be($"execution-{LeaseWorker.MaximumWaitingLeases + 1}");
        declined.Reason.Should().Contain("already wait");
    }

    [Fact]
    public async Task A_lease_whose_journal_cannot_be_made_is_declined_and_the_next_one_runs()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        Lease lease = RunningAgent.LeaseOf("QUICK", 1);
        lease.ExecutionId = new string('x', 300);

        await link.SendAsync(lease);
        LeaseDeclined declined = (await link.ReadAsync(RigMessage.BodyOneofCase.LeaseDeclined)).LeaseDeclined;
        await link.SendAsync(RunningAgent.LeaseOf("QUICK", 2));
        List<AttemptEvent> events = await link.ReadAttemptAsync();

        declined.LeaseNumber.Should().Be(1);
        declined.Reason.Should().Contain("cannot be made");
        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Passed);
    }

    [Theory]
    [InlineData("hash", "the frozen pack")]
    [InlineData("case", "a case of the pack")]
    [InlineData("row", "the inventory row")]
    public async Task A_lease_that_is_wrong_is_an_error_attempt_and_the_agent_goes_on(string what, string reason)
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        Lease lease = RunningAgent.LeaseOf(what == "case" ? "NO-SUCH" : "QUICK");
        lease.PackHash = what == "hash" ? new string('0', 64) : lease.PackHash;
        lease.Devices[0].Status = what == "row" ? "7" : lease.Devices[0].Status;

        await link.SendAsync(lease);
        List<AttemptEvent> events = await link.ReadAttemptAsync();
        await link.SendAsync(RunningAgent.LeaseOf("QUICK", 2));
        List<AttemptEvent> next = await link.ReadAttemptAsync();

        events.Select(one => one.BodyCase).Should().Equal(
            AttemptEvent.BodyOneofCase.AttemptStarted, AttemptEvent.BodyOneofCase.AttemptFinished);
        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Error);
        events[^1].AttemptFinished.Reason.Should().Contain(reason);
        next[^1].AttemptFinished.Verdict.Should().Be(Verdict.Passed);
    }

    [Theory]
    [InlineData(StatusCode.Aborted, "AGENT-003")]
    [InlineData(StatusCode.AlreadyExists, "AGENT-003")]
    [InlineData(StatusCode.InvalidArgument, "AGENT-004")]
    [InlineData(StatusCode.PermissionDenied, "AGENT-004")]
    public async Task An_end_that_dialling_again_cannot_mend_ends_the_agent(StatusCode status, string code)
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        link.End(status, "another agent took the rig");

        Func<Task> run = () => agent.Ended.DefaultTimeout();
        HarnessException fault = (await run.Should().ThrowAsync<HarnessException>()).Which;
        fault.Code.Should().Be(code);
        fault.Message.Should().Contain("another agent took the rig").And.Contain(_orchestrator.Address);
    }

    [Fact]
    public async Task A_case_that_runs_when_another_agent_takes_the_rig_is_journaled_to_its_end()
    {
        RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await link.SendAsync(RunningAgent.LeaseOf("HELD"));
        await _time.Reached.WaitAsync().DefaultTimeout();

        link.End(StatusCode.Aborted, "another agent took the rig");
        await agent.DisposeAsync();

        await using JournalFolder journals =
            await JournalFolder.OpenAsync(agent.JournalPath, _time, CancellationToken.None).DefaultTimeout();
        AttemptEvent last = journals.Journals.Should().ContainSingle().Subject.Read(0, 100, int.MaxValue)[^1];
        last.AttemptFinished.Verdict.Should().Be(Verdict.Inconclusive);
        last.AttemptFinished.Reason.Should().NotContain("the agent ended in the middle", "the case itself wrote its end");
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.OK)]
    public async Task An_end_that_time_mends_makes_the_agent_dial_again(StatusCode status)
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink first = await _orchestrator.WelcomeAsync();

        first.End(status, "not now");

        ScriptedRigLink second = await _orchestrator.WelcomeAsync();
        second.First.BodyCase.Should().Be(RigMessage.BodyOneofCase.Hello);
    }

    [Fact]
    public async Task A_stream_that_does_not_begin_with_a_usable_welcome_is_dialled_again()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink first = await _orchestrator.AcceptAsync();
        await first.WelcomeAsync(TimeSpan.Zero);
        ScriptedRigLink second = await _orchestrator.AcceptAsync();
        await second.SendAsync(new OrchestratorMessage { Ack = new EventAck() });

        ScriptedRigLink third = await _orchestrator.WelcomeAsync();

        third.First.BodyCase.Should().Be(RigMessage.BodyOneofCase.Hello);
    }

    [Fact]
    public async Task A_stopped_agent_ends_its_case_delivers_what_it_holds_and_ends_without_an_error()
    {
        await using RunningAgent agent = Start();
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await link.SendAsync(RunningAgent.LeaseOf("HELD"));
        await _time.Reached.WaitAsync().DefaultTimeout();

        Task stopped = agent.StopAsync();
        List<AttemptEvent> events = await link.ReadAttemptAsync();
        await link.AcknowledgeAsync(events[^1]);

        await stopped.DefaultTimeout();
        events[^1].AttemptFinished.Verdict.Should().Be(Verdict.Inconclusive);
        agent.JournalFiles.Should().BeEmpty();
    }

    [Fact]
    public async Task A_second_agent_of_the_rig_on_the_same_data_folder_is_refused()
    {
        await using RunningAgent first = Start();
        await _orchestrator.WelcomeAsync();

        await using RunningAgent second = Start();

        Func<Task> run = () => second.Ended.DefaultTimeout();
        TransportException fault = (await run.Should().ThrowAsync<TransportException>()).Which;
        fault.Code.Should().Be("AGENT-002");
        fault.Message.Should().Contain("test-rig").And.Contain("--data");
    }

    private RunningAgent Start() => RunningAgent.Start(_folder.Path, _orchestrator.Address, _time);
}
