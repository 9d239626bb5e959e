using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Reports;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Reports;

public sealed partial class HtmlReportTests
{
    private const string Hostile =
        "</pre></script><script>alert(1)</script><img src=x onerror=alert(2)> \" onmouseover='a' & \u0000\u001b\ud800 \u202Egnirts";

    private const string Evidence =
        """
        {"format":"deviceharness-evidence/1","leftOut":"","steps":[{"index":1,"name":"read time","kind":"request","verdict":"Failed",
        "symptom":"ValueMismatch","reason":"clock is late",
        "expectations":[{"subject":"ResponseCode","expected":"I0","found":"E21","isMet":false}],
        "request":{"srv":"4.1.1","role":"IS","target":"90-B3","xml":"<sr:Request/>",
        "acknowledgementCode":"I99","responseXml":"<sr:Response/>",
        "responseCode":"E21","latency":{"total":1234.25,"queue":1,"host":2,"line":3,"device":4,"connect":5,"adapterBound":6,"exchanges":7}},
        "wire":[{"offsetMicroseconds":1500,"port":"pty","direction":"ToDevice","octets":"7E A0"},
        {"offsetMicroseconds":2500,"port":"pty","direction":"FromDevice","octets":"7E A1"}],"wireLost":0,"decode":["SNRM to 0x03","UA"]}]}
        """;

    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    [Fact]
    public async Task The_first_page_says_what_was_run_and_how_it_went()
    {
        string html =
            await WriteAsync(Cycle(Ended(1, Verdict.Passed), Ended(2, Verdict.Failed, "E21 where I0 was due"), Ended(3, Verdict.Skipped)));

        html.Should().Contain("1 of 2 in-scope cases passed (50 %), executed 2 of 2")
            .And.Contain("E21 where I0 was due")
            .And.Contain("90-B3-D5-1F-30-00-00-A0").And.Contain("4.2.0").And.Contain("0.1.0").And.Contain(new string('a', 64))
            .And.Contain("virtual devices, local serial route")
            .And.Contain("2026-01-05 12:00:00 UTC")
            .And.Contain("12 000");
    }

    [Fact]
    public async Task Devices_that_11_2_is_not_offered_for_are_noted()
    {
        CycleDetail meters = Cycle(Ended(1, Verdict.Passed));
        DeviceBaseline meter = meters.Cycle.Devices[0];
        CycleDetail withDisplay = meters with
        {
            Cycle = meters.Cycle with { Devices = [meter, meter with { Device = meter.Device with { DeviceType = "PPMID" } }] },
        };

        (await WriteAsync(withDisplay)).Should().Contain("11.2 is not offered for PPMID");
        (await WriteAsync(meters)).Should().NotContain("11.2 is not offered");
    }

    [Fact]
    public async Task A_virtual_run_carries_the_banner_and_a_real_one_through_the_DCC_does_not()
    {
        CycleDetail virtualCycle = Cycle(Ended(1, Verdict.Passed));
        CycleDetail real = RealOf(Ended(1, Verdict.Passed));
        CycleDetail mixed = RealOf(Ended(1, Verdict.Passed)) with { Executions = virtualCycle.Executions };

        (await WriteAsync(virtualCycle)).Should().Contain(ProvenanceRule.VirtualBanner);
        (await WriteAsync(real)).Should().NotContain("class=\"banner");
        (await WriteAsync(mixed)).Should().Contain(ProvenanceRule.VirtualBanner, "one virtual attempt is enough");
    }

    [Theory]
    [InlineData(CycleState.Incomplete, "Not a complete cycle (Incomplete)")]
    [InlineData(CycleState.Running, "Not a complete cycle (Running)")]
    [InlineData(CycleState.Void, "Void, nothing of it counts: firmware changed")]
    public async Task A_cycle_that_is_not_complete_says_so_across_the_page(CycleState state, string expected)
    {
        CycleDetail cycle = Cycle(Ended(1, Verdict.Passed));
        cycle = cycle with { Cycle = cycle.Cycle with { State = state, StateReason = "firmware changed" } };

        (await WriteAsync(cycle)).Should().Contain(expected);
    }

