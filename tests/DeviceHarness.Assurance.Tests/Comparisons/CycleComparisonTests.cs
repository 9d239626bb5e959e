using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Comparisons;

public sealed class CycleComparisonTests
{
    [Fact]
    public void Two_equal_cycles_are_like_for_like_and_nothing_stands_against_a_report()
    {
        CycleComparison comparison = CycleComparison.Of(Cycle("c1", Passes(3)), Cycle("c2", Passes(3)));

        comparison.IsLikeForLike.Should().BeTrue();
        comparison.Changes.Should().BeEmpty();
        comparison.Blockers.Should().BeEmpty();
        comparison.NeedsExplanation.Should().BeFalse();
    }

    [Fact]
    public void Another_device_is_named_and_makes_the_cycles_unlike()
    {
        CycleDetail second = With(Cycle("c2", Passes(1)), cycle => cycle with { Devices = [Device("90-B3-D5-1F-30-00-00-A7")] });

        CycleComparison comparison = CycleComparison.Of(Cycle("c1", Passes(1)), second);

        comparison.IsLikeForLike.Should().BeFalse();
        comparison.DeviceDifferences.Should().Equal(
            "only in c1: ESME 90-B3-D5-1F-30-00-00-A0 (generic-smets1-esme)",
            "only in c2: ESME 90-B3-D5-1F-30-00-00-A7 (generic-smets1-esme)");
        comparison.BaselineDifferences.Should().BeEmpty();
        comparison.Blockers.Should().BeEmpty("unlike device sets are said, not forbidden");
    }

    [Fact]
    public void Rates_are_given_again_over_the_devices_that_both_cycles_used()
    {
        DeviceBaseline affected = Device("90-B3-D5-1F-30-00-00-A7");
        affected = affected with { Device = affected.Device with { Id = new DeviceId("esme-07") } };
        CycleDetail first = With(
            Cycle("c1", [OnDevice(1, Verdict.Passed, "esme-01"), OnDevice(2, Verdict.Failed, "esme-07"), Ended(3, Verdict.Passed)]),
            cycle => cycle with { Devices = [.. cycle.Devices, affected] });
        CycleDetail second = Cycle("c2", [OnDevice(1, Verdict.Passed, "esme-01"), OnDevice(2, Verdict.Passed, "esme-01")]);

        CycleComparison comparison = CycleComparison.Of(first, second);

        comparison.DeviceDifferences.Should().Equal("only in c1: ESME 90-B3-D5-1F-30-00-00-A7 (generic-smets1-esme)");
        comparison.FirstDevices.Should().HaveCount(2);
        CommonDevices common = comparison.OnCommonDevices.Should().NotBeNull().And.Subject.As<CommonDevices>();
        common.Devices.Should().Equal("ESME 90-B3-D5-1F-30-00-00-A0 (generic-smets1-esme)");
        (common.First.Passed, common.First.InScope).Should().Be((2, 2), "the failure was on the device that the second did not use");
        (common.Second.Passed, common.Second.InScope).Should().Be((2, 2));
        CycleComparison.Of(second, second).OnCommonDevices.Should().BeNull("the sets are the same");
    }

    [Fact]
    public void A_spare_rig_that_took_over_makes_the_cycles_unlike_and_one_that_did_not_does_not()
    {
        CycleDetail moved = AssuranceSamples.Moved();
        ExecutionHistory stayed = moved.Executions[1] with { Attempts = [moved.Executions[1].Attempts[1] with { Rig = "bench-01" }] };
        CycleDetail alone = With(moved, cycle => cycle with { Id = "c0" }) with { Executions = [moved.Executions[0], stayed] };

        CycleComparison unlike = CycleComparison.Of(alone, moved);
        CycleComparison like = CycleComparison.Of(alone, With(alone, cycle => cycle with { Id = "c2" }));

        unlike.IsLikeForLike.Should().BeFalse();
        unlike.FirstRigs.Should().Equal("bench-01");
        unlike.SecondRigs.Should().Equal("bench-01", "bench-02");
        unlike.DeviceDifferences.Should().Equal(
            "only in c1: ESME 90-B3-D5-1F-30-00-00-B0 (generic-smets1-esme)", "CASE-02 ran on bench-01, then on bench-02");
        unlike.OnCommonDevices!.Second.InScope.Should().Be(1, "both rigs call their meter esme-01, and it is not the same one");
        like.IsLikeForLike.Should().BeTrue("a spare that stood by ran nothing");
    }

    [Fact]
    public void A_cycle_against_itself_is_no_second_cycle()
    {
        CycleDetail cycle = Cycle("c1", Passes(1));

        CycleComparison comparison = CycleComparison.Of(cycle, cycle);

        comparison.Blockers.Should().Equal("c1 is held against itself: two complete cycles are needed");
    }

