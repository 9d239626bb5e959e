using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

/// <summary>A case for each row of data, and a group of steps for each.</summary>
public sealed class ForEachTests
{
    private const string Variants = """
          - id: OU-READS
            for-each: { name: srv, in: [ 4.1.1, "7.4" ] }
            title: ${srv} under the role OU is refused with E2
            device: esme
            srv: ${srv}
            steps:
              - name: send ${srv}
                request: { srv: "${srv}", role: OU }
                expect: { acknowledgement: E2 }

        """;

    private const string Rows = """
          - id: REF
            for-each:
              name: bad
              in:
                - { id: role, role: OU, code: E2, status: Commissioned, of: esme }
                - { id: suspended, role: IS, code: E5, status: Suspended, of: mute }
            title: 7.4 is refused with ${bad.code}
            device: ${bad.of}
            srv: "7.4"
            steps:
              - inventory: { status: "${bad.status}" }
              - request: { srv: "7.4", role: "${bad.role}" }
                expect: { acknowledgement: "${bad.code}" }

        """;

    private const string Group = """
        - request: { srv: "11.2" }
          on-miss: continue
        - for-each: { name: srv, in: [ 4.1.1, "7.4" ] }
          steps:
            - name: read ${srv}
              request: { srv: "${srv}" }
              times: 2
            - wait: 0s
        - request: { srv: "7.4" }
        """;

    [Fact]
    public void Each_row_makes_a_case_in_its_order_with_a_lasting_id()
    {
        TestPack pack = PackText.Load(PackText.Head + Variants);

        pack.Cases.Select(testCase => $"{testCase.Id}|{testCase.Title}|{testCase.ServiceReferenceVariant}").Should().Equal(
            "OU-READS-4-1-1|4.1.1 under the role OU is refused with E2|4.1.1",
            "OU-READS-7-4|7.4 under the role OU is refused with E2|7.4");
        pack.Cases.Select(testCase => testCase.Row!.ToString()).Should().Equal("OU-READS, srv = 4.1.1", "OU-READS, srv = 7.4");
        pack.Cases[1].Steps.Single().Name.Should().Be("send 7.4");
    }

    [Fact]
    public void Another_row_before_it_leaves_the_id_of_a_case_as_it_was()
    {
        TestPack longer = PackText.Load(PackText.Head + Variants.Replace("[ 4.1.1,", "[ \"11.2\", 4.1.1,", StringComparison.Ordinal));

        longer.Cases.Select(testCase => testCase.Id).Should().Equal("OU-READS-11-2", "OU-READS-4-1-1", "OU-READS-7-4");
    }

    [Fact]
    public void A_row_of_several_values_has_an_id_and_fills_every_kind_of_value()
    {
        TestPack pack = PackText.Load(PackText.Head + Rows);

        pack.Cases.Select(testCase => $"{testCase.Id} {testCase.Device} {testCase.Title}").Should().Equal(
            "REF-role esme 7.4 is refused with E2", "REF-suspended mute 7.4 is refused with E5");
        RequestStep last = (RequestStep)pack.Cases[1].Steps[1];
        last.Request.Role.Should().Be("IS");
        last.Expectation.Acknowledgement!.ToString().Should().Be("E5");
        pack.Cases[1].Steps[0].Should().BeOfType<InventoryStep>().Which.Status.ToString().Should().Be("Suspended");
    }

    [Fact]
    public void A_mapping_of_a_row_takes_the_place_of_the_value_that_refers_to_it()
    {
        TestPack pack = PackText.Load(PackText.Head + """
              - id: WHOLE
                for-each:
                  name: form
                  in:
                    - { id: message, srv: "3.1", body: { SupplierMessage: Hello }, values: { ResponseMessage: { present: true } } }
                    - { id: none, srv: "7.4", body: {}, values: {} }
                title: "${form.srv} with a body of its own"
                device: esme
                srv: "${form.srv}"
                steps:
                  - request: { srv: "${form.srv}", body: "${form.body}" }
                    expect: { body: "${form.values}" }
            """);

        RequestStep[] steps = [.. pack.Cases.Select(testCase => testCase.Steps.OfType<RequestStep>().Single())];
        steps[0].Request.Body.Select(element => $"{element.Name}={element.Value!.Text}").Should().Equal("SupplierMessage=Hello");
        steps[0].Expectation.Body.Should().ContainSingle();
        steps[1].Request.Body.Should().BeEmpty();
        pack.Cases[0].Row!.Values.Keys.Should().BeEquivalentTo("form.id", "form.srv");
    }

