using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

/// <summary>A supply that is cut in the middle of a firmware request: the two cases of the built-in pack, on a bench whose transfers have
/// two blocks, and what is wrong about a cut.</summary>
public sealed class PowerCutTests
{
    private const string AtBlock = "cut-power: { at: block, block: 1, off-for: 2s }";
    private const string Delivery = "FirmwareImage: AAAA, FirmwareVersion: \"1\", DeviceIDList: \"${device.eui64}\"";

    private static readonly string Firmware = PackLibrary.Find("firmware")!.Text;

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingJournal _journal = new();

    [Fact]
    public async Task The_supply_is_cut_and_given_back_while_the_request_goes_on()
    {
        SimulatedBench bench = new(_time);

        AttemptResult result = await RunAsync(bench, Firmware, "FW-06-POWER");

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        bench.Contacts.Told.Should().Equal("esme-01 off", "esme-01 on");
        Encoding.UTF8.GetString(_journal.Of<EvidenceRecorded>().Single().Content.Span).Should().Contain("first block after the power cut");
    }

    [Fact]
    public async Task A_device_that_lost_blocks_which_it_had_acknowledged_fails()
    {
        AttemptResult result = await RunAsync(new SimulatedBench(_time, "resume-forgets"), Firmware, "FW-06-POWER");

        result.Verdict.Should().Be(Verdict.Failed);
        result.Reason.Should().Contain("first block after the power cut: expected 1 or a later one, found 0")
            .And.Contain("the bench had cut the supply at block 1 for 2 s");
    }

    [Fact]
    public async Task A_cut_that_the_request_never_came_to_proves_nothing()
    {
        SimulatedBench bench = new(_time);

        AttemptResult result = await RunAsync(
            bench, Firmware.Replace(AtBlock, "cut-power: { at: block, block: 7, off-for: 2s }", StringComparison.Ordinal), "FW-06-POWER");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("was to be cut at block 7, and the request never came to it");
        bench.Contacts.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_contact_that_does_not_move_is_the_benchs_fault()
    {
        SimulatedBench bench = new(_time);
        bench.Contacts.IsStuck = true;

        AttemptResult result = await RunAsync(bench, Firmware, "FW-06-POWER");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("the contact was told off, and the input at esme-01 mains sees on");
    }

    [Fact]
    public async Task A_contact_that_cannot_be_told_is_the_benchs_fault()
    {
        SimulatedBench bench = new(_time);
        bench.Contacts.ContactFault = new TransportException("TRAN-001", "no such relay", "relay");

        AttemptResult result = await RunAsync(bench, Firmware, "FW-06-POWER");

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Contain("no such relay");
    }

    [Theory]
    [InlineData("FW-01", Verdict.Failed)]
    [InlineData("FW-08", Verdict.Inconclusive)]
    public async Task An_activation_that_failed_is_the_devices_fault_unless_the_bench_cut_its_supply(string caseId, Verdict verdict)
    {
        string strict = Firmware.Replace(
            "outcome: [ Done, Refused ]\n          body: { FirmwareVersion: [ \"${device.baseline-firmware}\", 4.2.1 ] }",
            "body: { FirmwareVersion: 4.2.1 }", StringComparison.Ordinal);
        strict.Should().NotBe(Firmware);

        AttemptResult result = await RunAsync(new SimulatedBench(_time, "activation-fails"), WithoutCleanup(strict), caseId);

        result.Verdict.Should().Be(verdict);
        result.Reason.Contains("the bench had cut the supply at activation for 3 s", StringComparison.Ordinal)
            .Should().Be(verdict == Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_version_that_is_neither_of_the_two_fails_also_after_a_cut()
    {
        AttemptResult result = await RunAsync(new SimulatedBench(_time, "stuck-version"), Firmware, "FW-08");

        result.Verdict.Should().NotBe(Verdict.Passed);
        result.Reason.Should().Contain("4.1.7");
    }

    [Fact]
    public async Task A_bench_that_cannot_switch_the_device_blocks_the_case()
    {
        AttemptResult result = await RunAsync(new SimulatedBench(_time) { Power = null }, Firmware, "FW-06-POWER");

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().StartWith("no power port: the rig file has esme-01 in no feed");
        result.Steps.Should().BeEmpty();
    }

    [Theory]
    [InlineData("11.1", "{ at: block, off-for: 2s }")]
    [InlineData("11.1", "{ at: block, block: -1, off-for: 2s }")]
    [InlineData("11.1", "{ at: verification, block: 1, off-for: 2s }")]
    [InlineData("11.1", "{ at: activation, off-for: 2s }")]
    [InlineData("11.3", "{ at: verification, off-for: 2s }")]
    [InlineData("11.1", "{ at: noon, off-for: 2s }")]
    [InlineData("11.1", "{ at: verification }")]
    [InlineData("11.1", "{ at: verification, off-for: 0s }")]
    [InlineData("11.1", "{ at: verification, off-for: 2s, other: 1 }")]
    public void A_cut_that_is_wrong_is_told_with_its_place(string variant, string cut)
    {
        string body = variant == "11.1" ? Delivery : $"FirmwareHash: {new string('A', 64)}";
        string steps = $"- request: {{ srv: \"{variant}\", cut-power: {cut}, body: {{ {body} }} }}";

        PackLoader.Check(PackText.WithSteps(steps), "sample.pack.yaml").Faults
            .Should().Contain(fault => fault.Key.StartsWith("cases[0].steps[0].request.cut-power", StringComparison.Ordinal));
    }

    private static string WithoutCleanup(string text) => text.Replace("    cleanup: *restore\n", string.Empty, StringComparison.Ordinal);

    private Task<AttemptResult> RunAsync(SimulatedBench bench, string text, string caseId)
    {
        TestPack pack = PackLoader.Load(text, "firmware");
        return new PackRunner().RunOnClockAsync(pack, pack.Find(caseId)!, bench, _journal, _time);
    }
}