    [Fact]
    public async Task A_cycle_whose_devices_have_other_firmware_now_shows_the_proposed_test_with_its_rule_and_both_versions()
    {
        CycleDetail cycle = Cycle(Ended(1, Verdict.Passed));
        TestProposal proposal = FirmwareTestRules.Propose([new FirmwareChange("esme-01", "ESME", "4.2.0", "4.3.0<b>")], "", dmc: null);

        string html = await WriteAsync(cycle with { Cycle = cycle.Cycle with { Proposal = proposal } });

        html.Should().Contain("Proposed: DMCT for esme-01 (ESME) 4.2.0 to 4.3.0&lt;b&gt;, by rule FC-4");
        (await WriteAsync(cycle)).Should().NotContain("Proposed:");
    }

    [Fact]
    public async Task A_cycle_names_the_rules_that_could_end_it_and_cases_that_were_not_run_say_why()
    {
        CycleDetail cycle = Cycle(Ended(1, Verdict.Failed, "no"), Execution(2) with { NotRunReason = "stop rule failed=1" });
        cycle = cycle with { Cycle = cycle.Cycle with { StopRules = [new StopRule(Verdict.Failed, 1), new StopRule(Verdict.Error, 3)] } };

        string html = await WriteAsync(cycle);

        html.Should().Contain("<tr><th scope=\"row\">Stop rules</th><td>failed=1, error=3</td></tr>");
        Section(html, "not-passed").Should().Contain("<td>stop rule failed=1</td>");
    }

    [Fact]
    public async Task A_case_that_a_spare_rig_took_over_names_both_rigs_and_the_devices_of_both_stand_apart()
    {
        string html = await WriteAsync(Moved());

        Section(html, "cases").Should().Contain("on bench-02; rig fault on bench-01").And.Contain("<td>on bench-01</td>");
        html.Should().Contain("<h3>Devices of the spare rig bench-02</h3>").And.Contain("90-B3-D5-1F-30-00-00-B0")
            .And.Contain("<th scope=\"row\">Verdicts come from</th><td>bench-01, bench-02</td>")
            .And.Contain("<p>Rig bench-02; lease 2; decides;");
    }

    [Fact]
    public async Task What_did_not_pass_comes_first_the_gravest_before_the_others()
    {
        string html = await WriteAsync(Cycle(
            Ended(1, Verdict.Passed), Ended(2, Verdict.Blocked, "r2"),
            Ended(3, Verdict.Inconclusive, "r3"), Ended(4, Verdict.Failed, "r4")));

        string[] reasons = [.. ReasonPattern().Matches(Section(html, "not-passed")).Select(match => match.Value)];
        string[] evidence = [.. CasePattern().Matches(Section(html, "evidence")).Select(match => match.Groups[1].Value)];

        reasons.Should().Equal("r4", "r3", "r2");
        evidence.Should().Equal("4", "3", "2", "1");
    }

    [Fact]
    public async Task Flaky_superseded_and_descoped_cases_are_marked()
    {
        string html = await WriteAsync(Cycle(
            Execution(1, Attempt(1, Verdict.Failed, "late"), Attempt(2, Verdict.Passed)),
            Execution(2, Attempt(1, Verdict.Failed, isSuperseded: true), Attempt(2, Verdict.Passed)),
            Descoped(3, "agreed by the TAG")));

        string cases = Section(html, "cases");
        cases.Should().Contain("flaky: one attempt passed and another failed")
            .And.Contain("a superseded attempt is kept and not counted")
            .And.Contain("descoped: agreed by the TAG");
        html.Should().Contain("1 of 2 in-scope cases passed (50 %)");
    }

