using System.Text;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class CampaignDeskTests
{
    [Fact]
    public async Task Firmware_that_changes_after_the_freeze_flags_the_campaign_on_the_cycle_its_page_and_its_JUnit_file()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        ScriptedRig before = await bench.ConnectAsync();
        string first = await bench.SubmitAsync("ONE");
        await before.RunAsync(await before.ReadLeaseAsync(), Verdict.Passed);
        await bench.WaitForEndAsync(first);
        await before.DisposeAsync();
        DateOnly freeze = DateOnly.FromDateTime(bench.Time.GetUtcNow().UtcDateTime);
        CampaignStanding stated = (await SetAsync(bench, freeze.AddMonths(4), 4)).Campaigns.Should().ContainSingle().Subject;
        bench.Time.Advance(TimeSpan.FromDays(1));
        Hello changed = Samples.Hello(bootId: "boot-2");
        changed.Devices[0] = Samples.Device(firmware: "4.3.0");

        await using ScriptedRig after = await bench.ConnectAsync(changed);
        string second = await bench.SubmitAsync("TWO");
        CampaignStanding shown = (await bench.GetAsync(second)).Campaigns.Should().ContainSingle().Subject;
        string page = await ReportAsync(bench, second, ReportFormat.Html);
        string junit = await ReportAsync(bench, second, ReportFormat.Junit);

        stated.Freeze.Should().Be(freeze.ToString("yyyy-MM-dd"));
        stated.Flagged.Should().BeFalse();
        shown.Flagged.Should().BeTrue();
        LateFirmware late = shown.Late.Should().ContainSingle().Subject;
        (late.DeviceType, late.From, late.To, late.Where).Should().Be(("ESME", "4.2.0", "4.3.0", $"the baseline of cycle {second}"));
        shown.Rule.Should().Contain("less stable-months 4 (stated with the campaign; the default is 6)");
        page.Should().Contain("Campaign tranche-44: FLAGGED").And.Contain(late.Text).And.Contain(shown.Rule);
        junit.Should().Contain("campaign.tranche-44").And.Contain(late.Text);
    }

    [Fact]
    public async Task Without_a_campaign_nothing_is_claimed_and_what_is_none_is_refused()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");

        CycleDetail shown = await bench.GetAsync(cycle);
        string page = await ReportAsync(bench, cycle, ReportFormat.Html);
        Func<Task> noDay = () => SetAsync(bench, "31 August", 0);
        Func<Task> tooLong = () => SetAsync(bench, "2027-08-31", 37);

        shown.Campaigns.Should().BeEmpty();
        page.Should().NotContain("ampaign");
        (await noDay.Should().ThrowAsync<RpcException>()).Which.Status.Detail.Should().Contain("'31 August' is no day");
        (await tooLong.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
        (await bench.Client.GetCampaignsAsync(new GetCampaignsRequest()).ResponseAsync.DefaultTimeout()).Campaigns.Should().BeEmpty();
    }

    private static Task<GetCampaignsReply> SetAsync(OrchestratorBench bench, DateOnly goLive, int months) =>
        SetAsync(bench, goLive.ToString("yyyy-MM-dd"), months);

    private static Task<GetCampaignsReply> SetAsync(OrchestratorBench bench, string goLive, int months) =>
        bench.Client.SetCampaignAsync(new SetCampaignRequest
        {
            Campaign = new Campaign { Name = "tranche-44", GoLive = goLive, StableMonths = months, Who = "me", Reason = "why" },
        }).ResponseAsync.DefaultTimeout();

    private static async Task<string> ReportAsync(OrchestratorBench bench, string cycle, ReportFormat format)
    {
        using AsyncServerStreamingCall<ReportPiece> call =
            bench.Client.GetReport(new GetReportRequest { CycleId = cycle, Format = format });
        StringBuilder page = new();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            page.Append(call.ResponseStream.Current.Content.ToStringUtf8());
        }

        return page.ToString();
    }
}
