using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class SiteStepTests
{
    private static readonly TestPack Pack = PackText.LoadSteps("""
        - service-site: secondary
        - request: { srv: "7.4" }
        - service-site: primary
        """);

    private readonly ScriptedBench _bench = new();

    [Fact]
    public async Task The_service_moves_between_the_requests_and_back()
    {
        Sites sites = new();
        _bench.Sites = sites;
        _bench.Script.Then(ScriptedService.Answer(success: true));

        AttemptResult result = await RunAsync();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        sites.Moves.Should().Equal(ServiceSite.Secondary, ServiceSite.Primary);
    }

    [Fact]
    public async Task A_bench_with_one_site_blocks_the_case()
    {
        AttemptResult result = await RunAsync();

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("no second site");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_site_is_told_with_its_place()
    {
        string text = PackText.WithSteps("- service-site: third\n- request: { srv: \"7.4\" }");

        PackLoader.Check(text, "sample").Faults.Select(found => $"{found.Key} {found.Code}")
            .Should().Equal("cases[0].steps[0].service-site CONF-004");
    }

    private Task<AttemptResult> RunAsync() => new PackRunner().RunCaseAsync(
        Pack, Pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = new ManualTimeProvider() }, CancellationToken.None)
        .DefaultTimeout();

    private sealed class Sites : IServiceSites
    {
        public List<ServiceSite> Moves { get; } = [];

        public ServiceSite Active => Moves.LastOrDefault();

        public void MoveTo(ServiceSite site) => Moves.Add(site);
    }
}
