using System.Xml.Linq;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Reports;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Reports;

public sealed class JUnitReportTests
{
    private static readonly string[] CountNames = ["tests", "failures", "errors", "skipped"];

    [Theory]
    [InlineData(Verdict.Passed, null, null)]
    [InlineData(Verdict.Failed, "failure", "Failed")]
    [InlineData(Verdict.Inconclusive, "error", "Inconclusive")]
    [InlineData(Verdict.Error, "error", "Error")]
    [InlineData(Verdict.Blocked, "error", "Blocked")]
    [InlineData(Verdict.Skipped, "skipped", null)]
    [InlineData(Verdict.NotRun, "skipped", null)]
    public void Every_verdict_has_its_element(Verdict verdict, string? element, string? type)
    {
        ExecutionHistory execution = verdict == Verdict.NotRun ? Execution(1) : Ended(1, verdict, "because");

        XElement testCase = Write(Cycle(execution)).Descendants("testcase").Single();

        XElement? result = testCase.Elements().FirstOrDefault(child => child.Name != "system-out");
        result?.Name.LocalName.Should().Be(element);
        (result is null).Should().Be(element is null);
        result?.Attribute("type")?.Value.Should().Be(type);
        if (element is "failure" or "error")
        {
            result!.Attribute("message")!.Value.Should().Be("because");
        }
    }

    [Fact]
    public void Counts_of_suite_and_suites_agree_with_the_cases()
    {
        CycleDetail first = Cycle(Ended(1, Verdict.Passed), Ended(2, Verdict.Failed), Ended(3, Verdict.Blocked), Descoped(4, "agreed"));
        CycleDetail second = Cycle(Ended(1, Verdict.Passed));

        XElement suites = Write(first, second);

        Counts(suites).Should().Be("5 1 1 1");
        suites.Elements("testsuite").Select(Counts).Should().Equal("4 1 1 1", "1 0 0 0");
        suites.Elements("testsuite").First().Attribute("time")!.Value.Should().Be("4.500000");
        suites.Descendants("skipped").Single().Attribute("message")!.Value.Should().Be("descoped: agreed");
    }

    [Fact]
    public void Properties_carry_provenance_and_hashes()
    {
        ExecutionHistory execution = Ended(1, Verdict.Passed);
        EvidenceReference evidence = new("evidence.json", "application/json", "beef", 3);
        execution = execution with { Attempts = [execution.Attempts[0] with { Evidence = [evidence] }] };

        Dictionary<string, string> properties = Write(Cycle(execution)).Descendants("property")
            .ToDictionary(property => property.Attribute("name")!.Value, property => property.Attribute("value")!.Value);

        properties["provenance.origin"].Should().Be("Virtual");
        properties["provenance.note"].Should().Be(ProvenanceRule.VirtualBanner);
        properties["device-model-combination"].Should().EndWith(": ESME generic-smets1-esme 4.2.0");
        properties["firmware-changed.proposed"].Should().Be("none");
        properties["pack.sha256"].Should().Be(new string('a', 64));
        properties["device.esme-01"].Should().Be("ESME 90-B3-D5-1F-30-00-00-A0 firmware 4.2.0");
        properties["evidence.CASE-01.1.evidence.json.sha256"].Should().Be("beef");
        properties["pass-rate"].Should().Be("1 of 1 in-scope cases passed (100 %), executed 1 of 1 (100 %)");
    }

    [Fact]
    public void A_cycle_that_a_rule_ended_says_so_and_so_does_each_case_that_was_not_run()
    {
        const string Reason = "stop rule failed=1: Failed for the 1. time: CASE-01";
        CycleDetail cycle = Cycle(Ended(1, Verdict.Failed, "no"), Execution(2) with { NotRunReason = Reason });
        cycle = cycle with { Cycle = cycle.Cycle with { StopRules = [new StopRule(Verdict.Failed, 1)], StateReason = Reason } };

        XElement suite = Write(cycle);

        suite.Descendants("property").Select(property => (property.Attribute("name")!.Value, property.Attribute("value")!.Value))
            .Should().Contain([("stop-rules", "failed=1"), ("state.reason", Reason)]);
        suite.Descendants("skipped").Single().Attribute("message")!.Value.Should().Be($"not run: {Reason}");
    }