    [Fact]
    public void A_mapping_of_a_row_does_not_stand_within_a_text()
    {
        string text = PackText.WithCase(
            "for-each: { name: x, in: [ { id: a, value: { B: c } } ] }\n"
            + "steps:\n  - request: { srv: \"3.1\", body: { A: \"is ${x.value}\" } }");

        ConfigurationException fault = PackLoader.Check(text, "sample.pack.yaml").Faults.Should().ContainSingle().Which;

        fault.Code.Should().Be(PackFaults.UnknownDeviceRole);
        fault.Key.Should().Be("cases[0].steps[0].request.body.A");
    }

    [Fact]
    public void A_group_in_a_case_of_rows_sees_the_rows_of_both()
    {
        TestPack pack = PackText.Load(PackText.Head + """
              - id: BOTH
                for-each: { name: role, in: [ IS ] }
                title: "${role}"
                device: esme
                srv: "7.4"
                steps:
                  - for-each: { name: srv, in: [ "7.4", 4.1.1 ] }
                    steps: [ { name: "${srv} as ${role}", request: { srv: "${srv}", role: "${role}" } } ]
            """);

        pack.Cases[0].Steps.Select(step => step.Name).Should().Equal("7.4 as IS (7-4)", "4.1.1 as IS (4-1-1)");
    }

    [Fact]
    public void The_id_that_the_pack_writes_stands_for_all_its_rows()
    {
        TestPack pack = PackText.Load(PackText.Head + Variants + Rows);

        pack.Select(["OU-READS"], out string? none).Select(testCase => testCase.Id).Should().Equal("OU-READS-4-1-1", "OU-READS-7-4");
        pack.Select(["REF-role", "OU-READS-7-4"], out _).Select(testCase => testCase.Id).Should().Equal("OU-READS-7-4", "REF-role");
        pack.Select(["OU-READS-9"], out string? unknown).Should().BeEmpty();
        (none, unknown).Should().Be((null, "OU-READS-9"));
        PackPlan.Of(pack, ["REF"], devices: null).Cases.Select(planned => planned.Id).Should().Equal("REF-role", "REF-suspended");
    }

    [Fact]
    public void Somebody_who_asks_for_no_case_is_told_which_there_are()
    {
        TestPack pack = PackLibrary.Find("dmct-smoke")!;
        TestPack all = PackLibrary.Find("dmct-srv")!;

        pack.WithoutCase("SMK-99").Should().Be(
            $"the pack dmct-smoke has no case 'SMK-99'; it has {string.Join(", ", pack.Cases.Select(found => found.Id))}");
        all.WithoutCase("READ-7-4-IS,BILLING").Should().Be(
            $"the pack dmct-srv has no case 'READ-7-4-IS,BILLING'; 'harness pack show dmct-srv' lists its {all.Cases.Count}; " +
            "ids are separated by blanks");
    }

    [Fact]
    public async Task A_value_of_a_row_may_itself_refer_to_what_is_known_when_the_step_runs()
    {
        TestPack pack = PackText.Load(PackText.Head + """
              - id: NAME
                for-each: { name: who, in: [ { id: own, name: "${device.name}" } ] }
                title: A name
                device: esme
                srv: "7.4"
                steps: [ { request: { xml: "<x>${who.name} ${who.id}</x>" } } ]
            """);
        ScriptedBench bench = new();

        await new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], bench, new RecordingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();

