using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

public sealed class PackLoaderTests
{
    // The first line below "cases:" is line 12; a case's own lines begin at line 16, the steps of WithSteps at line 17.
    private const string Read = "- request: { srv: \"7.4\" }";

    public static TheoryData<string, string, string, int, int, string> WrongSteps => new()
    {
        { "an unknown variant", "- request: { srv: 4.1.9 }", PackFaults.UnknownServiceReferenceVariant, 17, 25,
            "cases[0].steps[0].request.srv" },
        { "an unknown role", "- request: { srv: \"7.4\", role: XX }", PackFaults.UnknownRole, 17, 38, "cases[0].steps[0].request.role" },
        { "an unknown device role", "- request: { srv: \"7.4\", device: gsme }", PackFaults.UnknownDeviceRole, 17, 40,
            "cases[0].steps[0].request.device" },
        { "no kind", "- name: nothing", PackFaults.StepKind, 17, 9, "cases[0].steps[0]" },
        { "two kinds", "- wait: 1s\n  request: { srv: \"7.4\" }", PackFaults.StepKind, 17, 9, "cases[0].steps[0]" },
        { "an undefined capture", Read + "\n  expect: { body: { SupplyState: \"${was}\" } }", PackFaults.UnknownVariable, 18, 40,
            "cases[0].steps[0].expect.body.SupplyState" },
        { "a forward reference", Read + "\n  expect: { body: { SupplyState: \"${was}\" } }\n" + Read + "\n  capture: { was: SupplyState }",
            PackFaults.ForwardReference, 18, 40, "cases[0].steps[0].expect.body.SupplyState" },
        { "a reference to its own capture", Read + "\n  expect: { body: { SupplyState: \"${was}\" } }\n  capture: { was: SupplyState }",
            PackFaults.ForwardReference, 18, 40, "cases[0].steps[0].expect.body.SupplyState" },
        { "an unknown device property", Read + "\n  expect: { body: { SupplyState: \"${device.colour}\" } }", PackFaults.UnknownVariable,
            18, 40,
            "cases[0].steps[0].expect.body.SupplyState" },
        { "a fact that the need does not declare", Read + "\n  expect: { body: { SupplyState: \"${mute.import-reading-wh}\" } }",
            PackFaults.UnknownVariable, 18, 40, "cases[0].steps[0].expect.body.SupplyState" },
        { "a request's own name outside xml", Read + "\n  expect: { body: { SupplyState: \"${request.id}\" } }",
            PackFaults.UnknownVariable, 18, 40,
            "cases[0].steps[0].expect.body.SupplyState" },
        { "two captures of a name", Read + "\n  capture: { was: SupplyState }\n" + Read + "\n  capture: { was: SupplyState }",
            PackFaults.Duplicate, 20, 25,
            "cases[0].steps[1].capture.was" },
        { "a reserved capture", Read + "\n  capture: { now: SupplyState }", PackFaults.UnknownVariable, 18, 25,
            "cases[0].steps[0].capture.now" },
        { "an unknown response code", Read + "\n  expect: { acknowledgement: E999 }", PackFaults.Expectation, 18, 36,
            "cases[0].steps[0].expect.acknowledgement" },
        { "a refusal beside an answer", Read + "\n  expect: { refusal: { path: x }, response: I0 }", PackFaults.Expectation, 18, 51,
            "cases[0].steps[0].expect.response" },
        { "a broken pattern", Read + "\n  expect: { body: { SupplyState: { matches: \"(\" } } }", PackFaults.Expectation, 18, 51,
            "cases[0].steps[0].expect.body.SupplyState.matches" },
        { "a bound that is no number", Read + "\n  expect: { body: { SupplyState: { at-least: much } } }", PackFaults.Expectation, 18, 52,
            "cases[0].steps[0].expect.body.SupplyState.at-least" },
        { "a body that the variant does not have", "- request: { srv: \"6.11\", body: { CurrentDateTime: \"${now}\", Tolerance: 4 } }",
            PackFaults.RequestBody, 17, 39, "cases[0].steps[0].request.body" },
        { "a body value out of range", "- request: { srv: \"6.11\", body: { CurrentDateTime: \"${now}\", TolerancePeriod: 86401 } }",
            PackFaults.RequestBody, 17, 39, "cases[0].steps[0].request.body" },
        { "both target and device", "- request: { srv: \"7.4\", device: esme, target: 90-B3-D5-1F-30-00-00-A0 }", PackFaults.RequestBody,
            17, 54,
            "cases[0].steps[0].request.target" },
        { "a target that is no EUI-64", "- request: { srv: \"7.4\", target: somewhere }", PackFaults.RequestBody, 17, 40,
            "cases[0].steps[0].request.target" },
        { "an unclosed reference", "- request: { srv: \"7.4\", target: \"${now\" }", "CONF-004", 17, 40,
            "cases[0].steps[0].request.target" },
        { "a misspelt key of a step", Read + "\n  expects: { response: I0 }", "CONF-003", 18, 9, "cases[0].steps[0].expects" },
        { "a misspelt key of a request", "- request: { srv: \"7.4\", roll: IS }", "CONF-003", 17, 32, "cases[0].steps[0].request.roll" },
        { "a misspelt key of an expectation", Read + "\n  expect: { answer: I0 }", "CONF-003", 18, 19, "cases[0].steps[0].expect.answer" },
        { "a misspelt condition", Read + "\n  expect: { body: { SupplyState: { equal: Enabled } } }", "CONF-003", 18, 42,
            "cases[0].steps[0].expect.body.SupplyState.equal" },
        { "a wait that is no duration", "- wait: 5", "CONF-004", 17, 15, "cases[0].steps[0].wait" },
        { "an unknown status", "- inventory: { status: Sleeping }", "CONF-004", 17, 30, "cases[0].steps[0].inventory.status" },
    };

