using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Session;

/// <summary>Cases on devices that share nothing, at the same time; where it counts they wait for the test, never for time.</summary>
public sealed class ParallelLeasesTests : IAsyncLifetime, IDisposable
{
    private const string RigText = BenchFolder.RigText + """

          esme-02:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A2
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme-02.yaml, paced: false }
        """;

    private const string PackText = """
        pack: sample
        title: Cases on two devices
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows which cases an agent runs beside each other.
        needs:
          first: { type: ESME, device: esme-01 }
          second: { type: ESME, device: esme-02 }
        cases:
          - { id: HELD-1, title: holds the first, device: first, srv: "7.4", budget: 30m, steps: [ { wait: 10m } ] }
          - { id: HELD-2, title: holds the second, device: second, srv: "7.4", budget: 30m, steps: [ { wait: 10m } ] }
          - { id: QUICK-2, title: uses the second, device: second, srv: "7.4", steps: [ { wait: 1ms } ] }
          - id: BOTH
            title: uses both
            device: first
            srv: "7.4"
            steps:
              - wait: 1ms
              - { request: { srv: "7.4", device: second } }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HeldTimeProvider _time = new(RunningAgent.HeldTime);
    private ScriptedOrchestrator _orchestrator = null!;

    public async Task InitializeAsync() => _orchestrator = await ScriptedOrchestrator.StartAsync();

    public Task DisposeAsync() => _orchestrator.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cases_on_two_devices_overlap_and_those_on_one_keep_their_order()
    {
        await using RunningAgent agent = Start(parallel: 3);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        await SendAsync(link, "HELD-1", "HELD-1", "HELD-2");
        await ReachedAsync(2);
        List<AttemptEvent> events = await ReadAsync(link, [], Started(1), Started(3));
        events.Should().NotContain(one => one.LeaseNumber == 2, "the first device was held");
        _time.Release();
        _time.Release();
        await ReachedAsync(1);
        _time.Release();
        await ReadAsync(link, events, Finished(1), Finished(2), Finished(3));

        MomentOf(events, Started(3)).Should().BeBefore(MomentOf(events, Finished(1)));
        MomentOf(events, Started(1)).Should().BeBefore(MomentOf(events, Finished(3)));
        MomentOf(events, Started(2)).Should().BeOnOrAfter(MomentOf(events, Finished(1)));
        events.Where(one => one.AttemptFinished is not null).Select(one => one.AttemptFinished.Verdict).Should()
            .HaveCount(3).And.OnlyContain(verdict => verdict == Verdict.Passed);
    }

    [Theory]
    [InlineData(1, "3 begins after 1 has ended")]
    [InlineData(2, "3 ends while 1 is held")]
    public async Task The_rig_file_says_whether_cases_run_beside_each_other(int parallel, string expected)
    {
        await using RunningAgent agent = Start(parallel);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        await SendAsync(link, "HELD-1", "HELD-1", "QUICK-2");
        await ReachedAsync(1);
        List<AttemptEvent> events = parallel > 1 ? await ReadAsync(link, [], Finished(3)) : [];
        _time.Release();
        await ReachedAsync(1);
        _time.Release();
        await ReadAsync(link, events, Finished(1), Finished(2), Finished(3));

        DateTimeOffset firstEnded = MomentOf(events, Finished(1));
        string found = MomentOf(events, Finished(3)) < firstEnded ? "3 ends while 1 is held"
            : MomentOf(events, Started(3)) >= firstEnded ? "3 begins after 1 has ended"
            : "neither";
        found.Should().Be(expected);
    }

    [Fact]
    public async Task A_case_that_is_called_off_ends_alone_and_a_case_on_both_devices_waits_for_both()
    {
        await using RunningAgent agent = Start(parallel: 4);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        await SendAsync(link, "HELD-1", "HELD-2", "BOTH", "QUICK-2");
        await ReachedAsync(2);
        await link.CancelAsync(1, "enough of it");
        List<AttemptEvent> events = await ReadAsync(link, [], Finished(1));
        events.Should().NotContain(one => one.LeaseNumber > 2, "one of its devices is still held");
        await link.CancelAsync(2, "and of this");
        await ReadAsync(link, events, Finished(2), Finished(3), Finished(4));

        AttemptFinished calledOff = events.First(Finished(1)).AttemptFinished;
        calledOff.Verdict.Should().Be(Verdict.Inconclusive);
        calledOff.Reason.Should().Contain("enough of it");
        MomentOf(events, Started(3)).Should().BeOnOrAfter(MomentOf(events, Finished(2)));
        MomentOf(events, Started(4)).Should().BeOnOrAfter(
            MomentOf(events, Finished(3)), "the case in front of it wants its device too");
    }

    [Fact]
    public async Task A_stopping_agent_ends_all_its_running_cases_and_declines_those_that_wait()
    {
        await using RunningAgent agent = Start(parallel: 2);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        await SendAsync(link, "HELD-1", "HELD-2", "HELD-2");
        await ReachedAsync(2);
        await link.SendAsync(new OrchestratorMessage { AdHocRequest = new AdHocRequest { RequestId = "mark", RequestXml = "<no" } });
        await link.ReadAsync(RigMessage.BodyOneofCase.AdHocAnswer);

        Task stopping = agent.StopAsync();
        (List<AttemptEvent> events, List<LeaseDeclined> declined) = await link.ReadToEndAsync();
        await stopping;

        events.Where(one => one.AttemptFinished is not null).Select(one => (one.LeaseNumber, one.AttemptFinished.Verdict)).Should()
            .BeEquivalentTo([(1L, Verdict.Inconclusive), (2L, Verdict.Inconclusive)]);
        declined.Select(one => one.LeaseNumber).Should().Equal(3);
    }

    [Fact]
    public void Devices_share_what_they_are_reached_by_and_what_feeds_them()
    {
        RigConfiguration hub = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "hub", "rig.yaml"));
        RigConfiguration fed = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "srvt", "rig.yaml"));

        RigDevice behind = hub.Devices.First(device => device.Link.Hub is not null);
        ExclusiveParts.Of(hub, [behind.Id]).Overlaps(ExclusiveParts.Of(hub, [behind.Link.Hub!.Value])).Should().BeTrue();
        foreach (RigDevice device in fed.Devices)
        {
            ExclusiveParts.Of(fed, [device.Id])
                .Overlaps(ExclusiveParts.Of(fed, fed.Devices.Select(other => other.Id).Where(other => other != device.Id)))
                .Should().BeFalse("these meters share nothing");
        }

        RigDevice supplied = fed.Devices[1] with { SuppliedBy = fed.Devices[0].Id };
        RigConfiguration chained = new(fed.Name, "", fed.File, fed.Users, [fed.Devices[0], supplied, .. fed.Devices.Skip(2)]);
        ExclusiveParts.Of(chained, [supplied.Id]).Overlaps(ExclusiveParts.Of(chained, [fed.Devices[0].Id])).Should().BeTrue();
    }

    private static Func<AttemptEvent, bool> Started(long lease) => one => one.LeaseNumber == lease && one.AttemptStarted is not null;

    private static Func<AttemptEvent, bool> Finished(long lease) => one => one.LeaseNumber == lease && one.AttemptFinished is not null;

    // Attempts have journals of their own, so that events of two may come in another order than they happened.
    private static DateTimeOffset MomentOf(List<AttemptEvent> events, Func<AttemptEvent, bool> which) =>
        events.First(which).Time.ToDateTimeOffset();

    private static async Task<List<AttemptEvent>> ReadAsync(
        ScriptedRigLink link, List<AttemptEvent> events, params Func<AttemptEvent, bool>[] awaited)
    {
        while (!awaited.All(which => events.Exists(one => which(one))))
        {
            events.AddRange((await link.ReadAsync(RigMessage.BodyOneofCase.Events)).Events.Events);
        }

        return events;
    }

    private static async Task SendAsync(ScriptedRigLink link, params string[] cases)
    {
        for (int index = 0; index < cases.Length; index++)
        {
            await link.SendAsync(RunningAgent.LeaseOf(cases[index], index + 1, PackText));
        }
    }

    private RunningAgent Start(int parallel) => RunningAgent.Start(
        _folder.Path, _orchestrator.Address, _time, rig: $"parallel: {parallel}\n{RigText}");

    private async Task ReachedAsync(int waits)
    {
        for (int reached = 0; reached < waits; reached++)
        {
            await _time.Reached.WaitAsync().DefaultTimeout();
        }
    }
}
