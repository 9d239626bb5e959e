using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.History;
using DeviceHarness.Duis;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.History;

public sealed class CaseHistoryTests
{
    [Fact]
    public void A_case_that_passed_and_failed_on_one_device_and_firmware_is_flaky_though_no_cycle_shows_it()
    {
        CycleDetail[] cycles = [OnMeter("c3", "4.2.0", Verdict.Passed), OnMeter("c2", "4.2.0", Verdict.Failed, Verdict.Inconclusive)];

        CaseHistory history = CaseHistory.Of("CASE-01", cycles, device: "", firmware: "");

        history.Attempts.Select(attempt => (attempt.CycleId, attempt.Number, attempt.Verdict, attempt.IsDeciding)).Should().Equal(
            ("c3", 1, Verdict.Passed, true), ("c2", 1, Verdict.Failed, true), ("c2", 2, Verdict.Inconclusive, false));
        CaseSteadiness group = history.Groups.Should().ContainSingle().Subject;
        (group.Passed, group.Failed, group.Others, group.IsFlaky).Should().Be((1, 1, 1, true));
        group.Interval.ToString().Should().Contain("1 of 2");
        cycles.SelectMany(cycle => cycle.Executions).Should().OnlyContain(execution => !execution.IsFlaky);
    }

    [Fact]
    public void Another_firmware_device_or_pack_text_is_another_condition_and_makes_nothing_flaky()
    {
        CycleDetail otherPack = OnMeter("c4", "4.2.0", Verdict.Failed);
        otherPack = otherPack with { Cycle = otherPack.Cycle with { PackHash = "b" } };
        CycleDetail otherMeter = OnMeter("c5", "4.2.0", Verdict.Failed);
        DeviceBaseline second = otherMeter.Cycle.Devices[0];
        second = second with { Device = second.Device with { Eui64 = Eui64.Parse("90-B3-D5-1F-30-00-00-A7") } };
        otherMeter = otherMeter with { Cycle = otherMeter.Cycle with { Devices = [second] } };

        CaseHistory history = CaseHistory.Of(
            "CASE-01", [OnMeter("c1", "4.2.0", Verdict.Passed), OnMeter("c2", "4.3.0", Verdict.Failed), otherPack, otherMeter], "", "");

        history.Groups.Should().HaveCount(4).And.OnlyContain(group => !group.IsFlaky);
        CaseHistory.Of("CASE-01", [otherMeter, otherPack], "90-b3-d5-1f-30-00-00-a7", "").Attempts.Should().ContainSingle()
            .Which.CycleId.Should().Be("c5");
        CaseHistory.Of("CASE-01", [OnMeter("c2", "4.3.0", Verdict.Failed), otherPack], "esme-01", "4.3.0").Attempts
            .Should().ContainSingle().Which.CycleId.Should().Be("c2");
    }

    [Fact]
    public void Attempts_of_a_void_cycle_and_superseded_ones_are_shown_and_say_nothing()
    {
        CycleDetail voided = OnMeter("c1", "4.2.0", Verdict.Failed);
        voided = voided with { Cycle = voided.Cycle with { State = CycleState.Void } };
        ExecutionHistory superseded = Execution(
            1, Attempt(1, Verdict.Failed, isSuperseded: true, steps: Step("4.1.1", 1)),
            Attempt(2, Verdict.Passed, steps: Step("4.1.1", 1)));

        CaseHistory history = CaseHistory.Of("CASE-01", [Cycle(superseded), voided], "", "");

        history.Attempts.Should().HaveCount(3);
        CaseSteadiness group = history.Groups.Should().ContainSingle().Subject;
        (group.Passed, group.Failed, group.Others, group.IsFlaky).Should().Be((1, 0, 2, false));
    }

    private static CycleDetail OnMeter(string id, string firmware, params Verdict[] verdicts)
    {
        DeviceBaseline meter = Device(Virtual);
        meter = meter with { Inventory = meter.Inventory with { FirmwareVersion = firmware } };
        CycleDetail cycle = Cycle(Execution(
            1, [.. verdicts.Select((verdict, index) => Attempt(index + 1, verdict, steps: Step("4.1.1", 10)))]));
        return cycle with { Cycle = cycle.Cycle with { Id = id, Devices = [meter] } };
    }
}
