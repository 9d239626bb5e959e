using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

/// <summary>A case that delivers an image which nobody is on record for is Blocked before its first step.</summary>
public sealed class ImageRulesTests
{
    private const string NewImage = "e619e349c8b3074827bca9e8b997773d8e6128d621032785177096f778daf28e";
    private const string OldImage = "a0e47cc65d6e2792c84b1bb346a6e22043aa50396c580326a4fb4af1065806ff";

    private readonly ManualTimeProvider _time = new();
    private readonly TestPack _pack = PackLibrary.Find("firmware")!;

    [Fact]
    public async Task With_a_record_of_each_image_the_case_runs()
    {
        (await RunAsync("FW-01", Register(Record(NewImage, "4.2.1"), Record(OldImage, "4.2.0")))).Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task An_image_without_a_record_blocks_the_case_before_its_first_step()
    {
        AttemptResult result = await RunAsync("FW-01", Register(Record(OldImage, "4.2.0")));

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("no record of the image of 'deliver the image of 4.2.1'").And.Contain(NewImage);
        result.Steps.Should().BeEmpty();
    }

    [Fact]
    public async Task An_image_of_clean_up_needs_a_record_too()
    {
        AttemptResult result = await RunAsync("FW-01", Register(Record(NewImage, "4.2.1")));

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain(OldImage);
    }

    [Fact]
    public async Task A_record_of_another_version_blocks_the_case()
    {
        AttemptResult result = await RunAsync("FW-01", Register(Record(NewImage, "4.9.9"), Record(OldImage, "4.2.0")));

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("is recorded as 4.9.9 and delivered as 4.2.1");
    }

    [Theory]
    [InlineData("FW-02")]
    [InlineData("FW-05")]
    public async Task What_delivers_nothing_or_a_corrupt_image_on_purpose_needs_no_record(string id)
    {
        (await RunAsync(id, FirmwareRegister.Empty)).Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task Without_a_register_a_virtual_meter_takes_any_image()
    {
        (await RunAsync("FW-01", register: null)).Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task Without_a_register_a_real_meter_takes_none()
    {
        ScriptedBench bench = new();
        bench.Devices = [.. bench.Devices.Select(device => device with { Provenance = new(Route.LocalSerial, Origin.Real) })];

        AttemptResult result = await new PackRunner().RunCaseAsync(
            _pack, _pack.Find("FW-06")!, bench, new RecordingJournal(), new RunOptions { Time = _time, AllowIrreversible = true },
            CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Blocked);
        result.Reason.Should().Contain("no record of the image").And.Contain("harness firmware receive");
    }

    private static FirmwareRegister Register(params FirmwareImageRecord[] images) => new() { Images = images };

    private static FirmwareImageRecord Record(string hash, string version) =>
        new(hash, "ESME", "generic", version, "A Supplier", new DateOnly(2026, 1, 1));

    private Task<AttemptResult> RunAsync(string id, FirmwareRegister? register) => new PackRunner().RunCaseAsync(
        _pack, _pack.Find(id)!, new SimulatedBench(_time), new RecordingJournal(),
        new RunOptions { Time = _time, FirmwareRegister = register }, CancellationToken.None).DefaultTimeout();
}
