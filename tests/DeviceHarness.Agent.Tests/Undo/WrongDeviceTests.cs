using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>A meter that somebody swapped behind the probe: no critical request goes to it, from no case and from no undo.</summary>
public sealed class WrongDeviceTests : IAsyncLifetime, IDisposable
{
    private const string Mine = BenchFolder.RigText + "\n    facts: { serial-number: 26E0000001 }";
    private const string Pack = """
        pack: swap
        title: Cases before and after a swap
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows that nothing critical goes to another meter.
        needs:
          esme: ESME
        cases:
          - id: "OFF"
            title: disables the supply and forgets it
            device: esme
            srv: "7.2"
            steps:
              - request: { srv: "7.2" }
          - id: READ
            title: reads that the supply is on
            device: esme
            srv: "7.4"
            steps:
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
        """;

    private static readonly RigConfiguration Other =
        BenchFolder.Parse(BenchFolder.RigText.Replace("esme.yaml", "esme-02.yaml", StringComparison.Ordinal));

    private readonly BenchFolder _folder = new();
    private ScriptedOrchestrator _orchestrator = null!;

    private string LedgerFolder => Path.Combine(_folder.Path, "agent", "test-rig", "undo");

    private string[] Commands =>
    [
        .. File.ReadLines(Path.Combine(_folder.Path, "bench", "test-rig", "commands.jsonl"))
            .Where(line => !line.Contains("\"ASSOCIATE\"", StringComparison.Ordinal)),
    ];

    public async Task InitializeAsync() => _orchestrator = await ScriptedOrchestrator.StartAsync();

    public Task DisposeAsync() => _orchestrator.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_case_is_blocked_by_a_meter_that_was_swapped_in_mid_cycle_and_read_only_ones_go_on()
    {
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address, rig: Mine);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        AttemptFinished before;
        await using (await _folder.ServeAsync())
        {
            before = await RunAsync(link, "OFF", 1);

            // It begins when what the case before it left is put back.
            await RunAsync(link, "READ", 2);
        }

        int commands = Commands.Length;
        await using BenchFolder.ServedBench swapped = await _folder.ServeAsync(Other);

        // Whose request comes first may find that the port of the first bench is gone.
        await RunAsync(link, "READ", 3);
        AttemptFinished after = await RunAsync(link, "OFF", 4);
        AttemptFinished read = await RunAsync(link, "READ", 5);

        before.Verdict.Should().Be(Verdict.Passed, before.Reason);
        after.Verdict.Should().Be(Verdict.Blocked, after.Reason);
        after.Reason.Should().Contain("the rig file names 26E0000001, the device says that it is 26E0000005");
        read.Verdict.Should().Be(Verdict.Passed, read.Reason);
        await agent.StopAsync();
        Commands.Should().HaveCount(commands, "the other meter was told to do nothing");
        Directory.GetFiles(LedgerFolder).Should().BeEmpty("what another meter told is nobody's baseline");
    }

    [Fact]
    public async Task An_undo_that_is_owed_to_a_meter_is_not_run_on_another()
    {
        Directory.CreateDirectory(LedgerFolder);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Register(
            new UndoEntry("esme-01", "supply", "Disabled", "7.1", "ON (execution-1, attempt 1)", DateTimeOffset.UnixEpoch));
        await using BenchFolder.ServedBench swapped = await _folder.ServeAsync(Other);
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address, rig: Mine);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        AttemptFinished blocked = await RunAsync(link, "READ", 1);

        blocked.Verdict.Should().Be(Verdict.Blocked, blocked.Reason);
        blocked.Reason.Should().Contain("supply is still to go back to Disabled").And.Contain("it is 26E0000005");
        Commands.Should().BeEmpty("the other meter keeps its supply");
    }

    private static async Task<AttemptFinished> RunAsync(ScriptedRigLink link, string id, long number)
    {
        await link.SendAsync(RunningAgent.LeaseOf(id, number, Pack));
        List<AttemptEvent> events = await link.ReadEventsAsync(
            one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished && one.LeaseNumber == number);
        return events.Last(one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished).AttemptFinished;
    }
}
