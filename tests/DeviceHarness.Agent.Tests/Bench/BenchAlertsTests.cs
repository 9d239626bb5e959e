using System.Text.Json;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>From the event engine of a virtual meter over its line to the case that expects the alert.</summary>
public sealed class BenchAlertsTests : IDisposable
{
    // Nobody waits for what must not come longer than the meter takes to tell it: the shorter windows only make a miss quicker.
    private static readonly TestPack Alerts = PackLoader.Load(
        PackLibrary.Find("alerts")!.Text.Replace("within: 2s", "within: 0s", StringComparison.Ordinal), "alerts");

    private static readonly TestPack Impatient = PackLoader.Load(
        PackLibrary.Find("alerts")!.Text.Replace("within: 60s", "within: 1s", StringComparison.Ordinal), "alerts");

    // The meter stamps its alerts to hundredths of a second.
    private static readonly TestPack Storm = PackLoader.Load(
        PackLibrary.Find("alerts")!.Text.Replace("wait: 1100ms", "wait: 30ms", StringComparison.Ordinal), "alerts");

    private const string Covers = "\ntamper: [ { via: virtual, device: esme-01 } ]";

    private static readonly string RigText = BenchFolder.RigText.Replace("esme.yaml", "esme-push.yaml", StringComparison.Ordinal);

    private readonly BenchFolder _folder = new() { Rig = BenchFolder.Parse(RigText) };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ALR-01", "8154")]
    [InlineData("ALR-02", "8145")]
    public async Task An_alert_reaches_the_case_the_journal_and_the_evidence(string caseId, string code)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        KeepingJournal journal = new();

