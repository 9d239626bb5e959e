using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Durability;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using ServiceExchange = DeviceHarness.Abstractions.Execution.ServiceExchange;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>What a case leaves changed is put back by the agent, or the device is in quarantine until a person lets it out.</summary>
public sealed class DeviceUndoTests : IAsyncLifetime, IDisposable
{
    private const string Calendar = "0-0:13.0.0.255";

    private const string Pack = """
        pack: undo
        title: Cases that leave the supply as it should not be
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows what an agent puts back.
        needs:
          esme: ESME
        cases:
          - id: "OFF"
            title: disables the supply and forgets it
            device: esme
            srv: "7.2"
            steps:
              - request: { srv: "7.2" }
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Disabled } }
          - id: "OFF-WRONG"
            title: disables the supply and fails
            device: esme
            srv: "7.2"
            steps:
              - request: { srv: "7.2" }
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
          - id: ARM
            title: arms the supply
            device: esme
            srv: "7.3"
            steps:
              - request: { srv: "7.3" }
          - id: READ
            title: reads that the supply is on
            device: esme
            srv: "7.4"
            steps:
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
        """;

    /// <summary>Commands that leave the meter of the test rig, whose balance is nothing, without supply.</summary>
    public static TheoryData<string, SrvRequestBody, string[]> Cuts => new()
    {
        {
            "payment mode", new UpdatePaymentMode(new PrepaymentModeSettings(false, false, 1_000)),
            ["payment mode", "supply", "baseline of the prepayment settings"]
        },
    };

    private readonly BenchFolder _folder = new();
    private ScriptedOrchestrator _orchestrator = null!;

    private string LedgerFolder => Path.Combine(_folder.Path, "agent", "test-rig", "undo");

    public async Task InitializeAsync() => _orchestrator = await ScriptedOrchestrator.StartAsync();

