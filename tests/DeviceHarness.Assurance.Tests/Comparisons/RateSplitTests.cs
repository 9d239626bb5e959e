using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Comparisons;

public sealed class RateSplitTests
{
    private const string Affected = "esme-07";
    private const string Sound = "esme-01";

    // TAG review of 8 April 2020: 96 % and 99 %, since no affected device was used in the second cycle; 110031 hit every device.
    [Fact]
    public void The_96_and_99_percent_of_Aclara_are_the_device_set_and_nothing_else()
    {
        CycleDetail first = Cycle("eoc-1", Enumerable.Range(1, 100).Select(ordinal => On(
            ordinal, ordinal is 4 or 61 or 62 or 63 ? Verdict.Failed : Verdict.Passed, ordinal > 60 ? Affected : Sound)));
        CycleDetail second = Cycle("eoc-2", Enumerable.Range(1, 100).Select(ordinal => On(
            ordinal, ordinal == 4 ? Verdict.Failed : Verdict.Passed, Sound)));

        CycleComparison comparison = CycleComparison.Of(first, second);

        (comparison.First.Rate.PassedPercent, comparison.Second.Rate.PassedPercent).Should().Be((96, 99));
        comparison.IsLikeForLike.Should().BeFalse();
        comparison.DeviceDifferences.Should().Equal(
            "not used in eoc-2: ESME 90-B3-D5-1F-30-00-00-A7 (generic-smets1-esme); "
            + "in eoc-1 37 of 40 cases passed, 3 failed, firmware 4.2.0");
        RateSplit split = comparison.Split!;
        (split.Whole.ToString(), split.Whole.Points, split.Common).Should().Be(("+3/100", "+3.00", 100));
        DifferencePart devices = Part(split, DifferenceCause.DeviceSet);
        devices.Share.Should().Be(split.Whole);
        devices.Gained.Should().Equal("CASE-61", "CASE-62", "CASE-63");
        split.Parts.Where(part => part.Cause != DifferenceCause.DeviceSet).Should().HaveCount(6)
            .And.OnlyContain(part => part.Share.IsZero);
        (comparison.OnCommonDevices!.First.Passed, comparison.OnCommonDevices.First.InScope).Should().Be((59, 60));
        (comparison.OnCommonDevices.Second.Passed, comparison.OnCommonDevices.Second.InScope).Should().Be((99, 100));
        comparison.NeedsExplanation.Should().BeTrue();
        comparison.Blockers.Should().ContainSingle(blocker => blocker.Contains("--explain"));
    }

    [Fact]
    public void An_explanation_that_is_recorded_stands_against_no_report()
    {
        CycleDetail first = Cycle("c1", [On(1, Verdict.Inconclusive, Sound)]);
        CycleDetail second = Cycle("c2", [On(1, Verdict.Passed, Sound)]);
        DifferenceExplanation explanation = new("c1", "c2", "the probe was loose", "A. Tester", AssuranceSamples.Noon);

        CycleComparison.Of(first, second).Blockers.Should().ContainSingle();
        CycleComparison.Of(first, second, [explanation]).Blockers.Should().BeEmpty();
    }

    [Fact]
    public void Each_cause_has_the_cases_whose_conditions_it_changed()
    {
        CycleDetail first = Cycle("c1", [On(1, Verdict.Passed, Sound), On(2, Verdict.Failed, Sound), On(3, Verdict.Passed, Sound)]);
        CycleDetail second = Cycle("c2", [On(1, Verdict.Failed, Sound), On(2, Verdict.Passed, Sound), On(3, Verdict.Passed, Sound)]);

        Shares(first, second).Should().Equal((DifferenceCause.Rest, "0"));
        Shares(first, OtherFirmware(second)).Should().Equal((DifferenceCause.Firmware, "0"));
        Part(RateSplit.Of(first, OtherFirmware(second))!, DifferenceCause.Firmware).Lost.Should().Equal("CASE-01");
        Shares(first, With(second, cycle => cycle with { PackHash = "b" })).Should().Equal((DifferenceCause.Pack, "0"));
        Shares(first, With(second, cycle => cycle with { HarnessVersion = "2" })).Should().Equal((DifferenceCause.Harness, "0"));
        Shares(first, With(second, cycle => cycle with { Rig = "bench-02" })).Should().Equal((DifferenceCause.Rig, "0"));
        Shares(first, OtherRoute(second)).Should().Equal((DifferenceCause.Rig, "0"));
    }

    [Fact]
    public void Two_causes_of_one_case_share_it_in_equal_parts()
    {
        CycleDetail first = Cycle("c1", [On(1, Verdict.Failed, Affected), On(2, Verdict.Passed, Sound)]);
        CycleDetail second = With(
            Cycle("c2", [On(1, Verdict.Passed, Sound), On(2, Verdict.Passed, Sound)]), cycle => cycle with { PackHash = "b" });

        RateSplit split = RateSplit.Of(first, second)!;

        split.Whole.ToString().Should().Be("+1/2");
        Shares(first, second).Should().Equal((DifferenceCause.DeviceSet, "+1/4"), (DifferenceCause.Pack, "+1/4"));
    }