    [Fact]
    public async Task A_round_of_a_step_that_is_repeated_has_its_number()
    {
        byte[] content = Encoding.UTF8.GetBytes(Evidence.Replace("\"kind\"", "\"round\":2,\"kind\"", StringComparison.Ordinal));

        string html = await WriteAsync(Cycle(WithEvidence(1, "evidence.json", "application/json", content)));

        html.Should().Contain("Step 1: read time, round 2, Failed (ValueMismatch)");
    }

    [Fact]
    public async Task Evidence_shows_codes_expectations_messages_and_octets_with_the_decode_beside_them()
    {
        string html = await WriteAsync(Cycle(WithEvidence(1, "evidence.json", "application/json", Encoding.UTF8.GetBytes(Evidence))));

        string evidence = Section(html, "evidence");
        evidence.Should().Contain("acknowledgement I99, response E21")
            .And.Contain("<td>ResponseCode</td><td>I0</td><td>E21</td>")
            .And.Contain("&lt;sr:Request/&gt;").And.Contain("&lt;sr:Response/&gt;")
            .And.Contain("1.500 ms pty &gt; 7E A0").And.Contain("2.500 ms pty &lt; 7E A1")
            .And.Contain("SNRM to 0x03")
            .And.Contain("Total 1.234 ms").And.Contain("ValueMismatch");
    }

