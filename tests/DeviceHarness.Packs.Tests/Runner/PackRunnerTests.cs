using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

public sealed class PackRunnerTests
{
    private const string ReadVersion = """
        - name: read the version
          request: { srv: "11.2" }
          expect: { body: { FirmwareVersion: "${device.firmware}" } }
        """;

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();
    private readonly ManualTimeProvider _time = new();
    private readonly PackRunner _runner = new();

    [Fact]
    public async Task A_case_whose_expectations_are_met_passes()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "4.2.0")));

        AttemptResult result = await RunAsync(ReadVersion);

        result.Verdict.Should().Be(Verdict.Passed);
        result.Reason.Should().BeEmpty();
        result.Steps.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_missed_expectation_fails_and_says_what_was_found()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "4.1.9")));

        AttemptResult result = await RunAsync(ReadVersion);

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("read the version: FirmwareVersion: expected 4.2.0, found 4.1.9");
    }

    [Fact]
    public async Task Events_come_in_order_and_one_flush_ends_a_safe_case()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("FirmwareVersion", "4.2.0")));

        await RunAsync(ReadVersion);

        _journal.Log.Should().Equal(
            "AttemptStarted", "StepStarted", "StepFinished", "EvidenceRecorded", "AttemptFinished", "Flush");
    }

    [Fact]
    public async Task The_journal_is_flushed_before_a_critical_request_leaves()
    {
        _bench.Script.Arriving = _ => _journal.Log.Add("Send");

        await RunAsync("- request: { srv: \"7.1\" }");

        _journal.Log.Should().Equal(
            "AttemptStarted", "StepStarted", "Flush", "Send", "StepFinished", "EvidenceRecorded", "AttemptFinished", "Flush");
    }

    [Fact]
    public async Task Requests_carry_the_user_the_target_and_rising_counters()
    {
        await RunAsync("- request: { srv: \"7.4\" }\n- request: { srv: \"7.4\" }");

        DuisRequest[] requests = [.. _bench.Script.Requests.Select(xml => DuisRequestReader.Read(xml).Message)];
        requests[0].Id.Originator.Should().Be(_bench.UserOf("IS"));
        requests[0].Id.Target.ToString().Should().Be(ScriptedBench.Esme);
        requests[0].Id.Counter.Should().Be((ulong)_time.GetUtcNow().ToUnixTimeMilliseconds());
        requests[1].Id.Counter.Should().Be(requests[0].Id.Counter + 1);
    }

    [Fact]
    public async Task Counters_do_not_go_back_when_the_runner_is_new_and_the_clock_went_on()
    {
        await RunAsync("- request: { srv: \"7.4\" }");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        PackRunner restarted = new();
        TestPack pack = PackText.LoadSteps("- request: { srv: \"7.4\" }");

        await restarted.RunCaseAsync(pack, pack.Cases[0], _bench, _journal, Options, CancellationToken.None).DefaultTimeout();

        ulong[] counters = [.. _bench.Script.Requests.Select(xml => DuisRequestReader.Read(xml).Message.Id.Counter)];
        counters[1].Should().BeGreaterThan(counters[0]);
    }

    [Fact]
    public async Task A_capture_is_put_into_later_requests_and_expectations()
    {
        _bench.Script
            .Then(ScriptedService.Answer(success: null, ("SupplyState", "Armed")))
            .Then(ScriptedService.Answer(success: null, ("SupplyState", "Armed")));

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
              capture: { was: SupplyState, code: response }
            - request: { xml: "<x was='${was}' code='${code}' target='${request.target}'/>" }
              expect: { body: { SupplyState: "${was}" } }
            """);

        result.Verdict.Should().Be(Verdict.Passed);
        _bench.Script.Requests[1].Should().Be($"<x was='Armed' code='I0' target='{ScriptedBench.Esme}'/>");
    }

    [Fact]
    public async Task A_captured_value_is_escaped_in_xml()
    {
        _bench.Script.Then(ScriptedService.Answer(success: null, ("SupplyState", "<&'")));

        await RunAsync("""
            - request: { srv: "7.4" }
              capture: { was: SupplyState }
            - request: { xml: "<x>${was}</x>" }
            """);

        _bench.Script.Requests[1].Should().Be("<x>&lt;&amp;&apos;</x>");
    }

    [Fact]
    public async Task A_value_to_capture_that_does_not_come_is_a_missed_expectation()
    {
        AttemptResult result = await RunAsync("- request: { srv: \"7.4\" }\n  capture: { was: SupplyState }");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("request 7.4: capture was: expected a value at SupplyState, found nothing");
    }

    [Fact]
    public async Task Clean_up_that_needs_a_capture_which_was_never_made_is_an_error_that_names_it()
    {
        _bench.Script.Then(ScriptedService.Refusal("E5"));

        AttemptResult result = await RunAsync("""
            - request: { srv: "7.4" }
              capture: { was: SupplyState }
            """, "cleanup:\n  - request: { xml: \"<x>${was}</x>\" }");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Steps[1].Verdict.Should().Be(Verdict.Error);
        result.Steps[1].Reason.Should().Contain("${was}").And.Contain("sample.pack.yaml:");
    }

    [Fact]
    public async Task A_wait_lasts_as_long_as_the_attempts_clock_says()
    {
        Task<AttemptResult> run = RunAsync("- wait: 90s");
        _time.Advance(TimeSpan.FromSeconds(89));
        bool wasOver = run.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));

        AttemptResult result = await run.DefaultTimeout();

        wasOver.Should().BeFalse();
        result.Verdict.Should().Be(Verdict.Passed);
        result.Elapsed.Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_step_that_does_not_end_in_its_time_is_inconclusive()
    {
        _bench.Script.Then(NeverAsync);
        Task<AttemptResult> run = RunAsync("- request: { srv: \"7.4\" }\n  timeout: 10s");
        _time.Advance(TimeSpan.FromSeconds(10));

        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("request 7.4: the step did not end in 10 s");
    }

    [Fact]
    public async Task A_spent_budget_is_inconclusive_and_clean_up_still_runs()
    {
        Task<AttemptResult> run = RunAsync(
            "- wait: 60s", "budget: 20s\ncleanup:\n  - request: { srv: \"7.1\" }");
        _time.Advance(TimeSpan.FromSeconds(20));

        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("wait 60s: the time budget was spent");
        result.Steps.Select(step => step.Name).Should().Equal("wait 60s", "clean-up: request 7.1");
        _bench.Script.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_cancelled_attempt_is_inconclusive_with_the_reason_and_is_told_to_its_end()
    {
        using CancellationTokenSource source = new();
        _bench.Script.Then(NeverAsync);
        TestPack pack = PackText.LoadSteps("- request: { srv: \"7.4\" }\n- request: { srv: \"7.4\" }",
            "cleanup:\n  - request: { srv: \"7.1\" }");
        RunOptions options = Options with { CancellationReason = () => "the rig is drained" };
        Task<AttemptResult> run = _runner.RunCaseAsync(pack, pack.Cases[0], _bench, _journal, options, source.Token);
        await source.CancelAsync();

        AttemptResult result = await run.DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("request 7.4: cancelled: the rig is drained");
        result.Steps.Should().HaveCount(2);
        result.Steps[1].Verdict.Should().Be(Verdict.Passed, "clean-up is not cancelled with the case");
        _journal.Log[^3..].Should().Equal("EvidenceRecorded", "AttemptFinished", "Flush");
    }

    [Fact]
    public async Task Clean_up_runs_after_a_failure_and_all_of_it()
    {
        _bench.Script.Then(ScriptedService.Refusal("E5")).Then(ScriptedService.Refusal("E19"));

        AttemptResult result = await RunAsync(
            "- request: { srv: \"7.2\" }\n- request: { srv: \"7.4\" }",
                "cleanup:\n  - request: { srv: \"7.1\" }\n  - request: { srv: \"7.4\" }");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Steps.Select(step => (step.Index, step.Name, step.Verdict)).Should().Equal(
            (1, "request 7.2", Verdict.Failed), (2, "clean-up: request 7.1", Verdict.Failed), (3, "clean-up: request 7.4", Verdict.Passed));
        result.Reason.Should().Be(
            "request 7.2: acknowledgement: expected I99, found E5; clean-up: request 7.1: acknowledgement: expected I99, found E19");
    }

    [Fact]
    public async Task A_case_that_passes_and_cannot_be_cleaned_up_has_not_passed()
    {
        _bench.Script.Then(ScriptedService.Answer()).Then(ScriptedService.Answer(success: false));

        AttemptResult result = await RunAsync("- request: { srv: \"7.2\" }", "cleanup:\n  - request: { srv: \"7.1\" }");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Be("clean-up: request 7.1: MessageSuccess: expected not false, found false");
    }

    [Fact]
    public async Task An_exception_that_is_none_of_the_harness_passes_through_after_clean_up()
    {
        _bench.Script.Then(new InvalidOperationException("a fault of ours"));

        Func<Task> run = () => RunAsync("- request: { srv: \"7.2\" }", "cleanup:\n  - request: { srv: \"7.1\" }");

        (await run.Should().ThrowAsync<InvalidOperationException>()).WithMessage("a fault of ours");
        _bench.Script.Requests.Should().HaveCount(2);
        _journal.Of<AttemptFinished>().Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, Verdict.Failed)]
    [InlineData(false, Verdict.Inconclusive)]
    [InlineData(null, Verdict.Inconclusive)]
    public async Task An_unexpected_silence_is_judged_by_the_probe_of_the_link(bool? linkAnswersProbe, Verdict verdict)
    {
        _bench.Script.Then(ScriptedService.Silence(DeviceOutcomeKind.NoAnswer, linkAnswersProbe));

        AttemptResult result = await RunAsync("- request: { srv: \"7.4\" }");

        result.Verdict.Should().Be(verdict);
        result.Reason.Should().StartWith("request 7.4: response: expected I0, found E21 (device NoAnswer: nothing came");
    }

    [Theory]
    [InlineData("E20", DeviceOutcomeKind.Unreachable, false, Verdict.Passed)]
    [InlineData("E21", DeviceOutcomeKind.NoAnswer, false, Verdict.Passed)]
    [InlineData("E21", DeviceOutcomeKind.NoAnswer, true, Verdict.Passed)]
    [InlineData("E21", DeviceOutcomeKind.Unreachable, null, Verdict.Inconclusive)]
    [InlineData("E20", DeviceOutcomeKind.NoAnswer, true, Verdict.Failed)]
    public async Task An_expected_silence_passes(string expected, DeviceOutcomeKind kind, bool? linkAnswersProbe, Verdict verdict)
    {
        _bench.Script.Then(ScriptedService.Silence(kind, linkAnswersProbe));

        AttemptResult result = await RunAsync($"- request: {{ srv: \"7.4\" }}\n  expect: {{ response: {expected} }}");

        result.Verdict.Should().Be(verdict);
    }

    [Fact]
    public async Task A_wrong_acknowledgement_is_the_services_fault_whatever_the_link_did()
    {
        _bench.Script.Then(ScriptedService.Silence(DeviceOutcomeKind.NoAnswer, linkAnswersProbe: false));

        AttemptResult result = await RunAsync("- request: { srv: \"7.4\" }\n  expect: { acknowledgement: E5 }");

        result.Verdict.Should().Be(Verdict.Failed);
    }

    [Fact]
    public async Task A_broken_port_is_inconclusive_and_a_wrong_configuration_an_error()
    {
        _bench.Script.Then(new TransportException("T-1", "the port is gone", "tty0"));
        AttemptResult broken = await RunAsync("- request: { srv: \"7.4\" }");
        _bench.Script.Then(new ConfigurationException("C-1", "rig.yaml", 3, 1, "devices", "nothing", "a driver"));
        AttemptResult wrong = await RunAsync("- request: { srv: \"7.4\" }");

        broken.Verdict.Should().Be(Verdict.Inconclusive);
        broken.Reason.Should().Be("request 7.4: T-1: the port is gone");
        wrong.Verdict.Should().Be(Verdict.Error);
    }

    [Fact]
    public async Task A_refusal_as_malformed_passes_only_where_it_was_expected()
    {
        DuisFormatException refusal = new("found 'b', allowed 'a'", "/Request/Body/b", 3, 5);
        _bench.Script.Then(refusal);
        AttemptResult expected = await RunAsync(
            "- request: { xml: \"<x/>\" }\n  expect: { refusal: { path: /Request/Body/b, message: { matches: allowed } } }");
        _bench.Script.Then(refusal);
        AttemptResult elsewhere = await RunAsync("- request: { xml: \"<x/>\" }\n  expect: { refusal: { path: /Request/Header } }");
        _bench.Script.Then(refusal);
        AttemptResult unexpected = await RunAsync("- request: { srv: \"7.4\" }");
        AttemptResult accepted = await RunAsync("- request: { xml: \"<x/>\" }\n  expect: { refusal: { path: /Request/Header } }");

        expected.Verdict.Should().Be(Verdict.Passed);
        elsewhere.Verdict.Should().Be(Verdict.Failed);
        unexpected.Verdict.Should().Be(Verdict.Error);
        accepted.Verdict.Should().Be(Verdict.Failed);
        accepted.Reason.Should().Be("request written as XML: refusal: expected a refusal as malformed, found I99");
    }

    [Fact]
    public async Task An_unmet_precondition_blocks_and_sends_nothing()
    {
        AttemptResult result = await RunAsync(
            "- request: { srv: \"7.4\" }", "preconditions: [ { status: Suspended } ]\ncleanup:\n  - request: { srv: \"7.1\" }");

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Be("precondition: esme-01 is Commissioned, not Suspended");
        _bench.Script.Requests.Should().BeEmpty();
        _journal.Log.Should().Equal("AttemptStarted", "EvidenceRecorded", "AttemptFinished", "Flush");
    }

    [Fact]
    public async Task A_bench_without_the_device_or_without_its_facts_blocks()
    {
        IReadOnlyList<BenchDevice> devices = _bench.Devices;
        _bench.Devices = [devices[1]];
        AttemptResult noDevice = await RunAsync("- request: { srv: \"7.4\" }");
        _bench.Devices = [devices[0] with { Facts = new Dictionary<string, string> { ["baseline-firmware"] = "4.2.0" } }];
        AttemptResult noFact = await RunAsync("- request: { srv: \"7.4\" }");

        noDevice.Verdict.Should().Be(Verdict.Blocked);
        noDevice.Reason.Should().Be("no device for role 'esme': needs ESME");
        noFact.Verdict.Should().Be(Verdict.Blocked);
        noFact.Reason.Should().Be("the rig file states no fact 'import-reading-wh' about device 'esme-01'");
    }

    [Fact]
    public async Task A_status_set_by_a_step_is_told_and_put_back_before_clean_up()
    {
        List<DeviceStatus> seen = [];
        _bench.Script.Arriving = _ => seen.Add(_bench.Inventory.Find(_bench.Devices[0].Eui64)!.Status);

        AttemptResult result = await RunAsync(
            "- inventory: { status: Suspended }\n- request: { srv: \"7.4\" }", "cleanup:\n  - request: { srv: \"7.1\" }");

        result.Verdict.Should().Be(Verdict.Passed);
        seen.Should().Equal(DeviceStatus.Suspended, DeviceStatus.Commissioned);
        _journal.Of<InventoryChanged>().Select(change => (change.Eui64, change.Field, change.Value)).Should().Equal(
            (ScriptedBench.Esme, "status", "Suspended"), (ScriptedBench.Esme, "status", "Commissioned"));
        _bench.Inventory.Find(_bench.Devices[0].Eui64)!.StatusBeforeSuspension.Should().Be(DeviceStatus.Commissioned);
    }

    [Fact]
    public async Task What_the_service_changes_in_the_inventory_is_told_and_stays()
    {
        _bench.Script.Arriving = _ => _bench.Inventory.Update(_bench.Devices[0].Eui64, row => row with { FirmwareVersion = "4.3.0" });

        await RunAsync("- request: { srv: \"11.2\" }");

        InventoryChanged change = _journal.Of<InventoryChanged>().Should().ContainSingle().Subject;
        (change.Field, change.Value).Should().Be(("firmware", "4.3.0"));
        _journal.Log.Should().ContainInOrder("StepStarted", "InventoryChanged", "StepFinished");
        _bench.Inventory.Find(_bench.Devices[0].Eui64)!.FirmwareVersion.Should().Be("4.3.0");
    }

    [Fact]
    public async Task Provenance_is_that_of_the_weakest_device_in_use()
    {
        BenchDevice[] devices = [.. _bench.Devices];
        _bench.Devices = [devices[0] with { Provenance = new Provenance(Route.LocalSerial, Origin.Real) }, devices[1]];

        AttemptResult alone = await RunAsync("- request: { srv: \"7.4\" }");
        AttemptResult both = await RunAsync("- request: { srv: \"7.4\" }\n- request: { srv: \"7.4\", device: mute }");

        alone.Provenance.Origin.Should().Be(Origin.Real);
        both.Provenance.Origin.Should().Be(Origin.Virtual);
        _journal.Of<AttemptStarted>().Select(started => started.Provenance.Origin).Should().Equal(Origin.Real, Origin.Virtual);
    }

    [Fact]
    public async Task Step_events_carry_variant_codes_and_latency()
    {
        _bench.Script.Then(ScriptedService.Silence(DeviceOutcomeKind.NoAnswer, linkAnswersProbe: true));

        await RunAsync("- request: { srv: \"7.4\" }");

        StepFinished step = _journal.Of<StepFinished>().Should().ContainSingle().Subject;
        (step.Index, step.ServiceReferenceVariant, step.AcknowledgementCode, step.ResponseCode).Should().Be((1, "7.4", "I99", "E21"));
        step.Latency!.Line.Should().Be(TimeSpan.FromMilliseconds(7));
    }

    private RunOptions Options => new() { Time = _time, Seed = 7, HarnessVersion = "0.1" };

    private static async Task<ServiceExchange> NeverAsync(string xml, CancellationToken cancellationToken)
    {
        TaskCompletionSource never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await never.Task.WaitAsync(cancellationToken);
        return ScriptedService.Answer();
    }

    private Task<AttemptResult> RunAsync(string steps, string rest = "")
    {
        TestPack pack = PackText.LoadSteps(steps, rest);
        return _runner.RunCaseAsync(pack, pack.Cases[0], _bench, _journal, Options, CancellationToken.None)
            .DefaultTimeout();
    }
}