    [Fact]
    public void A_case_that_one_cycle_alone_counts_is_of_the_pack_or_of_the_scope()
    {
        CycleDetail first = Cycle("c1", [On(1, Verdict.Passed, Sound), On(2, Verdict.Failed, Sound)]);
        CycleDetail second = Cycle("c2", [On(1, Verdict.Passed, Sound)]);

        Shares(first, second).Should().Equal((DifferenceCause.Scope, "+1/2"));
        Shares(first, With(second, cycle => cycle with { PackHash = "b" })).Should().Equal((DifferenceCause.Pack, "+1/2"));
        Shares(first, With(second, cycle => cycle with { PackHash = "b", IsSelection = true }))
            .Should().Equal((DifferenceCause.Scope, "+1/2"));
        Shares(first, Cycle("c2", [On(1, Verdict.Passed, Sound), On(2, Verdict.Skipped, Sound)]))
            .Should().Equal((DifferenceCause.Scope, "+1/2"));
    }

    [Fact]
    public void An_attempt_that_ended_before_it_reached_a_device_makes_no_other_device_set()
    {
        ExecutionHistory through = AssuranceSamples.Execution(1, AssuranceSamples.Attempt(
            1, Verdict.Passed, steps: [AssuranceSamples.Step("4.1.1", 10, Sound), AssuranceSamples.Step("4.1.1", 10, Affected)]));

        Shares(Cycle("c1", [On(1, Verdict.Failed, Sound)]), Cycle("c2", [through])).Should().Equal((DifferenceCause.Rest, "+1/1"));
    }

    [Fact]
    public void Nothing_in_scope_has_no_rate_and_no_split()
    {
        CycleDetail empty = Cycle("c1", [On(1, Verdict.Skipped, Sound)]);

        RateSplit.Of(empty, Cycle("c2", [On(1, Verdict.Passed, Sound)])).Should().BeNull();
    }

    [Fact]
    public void The_parts_add_up_to_the_whole_whatever_the_cycles_are()
    {
        int seen = 0;
        for (int seed = 1; seed <= 300; seed++)
        {
            Random random = new(seed);
            (CycleDetail first, CycleDetail second) = (AnyCycle("c1", random), AnyCycle("c2", random));
            if (RateSplit.Of(first, second) is not { } split)
            {
                continue;
            }

            RateSplit back = RateSplit.Of(second, first)!;
            seen += split.Whole.IsZero ? 0 : 1;
            Sum(split).Should().Be(split.Whole, "seed {0}", seed);
            Sum(back).Should().Be(default(Fraction) - split.Whole, "seed {0}", seed);
            back.Parts.Select(part => default(Fraction) - part.Share).Should()
                .Equal(split.Parts.Select(part => part.Share), "seed {0}: what one gains the other loses", seed);
        }

        seen.Should().BeGreaterThan(100);
    }

    private static Fraction Sum(RateSplit split) => split.Parts.Aggregate(default(Fraction), (sum, part) => sum + part.Share);

    private static DifferencePart Part(RateSplit split, DifferenceCause cause) => split.Parts.Single(part => part.Cause == cause);

    private static IEnumerable<(DifferenceCause Cause, string Share)> Shares(CycleDetail first, CycleDetail second) =>
        RateSplit.Of(first, second)!.Parts
            .Where(part => part.Gained.Count + part.Lost.Count + part.OneSided.Count > 0)
            .Select(part => (part.Cause, part.Share.ToString()));

    private static CycleDetail AnyCycle(string id, Random random)
    {
        Verdict[] verdicts = [Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.Skipped, Verdict.Inconclusive, Verdict.Blocked];
        CycleDetail cycle = Cycle(id, Enumerable.Range(1, 20).Where(_ => random.Next(5) > 0).Select(ordinal => On(
            ordinal, verdicts[random.Next(verdicts.Length)], random.Next(2) == 0 ? Sound : Affected)));
        cycle = random.Next(2) == 0 ? cycle : OtherFirmware(cycle);
        return With(cycle, frozen => frozen with
        {
            PackHash = random.Next(2).ToString(CultureInfo.InvariantCulture),
            HarnessVersion = random.Next(2).ToString(CultureInfo.InvariantCulture),
            Rig = random.Next(2).ToString(CultureInfo.InvariantCulture),
            IsSelection = random.Next(2) == 0,
        });
    }

    private static CycleDetail OtherFirmware(CycleDetail detail) => With(detail, cycle => cycle with
    {
        Devices = [.. cycle.Devices.Select(device => device with { Inventory = device.Inventory with { FirmwareVersion = "4.3.0" } })],
    });

    private static CycleDetail OtherRoute(CycleDetail detail) => With(detail, cycle => cycle with
    {
        Devices =
        [
            .. cycle.Devices.Select(device => device with { Device = device.Device with { Provenance = AssuranceSamples.RealDcc } }),
        ],
    });

    private static CycleDetail With(CycleDetail detail, Func<Cycle, Cycle> change) => detail with { Cycle = change(detail.Cycle) };

    private static ExecutionHistory On(int ordinal, Verdict verdict, string device) => AssuranceSamples.Execution(
        ordinal, AssuranceSamples.Attempt(1, verdict, steps: [AssuranceSamples.Step("4.1.1", 10, device)]));

    private static CycleDetail Cycle(string id, IEnumerable<ExecutionHistory> executions)
    {
        DeviceBaseline sound = AssuranceSamples.Device(AssuranceSamples.Virtual);
        Eui64 other = Eui64.Parse("90-B3-D5-1F-30-00-00-A7");
        DeviceBaseline affected = new(
            sound.Device with { Id = new DeviceId(Affected), Eui64 = other }, sound.Inventory with { DeviceId = other });
        return With(AssuranceSamples.Cycle([.. executions]), cycle => cycle with { Id = id, Devices = [sound, affected] });
    }
}
