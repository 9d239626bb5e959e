using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

/// <summary>Everything that is wrong is told, and nothing because of something else that is wrong.</summary>
public sealed class PackFaultsTests
{
    private const string Read = "- request: { srv: \"7.4\" }";

    [Fact]
    public void Every_fault_of_a_file_is_told_in_the_order_of_the_file()
    {
        string text = PackText.WithSteps("""
            - request: { srv: 4.1.9, roll: IS, role: XX }
              capture: { was: Value }
            - request: { srv: "7.4" }
              expect: { body: { A: "${was}", B: "${never}" }, response: I998 }
            - wait: 5
              capture: { late: Value }
            """, "cleanup:\n  - { wait: 1s, when: missed }").Replace("kind: smoke", "kind: fast", StringComparison.Ordinal);

        PackReading reading = PackLoader.Check(text, "sample.pack.yaml");

        reading.Pack.Should().BeNull();
        reading.Faults.Select(fault => $"{fault.Line} {fault.Key} {fault.Code}").Should().Equal(
            "4 kind CONF-004",
            "17 cases[0].steps[0].request.srv PACK-001",
            "17 cases[0].steps[0].request.roll CONF-003",
            "17 cases[0].steps[0].request.role PACK-002",
            "20 cases[0].steps[1].expect.body.B PACK-003",
            "20 cases[0].steps[1].expect.response PACK-009",
            "21 cases[0].steps[2].wait CONF-004",
            "22 cases[0].steps[2].capture CONF-003",
            "24 cases[0].cleanup[0].when CONF-003");
    }

    [Fact]
    public void What_refers_to_a_wrong_need_is_not_told_too()
    {
        string text = PackText.WithSteps("- request: { srv: \"7.4\" }\n  expect: { body: { A: \"${device.baseline-firmware}\" } }")
            .Replace("type: ESME, facts", "type: EMSE, facts", StringComparison.Ordinal);

        PackLoader.Check(text, "sample.pack.yaml").Faults.Should().ContainSingle().Which.Key.Should().Be("needs.esme.type");
    }

    [Theory]
    [InlineData("{ from: a, to: b, downgrade: refused }", "source CONF-002")]
    [InlineData("{ from: a, to: b }", "downgrade CONF-002")]
    [InlineData("{ from: a, to: a, downgrade: unknown }", "to CONF-004")]
    [InlineData("{ from: a, to: b, downgrade: maybe }", "downgrade CONF-004")]
    public void A_pair_of_versions_says_both_and_who_knows_of_the_way_back(string pair, string fault)
    {
        PackReading reading = PackLoader.Check(PackText.WithSteps(Read, $"firmware: {pair}"), "sample.pack.yaml");

        reading.Faults.Select(found => $"{found.Key} {found.Code}").Should().Equal($"cases[0].firmware.{fault}");
    }

    [Fact]
    public void A_sound_pack_has_no_faults()
    {
        PackReading reading = PackLoader.Check(PackText.WithSteps(Read), "sample.pack.yaml");

        reading.Faults.Should().BeEmpty();
        reading.Pack!.Name.Should().Be("sample");
    }

    [Theory]
    [InlineData("- request: { srv: \"2.2\", body: { UTRN: \"73946150284617395026\" } }", "cases[0].steps[0].request.body.UTRN")]
    [InlineData("- request: { srv: \"2.2\", body: { UTRN: \"7394${seed}\" } }", "cases[0].steps[0].request.body.UTRN")]
    [InlineData("- request: { srv: 6.20.1, body: { ImportMPxN: 2198765432107 } }", "cases[0].steps[0].request.body.ImportMPxN")]
    [InlineData("- request: { xml: \"<a:UTRN x='1'> 73946150284617395026 </a:UTRN>\" }", "cases[0].steps[0].request.xml")]
    [InlineData("- request: { xml: \"<UTRN><![CDATA[73946150284617395026]]></UTRN>\" }", "cases[0].steps[0].request.xml")]
    [InlineData(Read + "\n  expect: { body: { MPxN: 2198765432107 } }", "cases[0].steps[0].expect.body.MPxN")]
    [InlineData(Read + "\n  expect: { body: { \"R[1].MPxN\": { one-of: [ 2198765432107 ] } } }", "cases[0].steps[0].expect.body.R[1].MPxN")]
    public void A_secret_that_a_pack_writes_out_is_a_fault_that_does_not_show_it(string steps, string key)
    {
        ConfigurationException fault =
            PackLoader.Check(PackText.WithSteps(steps), "sample.pack.yaml").Faults.Should().ContainSingle().Subject;

        fault.Code.Should().Be(PackFaults.Secret);
        fault.Key.Should().Be(key);
        fault.Message.Should().Contain("'secrets' of the rig file").And.NotContain("7394").And.NotContain("2198765432107");
    }

    [Theory]
    [InlineData("- request: { srv: \"2.2\", body: { UTRN: \"${device.baseline-firmware}\" } }")]
    [InlineData("- request: { xml: \"<UTRN>${device.baseline-firmware}</UTRN><MPxN/><MPxN></MPxN>\" }")]
    [InlineData(Read + "\n  expect: { body: { MPxN: { equals: \"${device.baseline-firmware}\" }, UTRN: { present: true } } }")]
    public void A_secret_that_a_pack_refers_to_is_none(string steps)
    {
        PackLoader.Check(PackText.WithSteps(steps), "sample.pack.yaml").Faults.Should().BeEmpty();
    }

