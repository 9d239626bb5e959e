using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class ThresholdDeskTests
{
    [Fact]
    public async Task A_set_that_a_person_takes_into_use_holds_from_then_on_and_is_kept_over_a_restart()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        GetThresholdsReply before = await GetAsync(bench);

        await bench.Client.SetThresholdsAsync(new SetThresholdsRequest { Set = Agreed() }).ResponseAsync.DefaultTimeout();
        await bench.RestartAsync();
        GetThresholdsReply after = await GetAsync(bench);

        (before.InForce.Name, before.InForce.ProjectDefault, before.Sets.Count).Should().Be(("harness-default-1", true, 0));
        (after.InForce.Name, after.InForce.Origin, after.InForce.ProjectDefault).Should().Be(("tranche-44", "TAG, 8 April 2020", false));
        after.InForce.Maxima.Should().Equal(
            new SeverityMaximum { Severity = 1, Maximum = 0 }, new SeverityMaximum { Severity = 3, Maximum = 5 });
        after.Sets.Should().ContainSingle().Which.Who.Should().Be("A. Tester (TAG)");
        after.Evaluations.Select(evaluation => evaluation.Entry).Should()
            .Equal("dormant installations", "active installations", "mixed installations");
        after.Evaluations.Should().OnlyContain(evaluation => evaluation.Within && evaluation.Notes.Count == 0);
    }

    [Fact]
    public async Task An_entry_is_evaluated_alone_when_its_kind_of_installation_is_given()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        GetThresholdsRequest request = new() { Dmc = "002255", Installation = InstallationType.Mixed, Rehearsal = true };

        GetThresholdsReply reply = await bench.Client.GetThresholdsAsync(request).ResponseAsync.DefaultTimeout();

        ThresholdEvaluation evaluation = reply.Evaluations.Should().ContainSingle().Subject;
        (evaluation.Entry, evaluation.Rehearsal).Should().Be(("mixed installations of DMC 002255", true));
        evaluation.Notes.Should().HaveCount(2, "whose numbers they are, and that it is a rehearsal");
        evaluation.Rows.Select(row => row.Severity).Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task What_is_no_threshold_set_is_refused_by_name()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        (Action<ThresholdSet> Change, string Detail)[] faults =
        [
            (set => set.Name = "harness-default-1", "what this project chose"),
            (set => set.Origin = " ", "origin"),
            (set => set.Who = "", "who"),
            (set => set.Maxima[0].Maximum = -1, "0 or more"),
            (set => set.Maxima[0].Severity = 6, "severity 6"),
            (set => set.Maxima.Add(set.Maxima[0].Clone()), "each once"),
        ];

        foreach ((Action<ThresholdSet> change, string detail) in faults)
        {
            ThresholdSet set = Agreed();
            change(set);
            Func<Task> take = () =>
                bench.Client.SetThresholdsAsync(new SetThresholdsRequest { Set = set }).ResponseAsync.DefaultTimeout();

            Status status = (await take.Should().ThrowAsync<RpcException>()).Which.Status;
            (status.StatusCode, status.Detail.Contains(detail, StringComparison.Ordinal)).Should()
                .Be((StatusCode.InvalidArgument, true), status.Detail);
        }

        (await GetAsync(bench)).Sets.Should().BeEmpty();
    }

    private static ThresholdSet Agreed()
    {
        ThresholdSet set = new()
        {
            Name = "tranche-44",
            Origin = "TAG, 8 April 2020",
            Version = "1",
            Who = "A. Tester (TAG)",
            Reason = "agreed",
        };
        set.Maxima.Add(new SeverityMaximum { Severity = 1, Maximum = 0 });
        set.Maxima.Add(new SeverityMaximum { Severity = 3, Maximum = 5 });
        return set;
    }

    private static Task<GetThresholdsReply> GetAsync(OrchestratorBench bench) =>
        bench.Client.GetThresholdsAsync(new GetThresholdsRequest()).ResponseAsync.DefaultTimeout();
}