    [Fact]
    public async Task Evidence_is_embedded_whole_under_its_hash()
    {
        byte[] content = Encoding.UTF8.GetBytes(Evidence);

        string html = await WriteAsync(Cycle(WithEvidence(1, "evidence.json", "application/json", content)));

        string saved = DataPattern().Match(html).Groups[1].Value;
        Convert.FromBase64String(saved).Should().Equal(content);
        html.Should().Contain(Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    [Fact]
    public async Task Evidence_of_another_shape_is_shown_as_far_as_it_goes()
    {
        string[] documents =
        [
            "{}", "[1,2]", "null", "not json <b>", "", "{\"steps\":7}", "{\"steps\":[null,1,\"x\",{}]}",
            "{\"steps\":[{\"wire\":[{}],\"decode\":[1,null]}]}",
            "{\"steps\":[{\"name\":\"\\ud800\",\"request\":{\"latency\":{\"total\":1e300}},\"expectations\":[[]]}]}",
        ];

        foreach (string document in documents)
        {
            string html = await WriteAsync(Cycle(WithEvidence(1, "evidence.json", "application/json", Encoding.UTF8.GetBytes(document))));

            html.Should().EndWith("</html>\n", document).And.NotContain("<b>not");
        }
    }

    [Fact]
    public async Task Missing_evidence_is_named()
    {
        CycleDetail cycle = Cycle(WithEvidence(1, "evidence.json", "application/json", [1]));
        _blobs.Clear();

        (await WriteAsync(cycle)).Should().Contain("Its content is not to be had");
    }

    [Fact]
    public async Task Evidence_that_was_changed_in_the_store_is_not_shown()
    {
        CycleDetail cycle = Cycle(WithEvidence(1, "evidence.json", "application/json", [1]));
        _blobs[_blobs.Keys.Single()] = [2];

        string html = await WriteAsync(cycle);

        html.Should().Contain("does not have this hash").And.NotContain("data:application");
    }

    [Fact]
    public async Task A_full_report_names_evidence_by_hash_only()
    {
        ExecutionHistory execution = Ended(1, Verdict.Failed);
        EvidenceReference huge = new("huge", "text/plain", "beef", HtmlReport.MaximumEmbeddedOctets + 1);
        execution = execution with { Attempts = [execution.Attempts[0] with { Evidence = [huge] }] };

        string html = await WriteAsync(Cycle(execution));

        html.Should().Contain("left out, because the report is full").And.Contain("beef");
    }

    [Fact]
    public async Task Hostile_texts_never_become_markup_wherever_they_stand()
    {
        string document = System.Text.Json.JsonSerializer.Serialize(new
        {
            leftOut = Hostile,
            steps = new[]
            {
                new
                {
                    name = Hostile,
                    reason = Hostile,
                    expectations = new[] { new { subject = Hostile, expected = Hostile, found = Hostile } },
                    captured = new Dictionary<string, string> { ["a" + Hostile] = Hostile },
                    request = new { srv = Hostile, xml = Hostile, warnings = new[] { Hostile }, refusal = new { message = Hostile } },
                    wire = new[] { new { port = Hostile, octets = Hostile } },
                    decode = new[] { Hostile, "> " + Hostile, ">   0000  " + Hostile },
                },
            },
        });
        Step step = Step(Hostile, 10, Hostile) with
        {
            Verdict = Verdict.Failed,
            Name = Hostile,
            Reason = Hostile,
            AcknowledgementCode = Hostile,
        };
        ExecutionHistory execution = WithEvidence(1, Hostile, Hostile, Encoding.UTF8.GetBytes(document));
        execution = execution with
        {
            Execution = execution.Execution with { CaseId = Hostile, Title = Hostile },
            Attempts = [execution.Attempts[0] with { Verdict = Verdict.Failed, Reason = Hostile, Steps = [step] }],
        };
        CycleDetail cycle = Cycle(execution, WithEvidence(2, "page", "text/html", Encoding.UTF8.GetBytes(Hostile)), Descoped(3, Hostile));
        cycle = cycle with
        {
            Issues = [Issue(execution, Hostile, Hostile)],
            Campaigns = [HostileCampaign()],
            Cycle = cycle.Cycle with
            {
                PackName = Hostile,
                Rig = Hostile,
                StateReason = Hostile,
                State = CycleState.Incomplete,
                Id = Hostile,
            },
        };

        string html = await WriteAsync(cycle);

        html.Should().Contain("class=\"trace\"", "hostile octets stand beside the failed step too");
        html.Should().NotContain("<script").And.NotContain("<img").And.NotContain("data:text/html")
            .And.NotContain("\0").And.NotContain("\u202E");
        XDocument page = AsXml(html);
        page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName).Should().NotContain(name => name.StartsWith("on"));
        page.Descendants("pre").Should().OnlyContain(pre => !pre.HasElements);
    }

    private static CampaignStanding HostileCampaign()
    {
        Campaign campaign = new(Hostile, new FirmwareBaseline(new DateOnly(2025, 1, 1)), [], Hostile, Hostile, Noon);
        CampaignCycle[] cycles =
        [
            .. new[] { "1", Hostile }.Select((version, day) => new CampaignCycle(
                Hostile, [Hostile], "", CycleState.Complete, Noon.AddDays(day), null,
                [Device(Virtual) with { Inventory = Device(Virtual).Inventory with { FirmwareVersion = version } }], [])),
        ];
        CampaignStanding standing = CampaignStanding.Of(campaign, new CampaignRecord([campaign], cycles, []), Noon.AddDays(9));
        standing.IsFlagged.Should().BeTrue();
        return standing;
    }

    [Fact]
    public async Task The_page_is_well_formed_and_refers_to_nothing_outside()
    {
        byte[] content = Encoding.UTF8.GetBytes(Evidence);
        ExecutionHistory execution = WithEvidence(1, "evidence.json", "application/json", content);
        execution = execution with { Attempts = [execution.Attempts[0] with { Steps = [Step("4.1.1", 25), Step("7.2", 10)] }] };

        string html = await WriteAsync(Cycle(execution));

        XDocument page = AsXml(html);
        page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "href" or "src").Select(attribute => attribute.Value)
            .Should().NotBeEmpty().And.OnlyContain(target => target.StartsWith('#') || target.StartsWith("data:application/json;"));
        page.Descendants("script").Should().BeEmpty();
        html.Should().NotContain("@import").And.NotContain("url(");
        string[] ids = [.. page.Descendants().Attributes("id").Select(attribute => attribute.Value)];
        ids.Should().OnlyHaveUniqueItems();
        page.Descendants("a").Select(link => link.Attribute("href")!.Value).Where(target => target.StartsWith('#'))
            .Select(target => target[1..]).Should().BeSubsetOf(ids);
    }

