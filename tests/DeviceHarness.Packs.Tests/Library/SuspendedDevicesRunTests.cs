using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>The packs that change a meter's firmware, against the simulated service and a meter that is only its answers.</summary>
public sealed class SuspendedDevicesRunTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PackRunner _runner = new();

    [Theory]
    [InlineData("suspended-devices")]
    [InlineData("operator-certificates")]
    [InlineData("commissioning")]
    [InlineData("operator-certificates-smets2")]
    [InlineData("migration")]
    [InlineData("comms-hub")]
    [InlineData("ppmid-firmware")]
    [InlineData("firmware")]
    [InlineData("firmware-order")]
    [InlineData("key-automation")]
    [InlineData("prepayment")]
    [InlineData("srvt")]
    [InlineData("eoc")]
    [InlineData("regression")]
    [InlineData("security-negative")]
    [InlineData("dmct-migration-dormant")]
    public void Lint_finds_nothing_odd(string pack) => PackLint.Check(Pack(pack)).Findings.Should().BeEmpty();

    [Theory]
    [InlineData("suspended-devices", "")]
    [InlineData("firmware", "")]
    [InlineData("operator-certificates", "")]
    [InlineData("operator-certificates", "", 2)]
    [InlineData("commissioning", "", 2)]
    [InlineData("commissioning", "late-response:delay=5s")]
    [InlineData("operator-certificates-smets2", "", 2)]
    [InlineData("migration", "", 2)]
    [InlineData("suspended-devices", "late-response:delay=5s")]
    [InlineData("firmware", "late-response:delay=5s")]
    public async Task A_healthy_meter_passes_every_case_and_is_left_as_it_was_with_late_responses_too(
        string pack, string defect, int turns = 1)
    {
        SimulatedBench bench = new(_time, defect);

        List<AttemptResult> results = [];
        for (int turn = 0; turn < turns; turn++)
        {
            results.AddRange(await RunAsync(bench, pack));
        }

        results.Where(result => result.Verdict != Verdict.Passed).Select(result => result.Reason).Should().BeEmpty();
        bench.Inventory.Devices.Should().OnlyContain(device =>
            device.Status == DeviceStatus.Commissioned && device.FirmwareVersion == "4.2.0");
    }

    [Theory]
    [InlineData("suspended-devices", "suspension-ignored", "SUS-01 SUS-02 SUS-03 SUS-04 SUS-05 SUS-06")]
    [InlineData("suspended-devices", "exemptions-forgotten", "SUS-05 SUS-06")]
    [InlineData("operator-certificates-smets2", "suspension-ignored", "SUS-S2")]
    [InlineData("suspended-devices", "lost-response", "SUS-02 SUS-03 SUS-04")]
    [InlineData("suspended-devices", "lost-response:times=1", "SUS-02")]
    [InlineData("suspended-devices", "before-mp105", "SUS-04")]
    [InlineData("suspended-devices", "clock-refused", "SUS-01")]
    [InlineData("operator-certificates", "proxy-out-of-step", "KRP-01 KRP-02")]
    [InlineData("commissioning", "clock-refused", "COM-01")]
    [InlineData("commissioning", "clock-ignored", "COM-01")]
    [InlineData("commissioning", "event-missing", "COM-01")]
    [InlineData("commissioning", "lost-response:srv=8.1.1", "COM-01 COM-02")]
    [InlineData("operator-certificates-smets2", "registration-always", "KRP-S2")]
    [InlineData("migration", "activation-fails", "MIG-01 MIG-04", "esme-02")]
    [InlineData("migration", "verify-fails", "MIG-01 MIG-04", "esme-02")]
    [InlineData("migration", "upset-by-upgrade", "MIG-01")]
    [InlineData("migration", "dormancy-not-asked", "MIG-02")]
    [InlineData("firmware", "upset-by-upgrade", "FW-01 FW-10")]
    [InlineData("suspended-devices", "upset-by-upgrade", "SUS-02")]
    [InlineData("firmware", "late-acknowledgement:share=1,srv=11.1", "FW-01")]
    [InlineData("firmware", "late-acknowledgement:share=1,srv=11.2", "FW-01")]
    [InlineData("firmware", "late-acknowledgement:share=1,srv=11.3", "FW-01")]
    public async Task Each_defect_turns_its_cases_red_and_no_other(
        string pack, string defect, string cases, string defective = "esme-01")
    {
        SimulatedBench bench = new(_time, defect, defective: defective);

        List<AttemptResult> results = await RunAsync(bench, pack);

        results.Zip(Pack(pack).Cases).Where(pair => pair.First.Verdict != Verdict.Passed).Select(pair => pair.Second.Id)
            .Should().Equal(cases.Split(' '));
    }

    [Fact]
    public async Task Before_mp105_the_last_case_is_refused_its_11_2_with_E5()
    {
        List<AttemptResult> results = await RunAsync(new SimulatedBench(_time, "before-mp105"), "suspended-devices");

        results[3].Reason.Should().Contain("read the firmware version of a Suspended meter: acknowledgement: expected I99, found E5");
    }

    private static TestPack Pack(string name) => PackLibrary.Find(name)!;

    private async Task<List<AttemptResult>> RunAsync(SimulatedBench bench, string name)
    {
        List<AttemptResult> results = [];
        foreach (TestCase testCase in Pack(name).Cases)
        {
            results.Add(await _runner.RunOnClockAsync(Pack(name), testCase, bench, new RecordingJournal(), _time));
        }

        return results;
    }
}