        AttemptResult result = await RunAsync(Alerts, caseId, bench, journal);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        AlertReceived told = journal.Events.OfType<AlertReceived>().Should().ContainSingle().Subject;
        (told.Device, told.Code, told.IsEarlier, told.IsDuplicate).Should().Be(("esme-01", code, false, false));
        told.OccurredAt.Should().NotBeNull();
        JsonElement alerts = EvidenceOf(journal).GetProperty("alerts");
        alerts.GetProperty("expected").GetInt32().Should().Be(1);
        alerts.GetProperty("unexplained").GetInt32().Should().Be(0);
        JsonElement row = alerts.GetProperty("rows")[0];
        row.GetProperty("standing").GetString().Should().Be("expected");
        row.GetProperty("xml").GetString().Should().Contain($"<ra:GBCSHexAlertCode>{code}</ra:GBCSHexAlertCode>");
        row.GetProperty("octets").GetString().Should().StartWith("C2010C").And.EndWith("12" + code);
    }

    [Fact]
    public async Task An_alert_that_takes_its_line_time_reaches_the_case()
    {
        using BenchFolder folder = new()
        {
            Rig = BenchFolder.Parse(BenchFolder.RigText
                .Replace("esme.yaml, paced: false", "esme-push.yaml, baud: 9600, format: 8N1", StringComparison.Ordinal)),
        };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();

        AttemptResult result = await RunAsync(Alerts, "ALR-01", bench, new KeepingJournal());

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
    }

    [Theory]
    [InlineData("ALR-01", "8154")]
    [InlineData("ALR-02", "8145")]
    public async Task With_the_defect_alert_lost_the_case_is_red(string caseId, string code)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("alert-lost");
        await using RigBench bench = _folder.OpenBench();
        KeepingJournal journal = new();

        AttemptResult result = await RunAsync(Impatient, caseId, bench, journal);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain($"esme-01 told alert {code} 0 of 1 times");
        journal.Events.OfType<AlertReceived>().Should().BeEmpty();
        EvidenceOf(journal).GetProperty("alerts").GetProperty("missing").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData("", Verdict.Passed, "", "8F76 81C1")]
    [InlineData("tamper-lost", Verdict.Failed, "esme-01 told alert 8F76 0 of 1 times", "")]
    public async Task A_cover_that_was_off_is_told_and_logged(string defect, Verdict verdict, string reason, string told)
    {
        using BenchFolder folder = new() { Rig = BenchFolder.Parse(RigText + Covers) };
        await using BenchFolder.ServedBench served = await folder.ServeAsync(defect.Length == 0 ? [] : [defect]);
        await using RigBench bench = folder.OpenBench();
        KeepingJournal journal = new();

        AttemptResult result = await RunAsync(defect.Length == 0 ? Alerts : Impatient, "ALR-04", bench, journal);

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Contains(reason, StringComparison.Ordinal).Should().BeTrue(result.Reason);
        string.Join(' ', journal.Events.OfType<AlertReceived>().Select(alert => alert.Code)).Should().Be(told);
    }

    [Fact]
    public async Task Without_a_cover_switch_the_case_is_blocked_before_anything_is_sent()
    {
        await using RigBench bench = _folder.OpenBench();

        AttemptResult result = await RunAsync(Alerts, "ALR-04", bench, new KeepingJournal());

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("no cover switch").And.Contain("'tamper'");
        result.OctetsToDevice.Should().Be(0);
    }

    [Theory]
    [InlineData("", Verdict.Passed, 10)]
    [InlineData("alerts-not-throttled", Verdict.Failed, 12)]
    public async Task Of_a_storm_the_service_hands_on_no_more_than_ten(string defect, Verdict verdict, int handedOn)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench(time: null, defect.Length == 0 ? [] : [defect]);
        KeepingJournal journal = new();

        AttemptResult result = await RunAsync(Storm, "ALR-03", bench, journal);

        result.Verdict.Should().Be(verdict, result.Reason);
        JsonElement[] rows = [.. EvidenceOf(journal).GetProperty("alerts").GetProperty("rows").EnumerateArray()];
        rows.Should().HaveCount(12);
        rows.Count(row => row.GetProperty("xml").GetString()!.Length > 0).Should().Be(handedOn);
    }

    [Fact]
    public async Task What_is_told_while_no_case_runs_is_kept_for_the_next_one_over_a_restart()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using (RigBench before = _folder.OpenBench())
        {
            await EnableSupplyAsync(before);
            await before.Alerts.WaitAsync(0, CancellationToken.None).DefaultTimeout();
        }

        await using RigBench bench = _folder.OpenBench();
        KeepingJournal journal = new();
        AttemptResult result = await RunAsync(Alerts, "ALR-01", bench, journal);

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        journal.Events.OfType<AlertReceived>().Select(told => (told.Code, told.IsEarlier)).Should().Equal(("8154", true), ("8154", false));
        EvidenceOf(journal).GetProperty("alerts").GetProperty("rows")[0].GetProperty("standing").GetString().Should().Be("earlier");
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task An_alert_is_kept_until_the_attempt_that_took_it_is_on_the_disk(bool hasEnded, int kept)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using (RigBench before = _folder.OpenBench())
        {
            await EnableSupplyAsync(before);
            await before.Alerts.WaitAsync(0, CancellationToken.None).DefaultTimeout();
            before.Alerts.TakeFor([new DeviceId("esme-01")]).Should().ContainSingle();
            if (hasEnded)
            {
                before.EndAttempt([new DeviceId("esme-01")]);
            }
        }

        await using RigBench bench = _folder.OpenBench();

        bench.Alerts.TakeFor([new DeviceId("esme-01")]).Should().HaveCount(kept);
    }

    [Fact]
    public async Task An_agent_keeps_no_alert_whose_attempt_has_ended()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using ScriptedOrchestrator orchestrator = await ScriptedOrchestrator.StartAsync();
        await using (RunningAgent agent = RunningAgent.Start(_folder.Path, orchestrator.Address, rig: RigText))
        {
            ScriptedRigLink link = await orchestrator.WelcomeAsync();
            await link.SendAsync(RunningAgent.LeaseOf("ALR-01", pack: PackLibrary.Find("alerts")!.Text));
            (await link.ReadAttemptAsync()).Should().Contain(one => one.BodyCase == V1.AttemptEvent.BodyOneofCase.AlertReceived);
            await agent.StopAsync();
        }

        await using RigBench bench = _folder.OpenBench();

        bench.Alerts.TakeFor([new DeviceId("esme-01")]).Should().BeEmpty();
    }

    [Fact]
    public async Task An_alert_is_given_to_one_attempt_only()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        await EnableSupplyAsync(bench);
        await bench.Alerts.WaitAsync(0, CancellationToken.None).DefaultTimeout();
        DeviceId[] devices = [new DeviceId("esme-01")];

        IReadOnlyList<BenchAlert> others = bench.Alerts.TakeFor([new DeviceId("esme-02")]);
        IReadOnlyList<BenchAlert> first = bench.Alerts.TakeFor(devices);
        IReadOnlyList<BenchAlert> second = bench.Alerts.TakeFor(devices);

        others.Should().BeEmpty();
        BenchAlert alert = first.Should().ContainSingle().Subject;
        (alert.Code, alert.IsKnown).Should().Be(("8154", true));
        alert.Meaning.Should().Contain("carried out");
        second.Should().BeEmpty();
        bench.Alerts.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_device_that_answers_a_probe_is_there()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();

        (await bench.Alerts.ProbeAsync(new DeviceId("esme-01"), CancellationToken.None).DefaultTimeout()).Should().BeTrue();
        (await bench.Alerts.ProbeAsync(new DeviceId("nobody"), CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    private static Task<AttemptResult> RunAsync(TestPack pack, string caseId, RigBench bench, IAttemptJournal journal) =>
        new PackRunner().RunCaseAsync(
            pack, pack.Cases.First(candidate => candidate.Id == caseId), bench, journal, new RunOptions(), CancellationToken.None)
            .DefaultTimeout();

    private static JsonElement EvidenceOf(KeepingJournal journal) =>
        JsonDocument.Parse(journal.Events.OfType<EvidenceRecorded>().Single().Content).RootElement;

    private static Task EnableSupplyAsync(RigBench bench)
    {
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, 1);
        string xml = DuisRequestWriter.Write(new DuisRequest(id, 4, new EnableSupply()));
        return bench.Service.SendAsync(xml, CancellationToken.None).DefaultTimeout();
    }
}
