using System.Text;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class HistoryDeskTests
{
    private const string Evidence = """
        { "steps": [], "alerts": { "expected": 1, "missing": 1, "late": 0, "duplicates": 0, "unexplained": 0, "leftOut": 0, "rows": [
          { "device": "esme-01", "code": "8154", "received": "2026-01-05T12:00:01Z", "standing": "expected" } ] } }
        """;

    [Fact]
    public async Task A_case_is_seen_over_its_cycles_and_both_verdicts_on_one_meter_are_flaky()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string first = await bench.SubmitAsync("ONE", "TWO");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        string second = await bench.SubmitAsync("ONE", "TWO");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Failed);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await bench.WaitForEndAsync(second);

        CaseHistory history = await AskAsync(bench, "ONE");
        CaseHistory other = await AskAsync(bench, "ONE", firmware: "9.9");
        Func<Task> unknown = () => AskAsync(bench, "NINE");

        history.Attempts.Select(attempt => (attempt.CycleId, attempt.Verdict, attempt.Firmware)).Should()
            .Equal((second, Verdict.Failed, "4.2.0"), (first, Verdict.Passed, "4.2.0"));
        history.Groups.Should().ContainSingle().Which.Flaky.Should().BeTrue();
        other.Attempts.Should().BeEmpty();
        (await unknown.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
    }

    [Fact]
    public async Task Alerts_are_counted_out_of_the_evidence_and_stand_on_the_cycles_page()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        Lease lease = await rig.ReadLeaseAsync();
        await rig.SendAsync(
            Samples.Started(lease), Samples.Evidence(lease, 2, Encoding.UTF8.GetBytes(Evidence)),
            Samples.Finished(lease, 3, Verdict.Passed));
        await bench.WaitForEndAsync(cycle);

        GetAlertsReply reply = await bench.Client.GetAlertsAsync(new GetAlertsRequest { WatchLevel = 9 }).ResponseAsync.DefaultTimeout();
        Func<Task> negative = () =>
            bench.Client.GetAlertsAsync(new GetAlertsRequest { WatchLevel = -1 }).ResponseAsync.DefaultTimeout();
        using AsyncServerStreamingCall<ReportPiece> call =
            bench.Client.GetReport(new GetReportRequest { CycleId = cycle, Format = ReportFormat.Html });
        StringBuilder page = new();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            page.Append(call.ResponseStream.Current.Content.ToStringUtf8());
        }

        AlertObservation one = reply.Observations.Should().ContainSingle().Subject;
        (one.Rig, one.Expected, one.Missing, one.Told, one.WatchLevel).Should().Be(("bench-01", 1, 1, 1, 9));
        (string, string, int, int) row = one.Traffic.Select(told => (told.Device, told.Code, told.Told, told.Expected)).Single();
        row.Should().Be(("esme-01", "8154", 1, 1));
        page.ToString().Should().Contain("<section id=\"alerts\">").And.Contain("live 2.3, watch level 4.6")
            .And.Contain("<td>esme-01</td><td>8154</td><td class=\"number\">1</td>");
        (await negative.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    private static Task<CaseHistory> AskAsync(OrchestratorBench bench, string testCase, string firmware = "") => bench.Client
        .GetCaseHistoryAsync(new GetCaseHistoryRequest { CaseId = testCase, Firmware = firmware }).ResponseAsync.DefaultTimeout();
}