    [Fact]
    public void Another_pack_harness_or_firmware_is_named_and_blocks_a_report()
    {
        CycleDetail second = With(Cycle("c2", Passes(1)), cycle => cycle with
        {
            PackHash = new string('b', 64),
            HarnessVersion = "0.2.0",
            Devices = [.. cycle.Devices.Select(device => device with { Inventory = device.Inventory with { FirmwareVersion = "4.3.0" } })],
        });

        CycleComparison comparison = CycleComparison.Of(Cycle("c1", Passes(1)), second);

        comparison.BaselineDifferences.Should().HaveCount(3)
            .And.ContainSingle(text => text.Contains("4.2.0, then 4.3.0, which is another"));
        comparison.IsLikeForLike.Should().BeFalse();
        comparison.Blockers.Should().ContainSingle().Which.Should().Contain("changed between the two");
    }

    [Fact]
    public void Changed_verdicts_are_named_both_ways_and_so_are_cases_that_one_cycle_lacks()
    {
        CycleDetail first = Cycle("c1", [.. Passes(2), Ended(3, Verdict.Failed, "no"), Ended(4, Verdict.Passed)]);
        CycleDetail second = Cycle("c2", [Ended(1, Verdict.Passed), Ended(2, Verdict.Failed, "worse"), Ended(3, Verdict.Passed)]);

        CycleComparison comparison = CycleComparison.Of(first, second);

        comparison.Changes.Select(change => (change.CaseId, change.First, change.Second, change.Reason)).Should().Equal(
            ("CASE-02", Verdict.Passed, Verdict.Failed, "worse"),
            ("CASE-03", Verdict.Failed, Verdict.Passed, "no"),
            ("CASE-04", Verdict.Passed, null, ""));
    }

    [Fact]
    public void A_failure_without_an_issue_and_an_incomplete_cycle_block_a_report()
    {
        CycleDetail first = Cycle("c1", [Ended(1, Verdict.Failed, "no")]);
        CycleDetail second = With(
            Cycle("c2", [Ended(1, Verdict.Inconclusive, "line")]), cycle => cycle with { State = CycleState.Incomplete });

        CycleComparison comparison = CycleComparison.Of(first, second);

        comparison.Unlinked.Should().Equal("c1 CASE-01");
        comparison.Blockers.Should().HaveCount(2);
        comparison.Blockers[0].Should().Be("c2 is Incomplete, not a complete cycle: executed 0 of 1");
        comparison.Blockers[1].Should().Be("failed without a Testing Issue: c1 CASE-01");
    }

    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(100, 99, true)]
    [InlineData(1000, 991, false)]
    [InlineData(1000, 990, true)]
    public void Rates_that_differ_by_a_percentage_point_or_more_need_an_explanation(int cases, int passed, bool isNeeded)
    {
        CycleDetail first = Cycle("c1", Passes(cases));
        CycleDetail second = Cycle(
            "c2", [.. Passes(passed), .. Enumerable.Range(passed + 1, cases - passed).Select(ordinal => Ended(ordinal, Verdict.Failed))]);

        CycleComparison.Of(first, second).NeedsExplanation.Should().Be(isNeeded);
        CycleComparison.Of(second, first).NeedsExplanation.Should().Be(isNeeded);
    }

    private static ExecutionHistory[] Passes(int count) =>
        [.. Enumerable.Range(1, count).Select(ordinal => Ended(ordinal, Verdict.Passed))];

    private static ExecutionHistory Ended(int ordinal, Verdict verdict, string reason = "") =>
        AssuranceSamples.Ended(ordinal, verdict, reason);

    private static ExecutionHistory OnDevice(int ordinal, Verdict verdict, string device) => AssuranceSamples.Execution(
        ordinal, AssuranceSamples.Attempt(1, verdict, steps: [AssuranceSamples.Step("4.1.1", 10, device)]));

    private static CycleDetail Cycle(string id, ExecutionHistory[] executions) =>
        With(AssuranceSamples.Cycle(executions), cycle => cycle with { Id = id });

    private static CycleDetail With(CycleDetail detail, Func<Cycle, Cycle> change) => detail with { Cycle = change(detail.Cycle) };

    private static DeviceBaseline Device(string eui64)
    {
        DeviceBaseline device = AssuranceSamples.Device(AssuranceSamples.Virtual);
        Eui64 other = Eui64.Parse(eui64);
        return new DeviceBaseline(device.Device with { Eui64 = other }, device.Inventory with { DeviceId = other });
    }
}
