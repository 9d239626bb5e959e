using System.Text;
using System.Text.Json;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Evidence;

public sealed class EvidenceTests
{
    private const string Steps =
        "- request: { srv: \"7.4\" }\n  expect: { body: { SupplyState: Enabled } }\n  capture: { was: SupplyState }";

    private readonly ScriptedBench _bench = new();
    private readonly RecordingJournal _journal = new();

    [Fact]
    public async Task The_document_tells_the_whole_attempt()
    {
        _bench.Script.Arriving = _ =>
        {
            _bench.WireLog.Add(WireDirection.ToDevice, 0x7E, 0xA0);
            _bench.WireLog.Add(WireDirection.FromDevice, 0x7E, 0xA0, 0x01);
        };
        _bench.Script.Then(ScriptedService.Answer(success: true, ("SupplyState", "Enabled")));

        JsonElement document = await RunAsync(Steps);

        document.GetProperty("format").GetString().Should().Be("deviceharness-evidence/1");
        document.GetProperty("verdict").GetString().Should().Be("Passed");
        document.GetProperty("origin").GetString().Should().Be("Virtual");
        document.GetProperty("seed").GetInt64().Should().Be(7);
        document.GetProperty("octetsToDevice").GetInt64().Should().Be(2);
        document.GetProperty("octetsFromDevice").GetInt64().Should().Be(3);
        JsonElement step = document.GetProperty("steps")[0];
        JsonElement request = step.GetProperty("request");
        request.GetProperty("xml").GetString().Should().Be(_bench.Script.Requests[0]);
        request.GetProperty("acknowledgementXml").GetString().Should().Be("<Ack>I99</Ack>");
        request.GetProperty("responseXml").GetString().Should().Be("<Response>I0</Response>");
        request.GetProperty("latency").GetProperty("line").GetDouble().Should().Be(7000);
        step.GetProperty("expectations").EnumerateArray().Select(entry => entry.GetProperty("subject").GetString())
            .Should().Equal("acknowledgement", "response", "SupplyState");
        step.GetProperty("captured").GetProperty("was").GetString().Should().Be("Enabled");
        step.GetProperty("wire").EnumerateArray().Select(entry =>
            entry.GetProperty("octets").GetString()).Should().Equal("7E A0", "7E A0 01");
        step.GetProperty("wire")[1].GetProperty("offsetMicroseconds").GetInt64().Should().BeGreaterThanOrEqualTo(0);
        step.GetProperty("decode").EnumerateArray().Select(entry =>
            entry.GetString()).Should().Equal("ToDevice 2 octets", "FromDevice 3 octets");
    }

    [Fact]
    public async Task Channel_energy_and_signals_of_the_devices_of_the_attempt_are_fields()
    {
        _bench.Radios =
        [
            new RadioReport("zb-01", 15, "1A62")
            {
                EnergyDbm = new Dictionary<int, int> { [15] = -71, [20] = -88 },
                Signals = [new("esme-01", 120, -78, null), new("gsme-77", 1, -99, null)],
            },
            new RadioReport("zb-02", 20, "1A63") { Signals = [new("gsme-78", 2, -98, null)] },
        ];
        _bench.Script.Then(ScriptedService.Answer(success: true, ("SupplyState", "Enabled")));

        JsonElement document = await RunAsync(Steps);

        JsonElement radio = document.GetProperty("radios").EnumerateArray().Should().ContainSingle().Subject;
        radio.GetProperty("adapter").GetString().Should().Be("zb-01");
        radio.GetProperty("channel").GetInt32().Should().Be(15);
        radio.GetProperty("energyDbm").GetProperty("20").GetInt32().Should().Be(-88);
        JsonElement signal = radio.GetProperty("signals").EnumerateArray().Should().ContainSingle("the other is none of its").Subject;
        (signal.GetProperty("lqi").GetInt32(), signal.GetProperty("rssiDbm").GetInt32()).Should().Be((120, -78));
    }