    public Task DisposeAsync() => _orchestrator.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("OFF", Verdict.Passed)]
    [InlineData("OFF-WRONG", Verdict.Failed)]
    public async Task A_supply_that_a_case_left_off_is_on_again_when_the_next_case_begins(string id, Verdict verdict)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        AttemptFinished left = await RunAsync(link, id, 1);
        AttemptFinished after = await RunAsync(link, "READ", 2);

        left.Verdict.Should().Be(verdict, left.Reason);
        after.Verdict.Should().Be(Verdict.Passed, after.Reason);
        await agent.StopAsync();
        Directory.GetFiles(LedgerFolder).Should().BeEmpty("what was read back is owed no longer");
    }

    [Fact]
    public async Task An_agent_that_was_killed_between_a_command_and_its_undo_puts_it_back_before_the_next_case()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await LeaveAsAKilledAgentAsync();

        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();
        AttemptFinished after = await RunAsync(link, "READ", 2);

        after.Verdict.Should().Be(Verdict.Passed, after.Reason);
        await agent.StopAsync();
        Directory.GetFiles(LedgerFolder).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_the_ledger_the_next_case_would_find_the_supply_off()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await LeaveAsAKilledAgentAsync();
        Directory.Delete(LedgerFolder, recursive: true);

        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        (await RunAsync(link, "READ", 2)).Verdict.Should().Be(Verdict.Failed, "else the test before could not see a lost undo");
    }

    [Fact]
    public async Task A_device_that_stays_off_its_baseline_is_in_quarantine_until_a_person_lets_it_out()
    {
        // The meter answers success and moves nothing; its rig wants it without supply.
        string rig = BenchFolder.RigText + "\n    facts: { baseline-supply: Disabled }";
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("switch-lies");
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address, rig: rig);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        AttemptFinished armed = await RunAsync(link, "ARM", 1);
        string told = await ReadQuarantineAsync(link);
        AttemptFinished blocked = await RunAsync(link, "READ", 2);
        await link.SendAsync(new OrchestratorMessage
        {
            ReleaseDevice = new ReleaseDevice { Device = "esme-01", By = "ann", Reason = "looked at it" },
        });
        string afterRelease = await ReadQuarantineAsync(link);
        AttemptFinished run = await RunAsync(link, "READ", 3);

        armed.Verdict.Should().Be(Verdict.Passed, armed.Reason);
        told.Should().Contain("supply is Enabled and not Disabled after 7.2").And.Contain("by ARM (execution-1, attempt 1), 20");
        blocked.Verdict.Should().Be(Verdict.Blocked);
        blocked.Reason.Should().Be($"esme-01 is in quarantine: {told}");
        afterRelease.Should().BeEmpty();
        run.Verdict.Should().Be(Verdict.Passed, run.Reason);
    }

    [Fact]
    public async Task A_device_that_does_not_tell_its_state_is_tried_again_before_each_case_and_blocks_it_until_then()
    {
        Directory.CreateDirectory(LedgerFolder);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Register(Entry());
        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        AttemptFinished blocked = await RunAsync(link, "READ", 1);
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        AttemptFinished run = await RunAsync(link, "READ", 2);

        blocked.Verdict.Should().Be(Verdict.Blocked, blocked.Reason);
        blocked.Reason.Should().StartWith("esme-01 is in quarantine: supply is still to go back to Enabled: ")
            .And.EndWith("; by OFF (execution-1, attempt 1), 1970-01-01 00:00:00 UTC");
        run.Verdict.Should().Be(Verdict.Passed, run.Reason);
        await agent.StopAsync();
        Directory.GetFiles(LedgerFolder).Should().BeEmpty();
    }

    [Fact]
    public async Task A_person_lets_a_device_out_that_does_not_tell_its_state()
    {
        Directory.CreateDirectory(LedgerFolder);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Register(Entry());
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();
        string? before = bench.Undo.QuarantineOf("esme-01");

        bool wasReleased = bench.Undo.Release("esme-01", "ann", "there is no such meter any more");

        before.Should().NotBeNull();
        wasReleased.Should().BeTrue();
        (bench.Undo.QuarantineOf("esme-01"), bench.Undo.IsOwing).Should().Be((null, false));
        Directory.GetFiles(LedgerFolder).Should().BeEmpty();
    }

    [Fact]
    public async Task A_case_that_put_the_supply_back_and_read_it_leaves_nothing_owed()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));
        List<int> owed = [];

        foreach (SrvRequestBody body in (SrvRequestBody[])
            [new DisableSupply(), new ReadSupplyStatus(), new EnableSupply(), new ReadSupplyStatus(), new DisableSupply()])
        {
            await bench.Service.SendAsync(Requests.Of(body, 1000 + (ulong)owed.Count), CancellationToken.None).DefaultTimeout();
            owed.Add(Directory.GetFiles(LedgerFolder).Length);
        }

        owed.Should().Equal([1, 1, 1, 0, 1], "only a reading of the baseline ends it, and the next command begins anew");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tariff_is_read_before_it_is_changed_and_written_back_by_whoever_comes_next(bool isDated)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        DateTimeOffset? later = isDated ? TimeProvider.System.GetUtcNow().AddDays(1) : null;
        ServiceExchange changed;
        await using (RigBench killed = _folder.OpenBench(new DiskJournalStorage(LedgerFolder)))
        {
            changed = await killed.Service.SendAsync(
                Requests.Of(UndoRoundTripTests.Tariff with { ExecutionDateTime = later }, 1000), CancellationToken.None).DefaultTimeout();
        }

        UndoEntry[] kept = [.. UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Entries];
        UndoEntry owed = kept[0];
        int sent = CommandsOf(Calendar);
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        kept.Select(entry => entry.Rule).Should().Equal("tariff", "baseline of the payment mode");
        changed.ReadBefore.Should().Equal("4.11.1", "6.2.9", "7.7");
        changed.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Done, changed.Outcome.Detail);
        (owed.Rule, owed.IsDated).Should().Be(("tariff", isDated));
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Entries.Should().BeEmpty();
        bench.Undo.QuarantineOf("esme-01").Should().BeNull();
        CommandsOf(Calendar).Should().BeGreaterThan(sent, "what is to come later is withdrawn, what has come is replaced");
        string now = UndoRules.Named("tariff")!.StateOf(new UndoReadings([await ReadTariffAsync(bench)]), owed.Baseline)!;
        now.Should().Be(owed.Baseline);
    }

    [Fact]
    public async Task The_newest_change_is_undone_first()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));
        ElectricityPrices others = UndoRoundTripTests.Tariff.Prices with { StandingCharge = 77 };

        await bench.Service.SendAsync(Requests.Of(UndoRoundTripTests.Tariff, 1000), CancellationToken.None).DefaultTimeout();
        await bench.Service.SendAsync(Requests.Of(new UpdatePricePrimaryElement(others), 1001), CancellationToken.None).DefaultTimeout();
        UndoEntry[] owed = [.. UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Entries];
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        owed.Select(entry => entry.Rule).Should().Equal(
            ["tariff", "baseline of the payment mode", "prices"], "what 4.11.1 tells is no baseline any more");
        string now = UndoRules.Named("tariff")!.StateOf(new UndoReadings([await ReadTariffAsync(bench)]), owed[0].Baseline)!;
        now.Should().Be(owed[0].Baseline, "the prices of the other tariff, put back last, would not be those of before");
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_supply_that_a_command_cost_beside_its_purpose_comes_back(string name, SrvRequestBody command, string[] rules)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        ServiceExchange sent;
        SrvResponseBody looked;
        await using (RigBench killed = _folder.OpenBench(new DiskJournalStorage(LedgerFolder)))
        {
            sent = await killed.Service.SendAsync(Requests.Of(command, 1000), CancellationToken.None).DefaultTimeout();
            looked = await ReadAsync(killed, new ReadSupplyStatus(), 1001);
        }

        UndoEntry[] owed = [.. UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Entries];
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        sent.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Done, sent.Outcome.Detail);
        sent.ReadBefore.Should().Equal(["6.2.9", "4.13", "7.4"], "what two rules want is read once");
        sent.Warnings.Should().Contain(
            "'DisablementThreshold' is not put back: what was there before is not told or cannot be set", "a credit mode has none");
        Supply(looked).Should().NotBe(SupplyState.Enabled, $"{name} is to cost the supply, else nothing is shown");
        owed.Select(entry => entry.Rule).Should().Equal(rules);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Entries.Should().BeEmpty();
        bench.Undo.QuarantineOf("esme-01").Should().BeNull();
        Supply(await ReadAsync(bench, new ReadSupplyStatus(), 2000)).Should().Be(SupplyState.Enabled);
    }

    [Fact]
    public async Task A_supply_that_may_be_cut_later_is_looked_at_when_the_case_has_ended_whatever_the_case_read()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));
        UpdateDeviceConfigurationLoadLimitingGeneralSettings limit = new(60, 90_000, 60, LoadLimitSupplyState.Disable);

        await bench.Service.SendAsync(Requests.Of(limit, 1000), CancellationToken.None).DefaultTimeout();
        SrvResponseBody looked = await ReadAsync(bench, new ReadSupplyStatus(), 1001);

        Supply(looked).Should().Be(SupplyState.Enabled);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Entries.Select(entry => entry.Rule).Should().Equal("load limit", "supply");
    }

    [Fact]
    public async Task The_period_of_an_average_is_told_by_a_log_without_rows_and_put_back()
    {
        // 6.5 is the network operator's.
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText.Replace("  IS:", "  ED:", StringComparison.Ordinal));
        using BenchFolder folder = new() { Rig = rig };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench(new DroppingStorage());
        UpdateDeviceConfigurationVoltage other = new(UndoRoundTripTests.Voltage, AreCountersReset: false);
        long? before = await ReadPeriodAsync(bench, 1000);

        ServiceExchange sent = await bench.Service.SendAsync(Requests.Of(other, 1001), CancellationToken.None).DefaultTimeout();
        long? changed = await ReadPeriodAsync(bench, 1002);
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        sent.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Done, sent.Outcome.Detail);
        sent.Warnings.Should().NotContain(warning => warning.Contains("is not put back", StringComparison.Ordinal));
        (before, changed).Should().Be((1_800, UndoRoundTripTests.Voltage.AverageRmsVoltageMeasurementPeriod));
        (await ReadPeriodAsync(bench, 1003)).Should().Be(before);
    }

    [Fact]
    public async Task A_meter_that_refuses_to_tell_its_state_is_sent_the_command_all_the_same()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));

        // The model of this bench has no auxiliary load: neither a reading nor a command finds one.
        ServiceExchange exchange = await bench.Service
            .SendAsync(Requests.Of(new ActivateAuxiliaryLoad(1, 60), 1000), CancellationToken.None).DefaultTimeout();

        exchange.ReadBefore.Should().Equal("7.7");
        exchange.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Refused, exchange.Outcome.Detail);
        Directory.GetFiles(LedgerFolder).Should().BeEmpty();
    }

    [Fact]
    public async Task The_inverse_has_survived_a_loss_of_power_before_the_command_leaves()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        DroppingStorage storage = new();
        List<int> sentBeforeAct = [];
        storage.BeforeAct = _ => sentBeforeAct.Add(SupplyCommands());
        await using RigBench bench = _folder.OpenBench(storage);

        await bench.Service.SendAsync(Requests.DisableSupply, CancellationToken.None).DefaultTimeout();

        sentBeforeAct.Should().Equal([0, 0, 0], "the file is made, written and flushed first");
        SupplyCommands().Should().Be(1);
        UndoLedger.Open(storage.FailPower(new Random(1))).Entries.Should().ContainSingle().Which.Srv.Should().Be("7.2");
    }

    [Fact]
    public async Task A_command_whose_inverse_the_disk_does_not_take_is_not_sent()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench(new DroppingStorage { IsFull = true });

        Func<Task> send = () => bench.Service.SendAsync(Requests.DisableSupply, CancellationToken.None).DefaultTimeout();

        (await send.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("UNDO-001");
        SupplyCommands().Should().Be(0);
    }

    [Fact]
    public async Task A_quarantine_outlasts_the_agent()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Register(Entry() with { Quarantine = "supply is Armed and not Enabled" });

        await using RunningAgent agent = RunningAgent.Start(_folder.Path, _orchestrator.Address);
        ScriptedRigLink link = await _orchestrator.WelcomeAsync();

        (await RunAsync(link, "READ", 1)).Reason.Should().Contain("in quarantine: supply is Armed and not Enabled; by OFF");
    }

    [Fact]
    public async Task What_a_person_sends_by_hand_is_not_undone()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Directory.CreateDirectory(LedgerFolder);
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(LedgerFolder));

        await bench.ByHand.SendAsync(Requests.DisableSupply, CancellationToken.None).DefaultTimeout();

        Directory.GetFiles(LedgerFolder).Should().BeEmpty();
    }

    /// <summary>How often the meter was told to move its supply: its own log says so.</summary>
    private int SupplyCommands() => CommandsOf("0-0:10.0.106.255");

    private int CommandsOf(string instance)
    {
        string path = Path.Combine(_folder.Path, "bench", "test-rig", "commands.jsonl");
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd().Split('\n').Count(line => line.Contains(instance, StringComparison.Ordinal));
    }

    private static Task<SrvResponseBody> ReadTariffAsync(RigBench bench) => ReadAsync(bench, new ReadTariffPrimaryElement(), 2000);

    private static async Task<SrvResponseBody> ReadAsync(RigBench bench, SrvRequestBody read, ulong counter)
    {
        ServiceExchange exchange = await bench.Service.SendAsync(Requests.Of(read, counter), CancellationToken.None).DefaultTimeout();
        return exchange.Outcome!.Body!;
    }

    private static async Task<long?> ReadPeriodAsync(RigBench bench, ulong counter)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return (await ReadAsync(bench, new ReadNetworkData(new ReadLogPeriod(now.AddHours(-2), now)), counter))
            .As<ReadNetworkDataRsp>().MeasurementPeriod;
    }

    private static SupplyState? Supply(SrvResponseBody body) => body.As<ReadSupplyStatusRsp>().SupplyState;

    private static async Task<AttemptFinished> RunAsync(ScriptedRigLink link, string id, long number)
    {
        await link.SendAsync(RunningAgent.LeaseOf(id, number, Pack));
        List<AttemptEvent> events = await link.ReadEventsAsync(
            one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished && one.LeaseNumber == number);
        return events.Last(one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished).AttemptFinished;
    }

    private static async Task<string> ReadQuarantineAsync(ScriptedRigLink link) =>
        (await link.ReadAsync(RigMessage.BodyOneofCase.HealthReport)).HealthReport.Devices.Should().ContainSingle().Which.Quarantine;

    private static UndoEntry Entry() =>
        new("esme-01", "supply", "Enabled", "7.2", "OFF (execution-1, attempt 1)", DateTimeOffset.UnixEpoch);

    /// <summary>A command was sent, its inverse is on the disk, and the process is gone.</summary>
    private async Task LeaveAsAKilledAgentAsync()
    {
        Directory.CreateDirectory(LedgerFolder);
        UndoLedger.Open(new DiskJournalStorage(LedgerFolder)).Register(Entry());
        await using RigBench bench = _folder.OpenBench();
        await bench.Service.SendAsync(Requests.DisableSupply, CancellationToken.None).DefaultTimeout();
    }
}