    [Fact]
    public void The_rounds_of_a_case_count_as_its_steps_do()
    {
        string steps = string.Join('\n', Enumerable.Repeat(Read + "\n  repeat: { until: met, every: 1s, at-most: 100 }", 6));

        ConfigurationException fault = PackLoader.Check(PackText.WithSteps(steps), "sample.pack.yaml").Faults.Single();

        fault.Key.Should().Be("cases[0].steps");
        fault.Found.Should().Be("600 steps with their turns and rounds");
        fault.Allowed.Should().Be("at most 500");
    }

    [Fact]
    public void The_list_of_faults_has_an_end()
    {
        string steps = string.Concat(Enumerable.Repeat("- wait: 5\n", 300)).TrimEnd();

        IReadOnlyList<ConfigurationException> faults = PackLoader.Check(PackText.WithSteps(steps), "sample.pack.yaml").Faults;

        faults.Should().HaveCount(201);
        faults.Should().ContainSingle(fault => fault.Code == PackFaults.TooManyFaults);
    }

    [Theory]
    [InlineData(Read + "\n" + Read + "\n  when: missed", "", "cases[0].steps[1].when", PackFaults.StepReference)]
    [InlineData(Read, "signature: { issue: 1, when: [ missed 2 ] }", "cases[0].signature.when[0]", PackFaults.StepReference)]
    [InlineData(Read, "signature: { issue: 1, when: [ broken 1 ] }", "cases[0].signature.when[0]", PackFaults.StepReference)]
    [InlineData(Read, "signature: { issue: 1, when: [ met 1 ] }", "cases[0].signature", PackFaults.StepReference)]
    [InlineData(Read, "signature: { issue: a b, when: [ missed 1 ] }", "cases[0].signature.issue", "CONF-004")]
    [InlineData(Read, "assess: { effect: 2 }", "cases[0].assess.effect", "CONF-004")]
    [InlineData(Read, "assess: { effect: [ 1, 2 ] }", "cases[0].assess.effect[1]", "CONF-004")]
    [InlineData(Read, "assess: { outcome: code }", "cases[0].assess.outcome", PackFaults.StepReference)]
    [InlineData("- request: { srv: \"7.4\", delivery: unchecked }", "", "cases[0].steps[0].request.delivery", PackFaults.RequestBody)]
    [InlineData(Read + "\n  times: 1", "", "cases[0].steps[0].times", "CONF-004")]
    [InlineData(Read + "\n  times: 2\n  capture: { a: B }", "", "cases[0].steps[0].times", PackFaults.StepReference)]
    [InlineData(Read + "\n  repeat: { until: met, every: 5s }", "", "cases[0].steps[0].repeat", PackFaults.StepReference)]
    [InlineData(Read + "\n  repeat: { until: met, every: 1s, within: 100s }", "", "cases[0].steps[0].repeat", PackFaults.StepReference)]
    [InlineData(Read + "\n  repeat: { until: seen, every: 1s, at-most: 2 }", "", "cases[0].steps[0].repeat.until", "CONF-004")]
    [InlineData(Read + "\n  repeat: { every: 1s, at-most: 2 }", "", "cases[0].steps[0].repeat.until", "CONF-002")]
    [InlineData(Read + "\n  repeat: { until: met, at-most: 2 }", "", "cases[0].steps[0].repeat.every", "CONF-002")]
    [InlineData(Read + "\n  repeat: { until: met, every: 0s, at-most: 2 }", "", "cases[0].steps[0].repeat.every", "CONF-004")]
    [InlineData(Read + "\n  repeat: { until: met, every: 1s, at-most: 101 }", "", "cases[0].steps[0].repeat.at-most", "CONF-004")]
    [InlineData(
        Read + "\n  times: 2\n  repeat: { until: met, every: 1s, at-most: 2 }", "", "cases[0].steps[0].times", PackFaults.StepReference)]
    [InlineData(
        "- request: { srv: \"7.1\" }\n  repeat: { until: met, every: 1s, at-most: 2 }", "", "cases[0].steps[0].repeat",
        PackFaults.StepReference)]
    [InlineData(
        Read + "\n  change: wearing\n  repeat: { until: met, every: 1s, at-most: 2, unsafe: never }", "", "cases[0].steps[0].repeat",
        PackFaults.StepReference)]
    [InlineData(
        "- status-log: { status: Complete, within: 1s }\n  repeat: { until: met, every: 1s, at-most: 2 }", "",
        "cases[0].steps[0].status-log.within", PackFaults.StepReference)]
    [InlineData(
        "- wait: 1s\n  repeat: { until: met, every: 1s, at-most: 2 }", "", "cases[0].steps[0].repeat", "CONF-003")]
    [InlineData("- request: { srv: \"7.4\", lose-response: often }", "", "cases[0].steps[0].request.lose-response", "CONF-004")]
    [InlineData("- request: { srv: \"7.4\", via: post }", "", "cases[0].steps[0].request.via", "CONF-004")]
    [InlineData(Read + "\n  change: harmless", "", "cases[0].steps[0].change", "CONF-004")]
    [InlineData("- status-log: Done", "", "cases[0].steps[0].status-log", "CONF-004")]
    [InlineData("- wait: 1s\n  on-miss: continue", "", "cases[0].steps[0].on-miss", "CONF-003")]
    [InlineData(
        Read + "\n  expect: { body: { A: { at-least: 1, of: 2 } } }", "", "cases[0].steps[0].expect.body.A.of", PackFaults.Expectation)]
    public void A_wrong_value_of_a_case_that_goes_on_is_refused(string steps, string rest, string key, string code)
    {
        ConfigurationException fault =
            PackLoader.Check(PackText.WithSteps(steps, rest), "sample.pack.yaml").Faults.Should().ContainSingle().Which;

        fault.Key.Should().Be(key);
        fault.Code.Should().Be(code);
    }
}