    [Fact]
    public async Task Testing_Issues_stand_with_proposal_rule_what_is_unknown_and_octets_or_there_are_none()
    {
        ExecutionHistory execution = Ended(1, Verdict.Failed, "no");

        string html = await WriteAsync(Cycle(execution) with { Issues = [Issue(execution)] });
        string none = Section(await WriteAsync(Cycle(Ended(1, Verdict.Passed))), "issues");

        Section(html, "issues").Should().Contain("TI-0001").And.Contain("new in this cycle").And.Contain("not set: a person confirms")
            .And.Contain("severity 2 by 6.2 row 3").And.Contain("no effect, no workaround")
            .And.Contain("unknown: the case states no way to know it").And.Contain("href=\"#case-1\"").And.Contain("&gt; 7E A0")
            .And.Contain("3 earlier lines are left out");
        none.Should().Contain("Testing Issues: none");
    }

    [Fact]
    public async Task Open_issues_stand_against_the_threshold_set_with_its_name_origin_and_what_is_not_counted()
    {
        ExecutionHistory execution = Ended(1, Verdict.Failed, "no");
        CycleIssue seen = Issue(execution);
        TestingIssue uncounted = seen.Issue with
        {
            Severity = 2,
            Standing = new IssueStanding
            {
                NotCountedReason = "agreed <here>",
                NotCountedBy = "A. Tester (TAG)",
                EarlierPhase = "IOC SIT",
                ProductionDefect = "INC1",
            },
        };
        IssueChange graded = new("severity", "2", "3", "A. Tester", Noon, "TAG", "cause found");
        CycleDetail cycle = Cycle(execution) with
        {
            Issues = [seen with { Issue = uncounted, Severities = [graded] }],
            Thresholds =
            [
                .. EntryScope.EachOf("002255").Select(scope =>
                    ThresholdEvaluation.Of(ThresholdSet.Default, scope, ThresholdBasis.Rehearsal, Noon, [uncounted])),
            ],
        };

        string html = await WriteAsync(cycle);

        Section(html, "thresholds").Should().Contain("harness-default-1, version 1 (origin: chosen by this project")
            .And.Contain("they are not those of SVTAD clause 20.28").And.Contain("A rehearsal")
            .And.Contain("mixed installations of DMC 002255").And.Contain("0/1/0/0/0").And.Contain("0/0/3/-/-")
            .And.Contain("agreed &lt;here&gt;; decided by A. Tester (TAG)");
        Section(html, "issues").Should().Contain("2 to 3, 2026-01-05 12:00:00 UTC, A. Tester (TAG): cause found")
            .And.Contain("carried over from IOC SIT; production defect INC1").And.Contain("all installations");
        AsXml(html).Should().NotBeNull();
        (await WriteAsync(Cycle(execution))).Should().NotContain("id=\"thresholds\"", "nothing was looked up");
    }

    [Fact]
    public async Task A_cycle_for_a_combination_shows_where_its_regression_stands_and_the_open_conditions()
    {
        DmcDefinition dmc = new("002255", "IOC", ["s1sp-cgi"]);
        ComponentRelease fix = new("s1sp-cgi", "1.5", ChangesCode: true, "110031", "me", "May release", Noon);
        RegressionCredit credit = new("002255", "MDS testing", "4.1.1", new DateOnly(2026, 1, 4), "me", "in parallel", Noon);
        RegressionStanding standing = RegressionStanding.Of(
            dmc, new RegressionRecord([dmc], [fix], [credit], []), new RegressionPack("standard-regression", "1.0", ["pack-a"]),
            ThresholdBasis.Rehearsal);

        string html = await WriteAsync(Cycle(Ended(1, Verdict.Passed)) with { Regression = standing });

        Section(html, "regression").Should().Contain("DMC 002255, by standard-regression, version 1.0: regression not run")
            .And.Contain("no complete regression cycle with the whole pack pack-a")
            .And.Contain("partial, from MDS testing (4.1.1), run on 2026-01-04; credited by me: in parallel")
            .And.Contain("Condition, open: regression after s1sp-cgi 1.5 (fix of 110031)");
        AsXml(html).Should().NotBeNull();
    }