        bench.Script.Requests.Should().Equal("<x>esme-01 own</x>");
    }

    [Fact]
    public void A_group_does_its_steps_for_each_row_under_one_number()
    {
        TestCase testCase = PackText.LoadSteps(Group, "assess: { effect: 3 }").Cases[0];

        testCase.Steps.Select(step => $"{step.Number} {step.Name} {step.ServiceReferenceVariant}").Should().Equal(
            "1 request 11.2 11.2",
            "2 read 4.1.1 (4-1-1) (1 of 2) 4.1.1", "2 read 4.1.1 (4-1-1) (2 of 2) 4.1.1", "2 wait 0s (4-1-1) ",
            "2 read 7.4 (7-4) (1 of 2) 7.4", "2 read 7.4 (7-4) (2 of 2) 7.4", "2 wait 0s (7-4) ",
            "3 request 7.4 7.4");
    }

    [Fact]
    public async Task A_group_is_missed_when_a_step_of_a_row_is()
    {
        TestPack pack = PackText.LoadSteps("""
            - for-each: { name: version, in: [ a, b ] }
              steps:
                - name: read
                  request: { srv: "11.2" }
                  expect: { body: { FirmwareVersion: "${version}" } }
                  on-miss: continue
            - request: { srv: "7.4" }
            """, "signature: { issue: 110031, when: [ missed 1, met 2 ] }");
        ScriptedBench bench = new();
        bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "a")))
            .Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "a")));

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], bench, new RecordingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("known issue 110031: read (b): FirmwareVersion: expected b, found a");
    }

    [Fact]
    public void A_group_in_clean_up_does_its_steps_for_each_row()
    {
        TestCase testCase = PackText.LoadSteps("- request: { srv: \"7.4\" }", """
            cleanup:
              - for-each: { name: role, in: [ esme, mute ] }
                steps: [ { request: { srv: "7.1", device: "${role}" } } ]
            """).Cases[0];

        testCase.Cleanup.Cast<RequestStep>().Select(step => step.Request.DeviceRole).Should().Equal("esme", "mute");
    }

    [Fact]
    public void Rows_that_are_all_wrong_are_told_for_each_and_what_is_wrong_for_all_is_told_once()
    {
        string text = PackText.Head + Variants.Replace("role: OU", "roll: OU", StringComparison.Ordinal)
            .Replace("[ 4.1.1,", "[ 4.1.9,", StringComparison.Ordinal);

        PackReading reading = PackLoader.Check(text, "sample.pack.yaml");

        reading.Pack.Should().BeNull();
        reading.Faults.Select(fault => $"{fault.Key} {fault.Code} {fault.Found}").Should().Equal(
            "cases[0].srv PACK-001 '4.1.9'",
            "cases[0].steps[0].request.srv PACK-001 '4.1.9'",
            "cases[0].steps[0].request.roll CONF-003 the key 'roll'");
    }

    [Theory]
    [InlineData("{ in: [ a ] }", "name", "CONF-002")]
    [InlineData("{ name: x }", "in", "CONF-002")]
    [InlineData("{ name: x, in: [] }", "in", "CONF-004")]
    [InlineData("{ name: x, in: a }", "in", "CONF-004")]
    [InlineData("{ name: 1x, in: [ a ] }", "name", PackFaults.UnknownVariable)]
    [InlineData("{ name: now, in: [ a ] }", "name", PackFaults.Duplicate)]
    [InlineData("{ name: esme, in: [ a ] }", "name", PackFaults.Duplicate)]
    [InlineData("{ name: was, in: [ a ] }", "name", PackFaults.Duplicate)]
    [InlineData("{ name: x, in: [ a, a ] }", "in[1]", PackFaults.Duplicate)]
    [InlineData("{ name: x, in: [ 4.1, 4-1 ] }", "in[1]", PackFaults.Duplicate)]
    [InlineData("{ name: x, in: [ \"...\" ] }", "in[0]", "CONF-004")]
    [InlineData("{ name: x, in: [ { value: 1 } ] }", "in[0].id", "CONF-002")]
    [InlineData("{ name: x, in: [ { id: a b } ] }", "in[0].id", "CONF-004")]
    [InlineData("{ name: x, in: [ { id: a, 2nd: 1 } ] }", "in[0].2nd", PackFaults.UnknownVariable)]
    [InlineData("{ name: x, in: [ a ], of: b }", "of", "CONF-003")]
    [InlineData("{ name: x, in: [ a23456789012345678901234567890123456789 ] }", "in[0]", "CONF-004")]
    public void Wrong_rows_are_refused_with_their_place(string forEach, string key, string code)
    {
        string text = PackText.WithCase(
            $"for-each: {forEach}\nsteps:\n  - request: {{ srv: \"7.4\" }}\n    capture: {{ was: SupplyState }}");

        ConfigurationException fault = PackLoader.Check(text, "sample.pack.yaml").Faults.Should().ContainSingle().Which;

        fault.Key.Should().Be($"cases[0].for-each.{key}");
        fault.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("- for-each: { name: x, in: [ a ] }", "cases[0].steps[0].steps", "CONF-002")]
    [InlineData("- for-each: { name: x, in: [ a ] }\n  steps: []", "cases[0].steps[0].steps", "CONF-004")]
    [InlineData("- for-each: { name: x, in: [ a ] }\n  steps: [ { wait: 1s } ]\n  when: met", "cases[0].steps[0].when", "CONF-003")]
    [InlineData("- for-each: { name: x, in: [ a, b ] }\n  steps: [ { request: { srv: \"7.4\" }, capture: { y: A } } ]",
        "cases[0].steps[0].steps[0].capture", PackFaults.StepReference)]
    [InlineData("- for-each: { name: x, in: [ a ] }\n  steps: [ { for-each: { name: y, in: [ b ] }, steps: [ { wait: 0s } ] } ]",
        "cases[0].steps[0].steps[0]", PackFaults.StepKind)]
    [InlineData("- for-each: { name: x, in: [ a ] }\n  steps: [ { wait: 1s, when: met } ]",
        "cases[0].steps[0]", PackFaults.StepReference)]
    [InlineData("- request: { srv: \"7.4\" }\n  expect: { body: { A: \"${x}\" } }", "cases[0].steps[0].expect.body.A",
        PackFaults.UnknownVariable)]
    public void A_wrong_group_is_refused_with_its_place(string steps, string key, string code)
    {
        ConfigurationException fault =
            PackLoader.Check(PackText.WithSteps(steps), "sample.pack.yaml").Faults.Should().ContainSingle().Which;

        fault.Key.Should().Be(key);
        fault.Code.Should().Be(code);
    }

    [Fact]
    public void The_steps_of_a_group_count_for_each_row()
    {
        string rows = string.Join(", ", Enumerable.Range(1, 300));

        ConfigurationException fault = PackLoader.Check(PackText.WithSteps(
            $"- for-each: {{ name: x, in: [ {rows} ] }}\n  steps: [ {{ wait: 0s }}, {{ wait: 0s }} ]"), "sample.pack.yaml").Faults.Single();

        fault.Found.Should().EndWith("steps with their turns and rounds");
        fault.Allowed.Should().Be("at most 500");
    }

    [Fact]
    public void The_cases_of_all_rows_count()
    {
        string rows = string.Join(", ", Enumerable.Range(1, 500));
        string cases = string.Concat(Enumerable.Range(1, 11).Select(number => $$"""
              - id: C{{number}}
                for-each: { name: x, in: [ {{rows}} ] }
                title: "${x}"
                device: esme
                srv: "7.4"
                steps: [ { wait: 0s } ]

            """));

        ConfigurationException fault = PackLoader.Check(PackText.Head + cases, "sample.pack.yaml").Faults.Single();

        fault.Key.Should().Be("cases");
        fault.Found.Should().Be("more than 5000 cases, one for each row");
    }

    [Fact]
    public void A_case_may_not_have_the_id_of_a_row_nor_the_one_that_stands_for_all()
    {
        string other = "  - {{ id: {0}, title: Another, device: esme, srv: \"7.4\", steps: [ {{ wait: 0s }} ] }}\n";

        foreach (string id in (string[])["OU-READS", "ou-reads-7-4"])
        {
            string text = PackText.Head + Variants + string.Format(System.Globalization.CultureInfo.InvariantCulture, other, id);

            PackLoader.Check(text, "sample.pack.yaml").Faults.Should().ContainSingle().Which.Key.Should().Be("cases[1].id");
        }
    }

    [Fact]
    public void Rows_that_change_nothing_of_the_title_are_odd()
    {
        TestPack pack = PackText.Load(PackText.Head + Variants.Replace("title: ${srv}", "title: A read", StringComparison.Ordinal));

        PackLint.Check(pack).Findings.Should().Contain(new LintFinding("OU-READS-7-4", "has the title of OU-READS-4-1-1"));
    }
}