    [Fact]
    public void A_case_that_a_spare_rig_took_over_names_both_rigs()
    {
        XElement suite = Write(Moved());

        suite.Descendants("property").Select(property => (property.Attribute("name")!.Value, property.Attribute("value")!.Value))
            .Should().Contain(
            [
                ("rigs-used", "bench-01, bench-02"),
                ("device.esme-01", "ESME 90-B3-D5-1F-30-00-00-A0 firmware 4.2.0"),
                ("spare.bench-02.device.esme-01", "ESME 90-B3-D5-1F-30-00-00-B0 firmware 4.2.0"),
            ]);
        suite.Descendants("system-out").Last().Value.Should()
            .Contain("attempt 1: Inconclusive on bench-01, a rig fault").And.Contain("attempt 2: Passed on bench-02");
    }

    [Fact]
    public void A_case_that_passed_by_a_known_departure_says_so()
    {
        const string departure = "liberty departs as known, 7.9 is refused: boost-kept-and-refused";
        XElement suites = Write(Cycle(Ended(1, Verdict.Passed, departure), Ended(2, Verdict.Passed), Ended(3, Verdict.Failed, "because")));

        XElement[] cases = [.. suites.Descendants("testcase")];

        cases[0].Element("system-out")!.Value.Should().StartWith($"departure: {departure}\n");
        cases.Skip(1).Select(testCase => testCase.Element("system-out")!.Value).Should().NotContain(text => text.Contains("departure"));
        PropertyOf(suites, "departures").Should().Be("CASE-01");
        PropertyOf(suites, "departure.CASE-01").Should().Be(departure);
        PropertyOf(Write(Cycle(Ended(1, Verdict.Passed))), "departures").Should().Be("none");
    }

    [Fact]
    public void A_failure_names_its_step_and_a_flaky_case_says_so()
    {
        Step failed = Step("4.1.1", 10) with { Verdict = Verdict.Failed, Reason = "E21 where I0 was due" };
        ExecutionHistory execution = Execution(1, Attempt(1, Verdict.Failed, "step 1", steps: failed), Attempt(2, Verdict.Passed));

        XElement testCase = Write(Cycle(execution)).Descendants("testcase").Single();

        testCase.Element("failure")!.Value.Should().Contain("step 1 read: Failed E21 where I0 was due");
        testCase.Element("system-out")!.Value.Should().Contain("flaky").And.Contain("4.1.1 I99 I0").And.Contain("attempt 2: Passed");
    }

    [Fact]
    public void Testing_Issues_are_a_property_and_stand_with_their_octets_in_the_failure()
    {
        ExecutionHistory failed = Ended(2, Verdict.Failed, "no");

        XElement suite = Write(Cycle(Ended(1, Verdict.Failed), failed) with { Issues = [Issue(failed)] });
        XElement none = Write(Cycle(Ended(1, Verdict.Passed)));

        string[] failures = [.. suite.Descendants("failure").Select(failure => failure.Value)];
        failures[0].Should().NotContain("TI-0001");
        failures[1].Should().Contain("Testing Issue TI-0001 (new in this cycle)").And.Contain("severity 2 by 6.2 row 3")
            .And.Contain("> 7E A0");
        PropertyOf(suite, "testing-issues").Should().Be("TI-0001");
        PropertyOf(none, "testing-issues").Should().Be("none");
    }

    [Fact]
    public void Texts_that_XML_cannot_hold_are_written_with_a_replacement()
    {
        ExecutionHistory execution = Ended(1, Verdict.Failed, "a\u0000\u001b\ud800b \ud83d\ude00 ]]> <x> & \uffff");

        XElement failure = Write(Cycle(execution)).Descendants("failure").Single();

        failure.Attribute("message")!.Value.Should().Be("a\ufffd\ufffd\ufffdb \ud83d\ude00 ]]> <x> & \ufffd");
    }

    private static string Counts(XElement element) => string.Join(' ', CountNames.Select(name => element.Attribute(name)!.Value));

    private static string PropertyOf(XElement suites, string name) => suites.Descendants("property")
        .Single(property => property.Attribute("name")!.Value == name).Attribute("value")!.Value;

    private static XElement Write(params CycleDetail[] cycles)
    {
        using MemoryStream target = new();
        JUnitReport.Write(target, cycles);
        target.Position = 0;
        return XElement.Load(target);
    }
}