    [Fact]
    public async Task Without_a_radio_there_is_nothing_of_one()
    {
        _bench.Script.Then(ScriptedService.Answer(success: true, ("SupplyState", "Enabled")));

        (await RunAsync(Steps)).TryGetProperty("radios", out _).Should().BeFalse();
    }

    [Fact]
    public async Task The_values_of_the_packs_parameters_are_there()
    {
        const string Declared = "parameters: { state: { type: text, default: Enabled, description: What is read. } }\nneeds:";
        string text = PackText.WithSteps("- request: { srv: \"7.4\" }\n  expect: { body: { SupplyState: \"${parameter.state}\" } }")
            .Replace("needs:", Declared, StringComparison.Ordinal);
        _bench.Script.Then(ScriptedService.Answer(success: true, ("SupplyState", "Enabled")));

        JsonElement document = await RunAsync(PackText.Load(text));

        JsonElement found = document.GetProperty("case");
        found.GetProperty("parameters").GetProperty("state").GetString().Should().Be("Enabled");
        found.TryGetProperty("from", out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_missed_expectation_is_there_with_what_was_found()
    {
        _bench.Script.Then(ScriptedService.Answer(success: null, ("SupplyState", "Armed")));

        JsonElement document = await RunAsync(Steps);

        JsonElement missed = document.GetProperty("steps")[0].GetProperty("expectations")[2];
        missed.GetProperty("expected").GetString().Should().Be("Enabled");
        missed.GetProperty("found").GetString().Should().Be("Armed");
        missed.GetProperty("isMet").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task A_password_is_masked_in_octets_and_decode()
    {
        byte[] password = "73 65 73 61 6D 65 21 21".Octets();
        _bench.Script.Arriving = _ =>
        {
            _bench.WireLog.Add(WireDirection.ToDevice, [0x7E, .. password[..3]]);
            _bench.WireLog.Add(WireDirection.FromDevice, 0x7E);
            _bench.WireLog.Add(WireDirection.ToDevice, [.. password[3..], 0x7E]);
        };
        _bench.SecretFinder = _ => new WireSecrets(
            [[false, true, true, true], [false], [true, true, true, true, true, false]], [password]);
        _bench.Explainer = _ => ["AARQ password sesame!!", "octets 73 65 73 61 6D 65 21 21", "octets 736573616d652121", "mechanism LLS"];

        JsonElement document = await RunAsync("- request: { srv: \"7.4\" }");

        string text = Encoding.UTF8.GetString(_journal.Of<EvidenceRecorded>().Single().Content.Span);
        text.Should().NotContain("sesame").And.NotContain("73 65 73").And.NotContainEquivalentOf("736573616d65");
        JsonElement step = document.GetProperty("steps")[0];
        step.GetProperty("wire").EnumerateArray().Select(entry => entry.GetProperty("octets").GetString())
            .Should().Equal("7E ** ** **", "7E", "** ** ** ** ** 7E");
        step.GetProperty("decode")[3].GetString().Should().Be("mechanism LLS");
    }

    [Fact]
    public async Task A_UTRN_and_an_MPxN_are_masked_in_messages_findings_captures_and_reasons()
    {
        const string Utrn = "12345678901234567890";
        ServiceExchange answer = ScriptedService.Answer(success: null, ("SupplyState", $"Armed by {Utrn}"));
        string xml = $"<sr:UTRN>{Utrn}</sr:UTRN><ImportMPxN>2000012345678</ImportMPxN>";
        _bench.Script.Then(answer with { Response = new ServiceAnswer("I0", answer.Response!.Body, xml) });

        await RunAsync(Steps);

        string text = Encoding.UTF8.GetString(_journal.Of<EvidenceRecorded>().Single().Content.Span);
        text.Should().NotContain(Utrn).And.NotContain("2000012345678").And.Contain("<sr:UTRN>**</sr:UTRN>");
        _journal.Of<StepFinished>().Should().OnlyContain(step => !step.Reason.Contains(Utrn, StringComparison.Ordinal));
        _journal.Of<AttemptFinished>().Single().Reason.Should().NotContain(Utrn);
    }

    [Fact]
    public async Task A_secret_of_the_rig_file_reaches_the_request_and_nothing_that_is_written()
    {
        const string Utrn = "73946150284617395026";
        BenchDevice first = _bench.Devices[0];
        Dictionary<string, string> facts = new(first.Facts) { ["import-reading-wh"] = BenchDevice.SecretFact };
        Dictionary<string, string> secrets = new() { ["import-reading-wh"] = Utrn };
        _bench.Devices = [first with { Facts = facts, Secrets = secrets }, _bench.Devices[1]];
        ServiceExchange answer = ScriptedService.Answer(success: null, ("SupplyState", $"Armed by {Utrn}"));
        _bench.Script.Then(answer with { Warnings = [$"a warning about {Utrn}"] });
        string seen = string.Empty;
        _bench.Script.Arriving = request => seen = request;

        await RunAsync(
            "- request: { srv: \"2.2\", body: { UTRN: \"${device.import-reading-wh}\" } }\n  expect: { body: { SupplyState: Off } }");

        seen.Should().Contain($">{Utrn}<");
        string text = Encoding.UTF8.GetString(_journal.Of<EvidenceRecorded>().Single().Content.Span);
        text.Should().NotContain(Utrn).And.Contain(">**</sr:UTRN>").And.Contain("a warning about **").And.Contain("Armed by **");
        _journal.Of<AttemptFinished>().Single().Reason.Should().Contain("Armed by **").And.NotContain(Utrn);
    }

    [Fact]
    public async Task Octets_of_a_device_that_the_attempt_does_not_use_are_not_its_evidence()
    {
        _bench.Script.Arriving = _ =>
        {
            _bench.WireLog.Add("esme-01", WireDirection.ToDevice, 0x01);
            _bench.WireLog.Add("esme-mute", WireDirection.ToDevice, 0x02);
        };

        JsonElement document = await RunAsync("- request: { srv: \"7.4\" }");

        document.GetProperty("steps")[0].GetProperty("wire").EnumerateArray().Select(entry => entry.GetProperty("port").GetString())
            .Should().Equal("esme-01");
        document.GetProperty("octetsToDevice").GetInt64().Should().Be(1);
    }

    [Fact]
    public async Task What_does_not_fit_is_left_out_and_said()
    {
        _bench.Script.Arriving = _ => _bench.WireLog.Add(WireDirection.ToDevice, new byte[800_000]);

        JsonElement document = await RunAsync("- request: { srv: \"7.4\" }");

        _journal.Of<EvidenceRecorded>().Single().Content.Length.Should().BeLessThanOrEqualTo(EvidenceRecorded.MaximumOctets);
        document.GetProperty("leftOut").GetString().Should().Be("octets and decode");
        document.GetProperty("octetsToDevice").GetInt64().Should().Be(800_000);
        document.GetProperty("steps")[0].GetProperty("request").GetProperty("xml").GetString().Should().NotBeEmpty();
    }

    private Task<JsonElement> RunAsync(string steps) => RunAsync(PackText.LoadSteps(steps));

    private async Task<JsonElement> RunAsync(TestPack pack)
    {
        RunOptions options = new() { Time = new ManualTimeProvider(), Seed = 7 };
        await new PackRunner().RunCaseAsync(pack, pack.Cases[0], _bench, _journal, options, CancellationToken.None).DefaultTimeout();
        EvidenceRecorded evidence = _journal.Of<EvidenceRecorded>().Single();
        (evidence.Name, evidence.MediaType).Should().Be(("evidence.json", "application/json"));
        return JsonDocument.Parse(evidence.Content).RootElement;
    }
}
