using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>The catalogue of departures: an entry changes the verdict and its text, and nothing else.</summary>
public sealed class DepartureRulesTests
{
    private const string Steps = """
        - request: { srv: "7.11", role: IS, body: { ReadLogPeriod: { StartDateTime: "${now}", EndDateTime: "${now}" } } }
          expect: { success: true }
        - request: { srv: "7.4" }
        """;

    private const string Told = "departs as known, 7.11 is refused: boost-refused: It keeps its boost. (a paper)";

    [Fact]
    public async Task A_known_refusal_passes_under_its_name_and_the_same_requests_are_sent()
    {
        (AttemptResult without, IReadOnlyList<string> sentWithout) = await RunAsync(Steps, Refused(4));
        (AttemptResult with, IReadOnlyList<string> sentWith) = await RunAsync(Steps, Refused(4), DepartureKind.Refused);

        (without.Verdict, with.Verdict).Should().Be((Verdict.Failed, Verdict.Passed));
        without.Reason.Should().Contain("MessageSuccess: expected true, found false");
        with.Reason.Should().Be($"generic {Told}");
        sentWith.Select(VariantIn).Should().Equal(sentWithout.Select(VariantIn)).And.Equal("7.11");
    }

    [Fact]
    public async Task A_success_where_a_refusal_is_known_is_a_finding_after_the_same_requests()
    {
        (AttemptResult without, IReadOnlyList<string> sentWithout) = await RunAsync(Steps, ScriptedService.Answer(success: true));
        (AttemptResult with, IReadOnlyList<string> sentWith) =
            await RunAsync(Steps, ScriptedService.Answer(success: true), DepartureKind.Refused);

        (without.Verdict, with.Verdict).Should().Be((Verdict.Passed, Verdict.Failed));
        without.Reason.Should().BeEmpty();
        with.Reason.Should().Contain("generic is known to refuse 7.11, and it was carried out: boost-refused");
        sentWith.Select(VariantIn).Should().Equal(sentWithout.Select(VariantIn)).And.Equal("7.11", "7.4");
    }

    [Fact]
    public async Task A_refusal_that_the_case_asks_for_is_named_too()
    {
        (AttemptResult result, _) = await RunAsync(
            Steps.Replace("success: true", "success: false", StringComparison.Ordinal), Refused(4), DepartureKind.Refused);

        (result.Verdict, result.Reason).Should().Be((Verdict.Passed, $"generic {Told}"));
        result.Steps.Should().HaveCount(2, "the case expected it, and goes on");
    }

    [Theory]
    [InlineData(DepartureKind.MayRefuse, true, Verdict.Passed)]
    [InlineData(DepartureKind.MayRefuse, false, Verdict.Passed)]
    public async Task Where_some_devices_refuse_either_passes(DepartureKind kind, bool isRefused, Verdict verdict)
    {
        (AttemptResult result, _) = await RunAsync(Steps, isRefused ? Refused(4) : ScriptedService.Answer(success: true), kind);

        result.Verdict.Should().Be(verdict);
        result.Reason.Should().Be(isRefused ? $"generic {Told}" : string.Empty);
    }

    [Fact]
    public async Task A_refusal_of_the_driver_is_none_of_the_device()
    {
        (AttemptResult result, _) = await RunAsync(Steps, Refused(code: null), DepartureKind.Refused);

        result.Verdict.Should().Be(Verdict.Failed, "nothing was sent, so nothing departed");
    }

    [Fact]
    public async Task A_new_departure_fails_beside_a_known_one()
    {
        (AttemptResult result, _) = await RunAsync(
            Steps.Replace("7.4", "4.15", StringComparison.Ordinal) + "\n  expect: { success: true }",
            ScriptedService.Answer(success: true), DepartureKind.MayRefuse, Refused(3));

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain("MessageSuccess: expected true, found false");
    }

    [Fact]
    public async Task A_silence_is_no_refusal()
    {
        (AttemptResult result, _) = await RunAsync(
            Steps, ScriptedService.Silence(DeviceOutcomeKind.NoAnswer, linkAnswersProbe: true), DepartureKind.Refused);

        result.Verdict.Should().Be(Verdict.Failed);
    }

    private static ServiceExchange Refused(int? code)
    {
        TestBody body = new(new Dictionary<string, string>()) { MessageSuccess = false };
        return ScriptedService.Exchange(
            "I99", "I0", new DeviceOutcome(DeviceOutcomeKind.Refused, body, "no", code, LinkAnswersProbe: null), body);
    }

    private static string VariantIn(string request) =>
        System.Xml.Linq.XDocument.Parse(request).Descendants().First(element => element.Name.LocalName == "ServiceReferenceVariant").Value;

    private static async Task<(AttemptResult Result, IReadOnlyList<string> Sent)> RunAsync(
        string steps, ServiceExchange first, DepartureKind? known = null, ServiceExchange? second = null)
    {
        ScriptedBench bench = new();
        KnownDeparture[] departures = known is { } kind ? [new("boost-refused", ["7.11"], kind, "It keeps its boost.", "a paper")] : [];
        bench.Devices = [.. bench.Devices.Select(device => device with { Departures = departures })];
        bench.Script.Then(first);
        if (second is not null)
        {
            bench.Script.Then(second);
        }

        TestPack pack = PackText.LoadSteps(steps);
        RunOptions options = new() { Time = new ManualTimeProvider() };
        AttemptResult result = await new PackRunner()
            .RunCaseAsync(pack, pack.Cases[0], bench, new RecordingJournal(), options, CancellationToken.None).DefaultTimeout();
        return (result, bench.Script.Requests);
    }
}
