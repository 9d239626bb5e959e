using System.Text;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Services;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class IssueDeskTests
{
    private const string Evidence = """
        { "steps": [ { "index": 1, "name": "step 1", "decode": [ "get" ], "wire": [
          { "offsetMicroseconds": 5, "port": "esme-01", "direction": "ToDevice", "octets": "7E A0" } ] } ] }
        """;

    [Fact]
    public async Task A_failure_that_a_rig_reports_is_an_issue_with_its_octets_in_cycle_list_and_page()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        await FailAsync(rig);

        CycleIssue ofCycle = (await bench.GetAsync(cycle)).Issues.Should().ContainSingle().Subject;
        TestingIssue listed = (await ListAsync(bench)).Should().ContainSingle().Subject;
        IssueDetail shown = await ShowAsync(bench, "TI-0001");

        ofCycle.IsNew.Should().BeTrue();
        ofCycle.Exchange.Octets.Should().ContainSingle().Which.Should().Contain("> 7E A0");
        listed.Should().Be(ofCycle.Issue).And.Be(shown.Issue);
        listed.Severity.Should().Be(0);
        (listed.Proposal.Severity, listed.Proposal.Rule).Should().Be((2, "6.2 row 3"));
        listed.Facts.Effect.Should().Be(EffectAchieved.No);
        shown.Exchange.Should().Be(ofCycle.Exchange);
        shown.Sightings.Should().ContainSingle().Which.Fingerprint.Symptom.Should().Be("ExpectationMissed: body SupplyState");
        shown.History.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_confirmed_severity_stays_after_a_restart_with_who_forum_and_reason()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using (ScriptedRig rig = await bench.ConnectAsync())
        {
            await bench.SubmitAsync("ONE");
            await FailAsync(rig);
        }

        ConfirmIssueRequest request = new()
        {
            Id = "TI-0001",
            Who = "A. Tester",
            Forum = "TAB",
            Reason = "agreed",
            Severity = 3,
            WorkaroundAccepted = true,
        };
        await bench.Client.ConfirmIssueAsync(request).ResponseAsync.DefaultTimeout();
        await bench.RestartAsync();

        IssueDetail shown = await ShowAsync(bench, "TI-0001");

        (shown.Issue.Severity, shown.Issue.State, shown.Issue.Proposal.Rule).Should().Be((3, "Triaged", "6.2 row 4"));
        shown.History.Should().Contain(change => change.Field == "severity" && change.Old.Length == 0 && change.New == "3"
            && change.Who == "A. Tester" && change.Forum == "TAB" && change.Reason == "agreed");
    }

    [Fact]
    public async Task What_a_decision_lacks_or_the_state_forbids_is_refused_by_name()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        await FailAsync(rig);
        ConfirmIssueRequest sound = new() { Id = "TI-0001", Who = "me", Reason = "why", Severity = 2 };
        (Action<ConfirmIssueRequest> Change, StatusCode Code, string Detail)[] faults =
        [
            (request => request.Id = "TI-9999", StatusCode.NotFound, "TI-9999"),
            (request => request.Severity = 6, StatusCode.InvalidArgument, "1 to 5"),
            (request => request.Severity = 0, StatusCode.InvalidArgument, "nothing to change"),
            (request => request.State = "Done", StatusCode.InvalidArgument, "Triaged"),
            (request => request.State = "Closed", StatusCode.FailedPrecondition, "does not follow"),
            (request => request.Spread = (Spread)9, StatusCode.InvalidArgument, "spread"),
            (request => request.Who = " ", StatusCode.FailedPrecondition, "who"),
            (request => request.Reason = "", StatusCode.FailedPrecondition, "reason"),
            (request => request.Reason = new string('x', IssueDesk.MaximumText + 1), StatusCode.InvalidArgument, "at most 2000"),
        ];

        foreach ((Action<ConfirmIssueRequest> change, StatusCode code, string detail) in faults)
        {
            ConfirmIssueRequest request = sound.Clone();
            change(request);
            Func<Task> confirm = () => bench.Client.ConfirmIssueAsync(request).ResponseAsync.DefaultTimeout();

            Status status = (await confirm.Should().ThrowAsync<RpcException>()).Which.Status;
            (status.StatusCode, status.Detail.Contains(detail, StringComparison.Ordinal)).Should().Be((code, true), status.Detail);
        }

        (await ShowAsync(bench, "TI-0001")).History.Should().HaveCount(2, "nothing was changed");
    }

    [Fact]
    public async Task A_duplicate_leaves_the_list_of_open_issues_and_an_attempt_is_linked_by_hand()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE", "TWO");
        await FailAsync(rig);
        await FailAsync(rig);
        LinkIssueRequest link = new() { Id = "TI-0001", Who = "me", Reason = "one cause" };
        link.Attempt = new AttemptReference { CycleId = cycle, CaseId = "TWO" };
        LinkIssueRequest duplicate = new() { Id = "TI-0002", Who = "me", Reason = "one cause", DuplicateOf = "TI-0001" };

        IssueDetail linked = await bench.Client.LinkIssueAsync(link).ResponseAsync.DefaultTimeout();
        await bench.Client.LinkIssueAsync(duplicate).ResponseAsync.DefaultTimeout();

        linked.Sightings.Select(sighting => sighting.CaseId).Should().BeEquivalentTo("ONE", "TWO");
        (await ListAsync(bench)).Select(issue => issue.Id).Should().Equal("TI-0001");
        (await ListAsync(bench, all: true)).Select(issue => issue.State).Should().Equal("New", "Duplicate");
        Func<Task> empty = () => bench.Client.LinkIssueAsync(new LinkIssueRequest { Id = "TI-0001" }).ResponseAsync.DefaultTimeout();
        (await empty.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task What_limits_an_issue_and_whether_it_counts_decides_which_entries_it_stands_against()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        await bench.SubmitAsync("ONE");
        await FailAsync(rig);
        ConfirmIssueRequest limit = new()
        {
            Id = "TI-0001",
            Who = "A. Tester",
            Forum = "TAG",
            Reason = "the dormant part of a mixed installation",
            Severity = 2,
            Installation = InstallationType.Mixed,
            EarlierPhase = "IOC SIT",
            ProductionDefect = "INC000123",
            State = "CarriedOver",
        };
        ConfirmIssueRequest count = new() { Id = "TI-0001", Who = "A. Tester", Forum = "TAG", Reason = "agreed", Counted = false };

        IssueDetail limited = await bench.Client.ConfirmIssueAsync(limit).ResponseAsync.DefaultTimeout();
        bool[] whileCounted = await WithinAsync(bench);
        IssueDetail uncounted = await bench.Client.ConfirmIssueAsync(count).ResponseAsync.DefaultTimeout();
        bool[] afterwards = await WithinAsync(bench);

        limited.Issue.Standing.Should().Be(new IssueStanding
        {
            Installation = InstallationType.Mixed,
            AppliesTo = "mixed installations",
            EarlierPhase = "IOC SIT",
            ProductionDefect = "INC000123",
        });
        (limited.Issue.State, limited.Issue.SeenOnReal).Should().Be(("CarriedOver", false));
        whileCounted.Should().Equal(true, true, false);
        (uncounted.Issue.Standing.NotCountedReason, uncounted.Issue.Standing.NotCountedBy).Should().Be(("agreed", "A. Tester (TAG)"));
        afterwards.Should().Equal(true, true, true);
    }

    [Fact]
    public async Task A_report_for_an_earlier_date_knows_nothing_of_what_came_later()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        await FailAsync(rig);
        TestingIssue issue = (await ListAsync(bench)).Single();

        string now = await PageAsync(bench, cycle);
        string before = await PageAsync(bench, cycle, Timestamp.FromDateTimeOffset(issue.Raised.ToDateTimeOffset().AddTicks(-1)));

        now.Should().Contain("0/1/0/0/0");
        before.Should().Contain("Testing Issues: none").And.NotContain("0/1/0/0/0");
    }

    [Fact]
    public async Task Two_cycles_are_compared_and_the_second_s_page_holds_the_comparison()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string first = await bench.SubmitAsync("ONE", "TWO");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        string second = await bench.SubmitAsync("ONE", "TWO");
        await FailAsync(rig);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);

        CycleComparison comparison = await bench.Client.CompareCyclesAsync(
            new CompareCyclesRequest { First = first, Second = second }).ResponseAsync.DefaultTimeout();
        string page = await PageAsync(bench, second);

        comparison.LikeForLike.Should().BeTrue();
        CaseChange change = comparison.Changes.Should().ContainSingle().Subject;
        (change.CaseId, change.First, change.Second).Should().Be(("ONE", Verdict.Passed, Verdict.Failed));
        change.Issues.Should().Equal("TI-0001");
        (comparison.NeedsExplanation, comparison.SecondRate).Should()
            .Be((true, "1 of 2 in-scope cases passed (50 %), executed 2 of 2 (100 %)"));
        comparison.Blockers.Should().ContainSingle().Which.Should().Contain($"harness compare {first} {second} --explain");
        comparison.Split.Parts.Single(part => part.Cause == DifferenceCause.Rest).Lost.Should().Equal("ONE");
        (comparison.Split.Whole, comparison.Split.Points).Should().Be(("-1/2", "-50.00"));
        comparison.Thresholds.Select(each => (each.Entry, each.Set.Name, each.Rehearsal, each.Within)).Should()
            .Equal(
                ("dormant installations", "harness-default-1", true, false),
                ("active installations", "harness-default-1", true, false),
                ("mixed installations", "harness-default-1", true, false));
        page.Should().Contain("Threshold set: harness-default-1");
        page.Should().Contain("Against cycle ").And.Contain(first).And.Contain("Testing Issues").And.Contain("7E A0");
        (await PageAsync(bench, first)).Should().NotContain("Against cycle ");
    }

    [Fact]
    public async Task An_explanation_that_a_person_records_stands_with_the_two_cycles_and_on_the_page()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string first = await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        string second = await bench.SubmitAsync("ONE");
        await FailAsync(rig);
        ExplainDifferenceRequest explain = new() { First = first, Second = second, Text = "the meter lies", Who = "A. Tester (TAG)" };

        CycleComparison explained = await bench.Client.ExplainDifferenceAsync(explain).ResponseAsync.DefaultTimeout();
        Func<Task> withoutText = () =>
            bench.Client.ExplainDifferenceAsync(new ExplainDifferenceRequest(explain) { Text = " " }).ResponseAsync.DefaultTimeout();
        Func<Task> unknown = () =>
            bench.Client.ExplainDifferenceAsync(new ExplainDifferenceRequest(explain) { First = "c9" }).ResponseAsync.DefaultTimeout();

        (await withoutText.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
        (await unknown.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
        explained.Blockers.Should().BeEmpty();
        explained.Explanations.Select(one => (one.Text, one.Who)).Should().Equal(("the meter lies", "A. Tester (TAG)"));
        (await PageAsync(bench, second)).Should().Contain("Explained by A. Tester (TAG)");
        (await PageAsync(bench, first, against: second)).Should().Contain($"Against cycle {second}");
    }

    private static async Task FailAsync(ScriptedRig rig)
    {
        Lease lease = await rig.ReadLeaseAsync();
        AttemptEvent finished = Samples.Finished(lease, 4, Verdict.Failed, "the meter lies");
        finished.AttemptFinished.Issue = new IssueEvidence
        {
            Step = 1,
            Symptom = "ExpectationMissed: body SupplyState",
            Effect = EffectAchieved.No,
            EffectSource = "step 1",
        };
        await rig.SendAsync(
            Samples.Started(lease), Samples.StepFinished(lease, 2, verdict: Verdict.Failed),
            Samples.Evidence(lease, 3, Encoding.UTF8.GetBytes(Evidence)), finished);
        EventAck ack = await rig.ReadAckAsync();
        while (ack.ExecutionId != lease.ExecutionId || ack.Sequence != 4)
        {
            ack = await rig.ReadAckAsync();
        }
    }

    private static async Task<IReadOnlyList<TestingIssue>> ListAsync(OrchestratorBench bench, bool all = false) =>
        (await bench.Client.ListIssuesAsync(new ListIssuesRequest { All = all }).ResponseAsync.DefaultTimeout()).Issues;

    private static Task<IssueDetail> ShowAsync(OrchestratorBench bench, string id) =>
        bench.Client.GetIssueAsync(new GetIssueRequest { Id = id }).ResponseAsync.DefaultTimeout();

    private static async Task<bool[]> WithinAsync(OrchestratorBench bench)
    {
        GetThresholdsReply reply =
            await bench.Client.GetThresholdsAsync(new GetThresholdsRequest { Rehearsal = true }).ResponseAsync.DefaultTimeout();
        return [.. reply.Evaluations.Select(evaluation => evaluation.Within)];
    }

    private static async Task<string> PageAsync(OrchestratorBench bench, string cycle, Timestamp? at = null, string against = "")
    {
        using AsyncServerStreamingCall<ReportPiece> call =
            bench.Client.GetReport(new GetReportRequest { CycleId = cycle, Format = ReportFormat.Html, At = at, Against = against });
        StringBuilder page = new();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            page.Append(call.ResponseStream.Current.Content.ToStringUtf8());
        }

        return page.ToString();
    }
}