    [Fact]
    public async Task Latency_bars_are_as_long_as_their_parts()
    {
        ExecutionHistory execution = Execution(1, Attempt(1, Verdict.Passed, steps: [Step("4.1.1", 100), Step("7.2", 50)]));

        XDocument page = AsXml(await WriteAsync(Cycle(execution)));

        double[][] bars =
        [
            .. page.Descendants("svg").Where(svg => svg.Attribute("class") is null).Select(svg => svg.Elements("rect")
                .Select(rect => double.Parse(rect.Attribute("width")!.Value, CultureInfo.InvariantCulture)).ToArray()),
        ];
        bars.Should().HaveCount(2);
        bars[0].Should().Equal(24, 48, 72, 96);
        bars[1].Should().Equal(12, 24, 36, 48);
    }

    [Fact]
    public async Task Two_hundred_cases_of_a_night_are_all_there()
    {
        ExecutionHistory[] executions = [.. Enumerable.Range(1, 200).Select(ordinal => Ended(ordinal, Verdict.Passed))];

        string html = await WriteAsync(Cycle(executions));

        CasePattern().Count(html).Should().Be(200);
        html.Should().Contain("Every in-scope case passed.");
    }

    private static CycleDetail RealOf(ExecutionHistory execution)
    {
        CycleDetail cycle = Cycle(execution with { Attempts = [execution.Attempts[0] with { Provenance = RealDcc }] });
        return cycle with { Cycle = cycle.Cycle with { Devices = [Device(RealDcc)] } };
    }

    // The page is written as well-formed XML but for its first line and its three void elements.
    private static XDocument AsXml(string html) => XDocument.Parse(MetaPattern().Replace(html.Replace("<!DOCTYPE html>\n", ""), "<meta$1/>")
        .Replace(" open>", " open=''>"));

    private static string Section(string html, string id)
    {
        int start = html.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        return html[start..html.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    private ExecutionHistory WithEvidence(int ordinal, string name, string mediaType, byte[] content)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        _blobs[hash] = content;
        ExecutionHistory execution = Ended(ordinal, Verdict.Failed, "no");
        return execution with
        {
            Attempts = [execution.Attempts[0] with { Evidence = [new EvidenceReference(name, mediaType, hash, content.Length)] }],
        };
    }

    private ReadOnlyMemory<byte>? Find(string hash) =>
        _blobs.TryGetValue(hash, out byte[]? blob) ? blob : default(ReadOnlyMemory<byte>?);

    private async Task<string> WriteAsync(CycleDetail cycle)
    {
        StringWriter target = new(CultureInfo.InvariantCulture);
        await HtmlReport.WriteAsync(
            target, cycle, (hash, _) => Task.FromResult(Find(hash)), Noon, CancellationToken.None).DefaultTimeout();
        return target.ToString();
    }

    [GeneratedRegex("r[234]")]
    private static partial Regex ReasonPattern();

    [GeneratedRegex("id=\"case-(\\d+)\"")]
    private static partial Regex CasePattern();

    [GeneratedRegex("href=\"data:application/json;base64,([^\"]*)\"")]
    private static partial Regex DataPattern();

    [GeneratedRegex("<meta([^>]*)>")]
    private static partial Regex MetaPattern();
}
