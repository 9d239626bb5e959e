using System.Text;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class RegressionDeskTests
{
    [Fact]
    public async Task A_release_with_new_code_is_planned_for_every_combination_that_has_the_component()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await StateAsync(bench, "D1", "s1sp-cgi", "esme");
        await StateAsync(bench, "D2", "s1sp-cgi");
        await StateAsync(bench, "D3", "s1sp-mds");

        GetRegressionReply reply = await ReleaseAsync(bench, string.Empty);

        reply.Plans.Should().ContainSingle().Which.Dmcs.Should().Equal("D1", "D2");
        reply.Standings.Select(standing => (standing.Dmc.Id, standing.Verdict)).Should()
            .Equal(("D1", "NotRun"), ("D2", "NotRun"), ("D3", "NotRun"));
        (reply.Pack.Name, reply.Pack.Version).Should().Be(("standard-regression", "1.1"));
        reply.Pack.Packs.Should().HaveCount(3);
    }

    [Fact]
    public async Task What_a_cycle_was_run_for_is_marked_shown_and_counted_by_phase()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        MarkCycleRequest mark = new()
        {
            CycleId = cycle,
            Who = "A. Tester",
            Reason = "first run",
            Purpose = new CyclePurpose { Kind = CycleKind.Eoc, Dmc = "D1", Installation = InstallationType.Mixed },
        };

        CyclePurpose marked = await bench.Client.MarkCycleAsync(mark).ResponseAsync.DefaultTimeout();
        CycleDetail shown = await bench.GetAsync(cycle);
        GetPhasesReply phases = await bench.Client.GetPhasesAsync(new GetPhasesRequest()).ResponseAsync.DefaultTimeout();

        marked.Text.Should().Be("end-of-cycle set, for mixed installations of DMC D1");
        shown.Cycle.Purpose.Should().Be(marked);
        shown.Thresholds.Should().ContainSingle().Which.Entry.Should().Be("mixed installations of DMC D1");
        PhaseRate phase = phases.Phases.Should().ContainSingle().Subject;
        (phase.PackKind, phase.Kind, phase.ExecutedPercent, phase.PassedPercent).Should()
            .Be((shown.Cycle.PackKind, CycleKind.Eoc, 100, 100));
        phase.PackKind.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_cycle_that_is_marked_with_a_combination_shows_its_regression_on_its_page()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await StateAsync(bench, "D1", "s1sp-cgi");
        await MarkAsync(bench, cycle, CycleKind.Regression, "D1");

        string page = await PageAsync(bench, cycle);

        page.Should().Contain("DMC D1, by standard-regression, version 1.1: regression not run")
            .And.Contain("no complete regression cycle with the whole pack firmware");
    }

    [Fact]
    public async Task What_is_wanting_is_refused_by_name()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await StateAsync(bench, "D1", "s1sp-cgi");
        RegressionCredit credit = new() { Dmc = "D1", Campaign = "MDS", Scope = "4.1.1", RunOn = "12 March", Who = "me", Reason = "why" };
        (Func<Task> Ask, StatusCode Code, string Detail)[] faults =
        [
            (() => ReleaseAsync(bench, "TI-9999"), StatusCode.NotFound, "TI-9999"),
            (() => StateAsync(bench, "D2"), StatusCode.InvalidArgument, "components"),
            (() => MarkAsync(bench, "c9", CycleKind.Eoc), StatusCode.NotFound, "c9"),
            (() => MarkAsync(bench, "c9", CycleKind.Regression), StatusCode.InvalidArgument, "Device Model Combination"),
            (() => MarkAsync(bench, "c9", (CycleKind)9), StatusCode.InvalidArgument, "set 9"),
            (() => bench.Client.CreditRegressionAsync(new CreditRegressionRequest { Credit = credit }).ResponseAsync.DefaultTimeout(),
                StatusCode.InvalidArgument, "12 March"),
        ];

        foreach ((Func<Task> ask, StatusCode code, string detail) in faults)
        {
            Status status = (await ask.Should().ThrowAsync<RpcException>()).Which.Status;
            (status.StatusCode, status.Detail.Contains(detail, StringComparison.Ordinal)).Should().Be((code, true), status.Detail);
        }
    }

    private static Task<GetRegressionReply> StateAsync(OrchestratorBench bench, string id, params string[] components)
    {
        StateDmcRequest request = new() { Dmc = new Dmc { Id = id }, Who = "me", Reason = "why" };
        request.Dmc.Components.AddRange(components);
        return bench.Client.StateDmcAsync(request).ResponseAsync.DefaultTimeout();
    }

    private static Task<GetRegressionReply> ReleaseAsync(OrchestratorBench bench, string issue)
    {
        ComponentRelease release = new()
        {
            Component = "s1sp-cgi",
            Version = "1.5",
            ChangesCode = true,
            IssueId = issue,
            Who = "me",
            Reason = "why",
        };
        return bench.Client.RecordReleaseAsync(new RecordReleaseRequest { Release = release }).ResponseAsync.DefaultTimeout();
    }

    private static async Task<string> PageAsync(OrchestratorBench bench, string cycle)
    {
        using AsyncServerStreamingCall<ReportPiece> call =
            bench.Client.GetReport(new GetReportRequest { CycleId = cycle, Format = ReportFormat.Html });
        StringBuilder page = new();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            page.Append(call.ResponseStream.Current.Content.ToStringUtf8());
        }

        return page.ToString();
    }

    private static Task<CyclePurpose> MarkAsync(OrchestratorBench bench, string cycle, CycleKind kind, string dmc = "") =>
        bench.Client.MarkCycleAsync(new MarkCycleRequest
        {
            CycleId = cycle,
            Who = "me",
            Reason = "why",
            Purpose = new CyclePurpose { Kind = kind, Dmc = dmc },
        }).ResponseAsync.DefaultTimeout();
}