    [Theory]
    [MemberData(nameof(WrongSteps))]
    public void A_wrong_step_is_refused_with_its_place(string what, string steps, string code, int line, int column, string key)
    {
        Action load = () => PackText.LoadSteps(steps);

        ConfigurationException error = load.Should().Throw<ConfigurationException>(what).Which;

        using AssertionScope scope = new(what);
        error.Code.Should().Be(code);
        error.Key.Should().Be(key);
        error.Line.Should().Be(line);
        error.Column.Should().Be(column);
        error.File.Should().Be("sample.pack.yaml");
        error.Found.Should().NotBeEmpty();
        error.Allowed.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("kind: smoke", "kind: fast", "CONF-004", 4, 7, "kind")]
    [InlineData("pack: sample", "pack: Sample Pack", "CONF-004", 1, 7, "pack")]
    [InlineData("budget: 5m", "budget: soon", "CONF-004", 6, 9, "budget")]
    [InlineData("owner: tests", "owners: tests", "CONF-002", 1, 1, "owner")]
    [InlineData("title: A sample", "title: A sample\nextra: 1", "CONF-003", 3, 1, "extra")]
    [InlineData("type: ESME, facts", "type: EMSE, facts", "CONF-004", 9, 17, "needs.esme.type")]
    [InlineData("  esme: {", "  now: {", PackFaults.UnknownDeviceRole, 9, 8, "needs.now")]
    [InlineData("srv: 4.1.1", "srv: 99.1", PackFaults.UnknownServiceReferenceVariant, 15, 10, "cases[0].srv")]
    [InlineData("device: esme\n", "device: hub\n", PackFaults.UnknownDeviceRole, 14, 13, "cases[0].device")]
    [InlineData("id: C-1", "id: C 1", "CONF-004", 12, 9, "cases[0].id")]
    public void A_wrong_head_is_refused_with_its_place(string from, string to, string code, int line, int column, string key)
    {
        string text = PackText.WithSteps(Read);
        text.Should().Contain(from);
        Action load = () => PackText.Load(text.Replace(from, to, StringComparison.Ordinal));

        ConfigurationException error = load.Should().Throw<ConfigurationException>().Which;

        using AssertionScope scope = new();
        error.Code.Should().Be(code);
        error.Key.Should().Be(key);
        error.Line.Should().Be(line);
        error.Column.Should().Be(column);
    }

    [Fact]
    public void Two_cases_of_one_id_are_refused_at_the_second()
    {
        string second = "  - id: c-1\n    title: Again\n    device: esme\n    srv: \"7.4\"\n    steps: [ { wait: 0s } ]\n";

        Action load = () => PackText.Load(PackText.WithSteps(Read) + second);

        ConfigurationException error = load.Should().Throw<ConfigurationException>().Which;
        error.Code.Should().Be(PackFaults.Duplicate);
        error.Key.Should().Be("cases[1].id");
        error.Line.Should().Be(18);
    }

    [Fact]
    public void Text_that_is_no_yaml_is_refused()
    {
        Action load = () => PackText.Load("pack: [");

        load.Should().Throw<ConfigurationException>().Which.Code.Should().Be("CONF-001");
    }

    [Fact]
    public void A_step_says_nothing_and_gets_the_healthy_defaults()
    {
        TestCase testCase = PackText.LoadSteps(Read).Cases[0];

        RequestStep step = testCase.Steps.Should().ContainSingle().Which.Should().BeOfType<RequestStep>().Subject;
        step.Name.Should().Be("request 7.4");
        step.Request.Role.Should().Be("IS");
        step.Request.CommandVariant.Should().Be(1);
        step.Request.DeviceRole.Should().Be("esme");
        step.TouchesDevice.Should().BeTrue();
        step.IsUnsafe.Should().BeFalse();
        testCase.Repeat.Should().Be(RepeatPolicy.Allowed);
    }

    [Theory]
    [InlineData("7.1", 4, true)]
    [InlineData("6.11", 4, true)]
    [InlineData("4.1.1", 1, false)]
    public void The_criticality_of_a_variant_decides_command_variant_and_care(string srv, int commandVariant, bool isUnsafe)
    {
        string body = srv == "6.11" ? ", body: { CurrentDateTime: \"${now}\", TolerancePeriod: 10 }" : string.Empty;

        RequestStep step = (RequestStep)PackText.LoadSteps($"- request: {{ srv: \"{srv}\"{body} }}").Cases[0].Steps[0];

        step.Request.CommandVariant.Should().Be(commandVariant);
        step.IsUnsafe.Should().Be(isUnsafe);
    }

    [Fact]
    public void A_request_written_as_xml_without_a_variant_is_taken_for_unsafe()
    {
        RequestStep step = (RequestStep)PackText.LoadSteps(
            "- request: { xml: \"<a>${request.id}</a>\" }\n  expect: { refusal: { path: / } }").Cases[0].Steps[0];

        step.IsUnsafe.Should().BeTrue();
        step.TouchesDevice.Should().BeFalse();
    }

    [Fact]
    public async Task A_pack_is_read_from_a_file_too()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, PackText.WithSteps(Read));

            TestPack pack = await PackLoader.LoadFileAsync(path, CancellationToken.None);

            pack.Name.Should().Be("sample");
            pack.Hash.Should().Be(TestPack.HashOf(pack.Text));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
