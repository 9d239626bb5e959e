using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class UtrnStepTests
{
    private const string Token = "73946150284617395026";

    private static readonly TestPack Pack = PackText.LoadSteps("""
        - utrn: { pence: 1250, flaw: forged, as: token }
        - request: { srv: "2.2", body: { UTRN: "${token}" } }
        """);

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();

    [Fact]
    public async Task A_token_goes_into_the_request_and_nothing_writes_it_down()
    {
        Tokens tokens = new();
        _bench.Tokens = tokens;
        _bench.Script.Then(ScriptedService.Answer(success: true, ("Echo", Token)));

        AttemptResult result = await RunAsync();

        result.Verdict.Should().Be(Verdict.Passed);
        tokens.Order.Should().Be(("esme-01", 1250, UtrnFlaw.Forged));
        _bench.Script.Requests[0].Should().Contain($">{Token}<");
        Encoding.UTF8.GetString(_journal.Of<EvidenceRecorded>().Single().Content.Span).Should().NotContain(Token).And.Contain("**");
    }

    [Fact]
    public async Task A_bench_that_makes_none_blocks_the_case_before_anything_is_sent()
    {
        AttemptResult result = await RunAsync();

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("makes no top-up token of esme-01");
        _bench.Script.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{ pence: 0, as: token }", "utrn.pence CONF-004")]
    [InlineData("{ pence: 1 }", "utrn.as CONF-002")]
    [InlineData("{ pence: 1, as: device }", "utrn.as PACK-003")]
    [InlineData("{ pence: 1, as: token, flaw: bent }", "utrn.flaw CONF-004")]
    public void A_token_that_cannot_be_made_is_told_with_its_place(string utrn, string fault)
    {
        string text = PackText.WithSteps($"- utrn: {utrn}\n- request: {{ srv: \"7.4\" }}");

        Packs.Loader.PackLoader.Check(text, "sample").Faults.Select(found => $"{found.Key} {found.Code}")
            .Should().Equal($"cases[0].steps[0].{fault}");
    }

    private Task<AttemptResult> RunAsync() => new PackRunner().RunCaseAsync(
        Pack, Pack.Cases[0], _bench, _journal, new RunOptions { Time = new ManualTimeProvider() }, CancellationToken.None).DefaultTimeout();

    private sealed class Tokens : ITokenPort
    {
        public (string Device, int Pence, UtrnFlaw Flaw) Order { get; private set; }

        public string Issue(DeviceId device, int pence, UtrnFlaw flaw)
        {
            Order = (device.Value, pence, flaw);
            return Token;
        }
    }
}
