using DeviceHarness.Assurance.Thresholds;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Thresholds;

public sealed class ThresholdSetTests
{
    private static readonly DateTimeOffset Noon = AssuranceSamples.Noon;

    private static readonly ThresholdSet Agreed = new("tranche-44", "TAG, 8 April 2020", "2", [0, 0, 5, null, null]);

    [Fact]
    public void The_default_is_named_and_says_that_this_project_chose_it()
    {
        ThresholdSet.Default.Maxima.Should().Equal(0, 0, 3, null, null);
        ThresholdSet.Default.IsDefault.Should().BeTrue();
        ThresholdSet.Default.Title.Should().Be(
            "harness-default-1, version 1 (origin: chosen by this project; the numbers of SVTAD clause 20.28 are not public)");
        Agreed.IsDefault.Should().BeFalse();
    }

    [Fact]
    public void A_set_needs_a_name_that_is_not_this_projects_an_origin_a_version_and_maxima_from_nought()
    {
        Agreed.WhyNot().Should().BeEmpty();
        (Agreed with { Name = "" }).WhyNot().Should().Contain("name");
        (Agreed with { Origin = "" }).WhyNot().Should().Contain("origin");
        (Agreed with { Version = new string('v', ThresholdSet.MaximumText + 1) }).WhyNot().Should().Contain("version");
        (Agreed with { Name = "Harness-Default-1" }).WhyNot().Should().Contain("what this project chose");
        (Agreed with { Maxima = [0, -1, 3, null, null] }).WhyNot().Should().Contain("0 or more");
        (Agreed with { Maxima = [0, 0, 3] }).WhyNot().Should().Contain("1 to 5");
        new ThresholdDecision(Agreed, "", "agreed", Noon).WhyNot().Should().Contain("who");
        new ThresholdDecision(Agreed, "A. Tester", "", Noon).WhyNot().Should().Contain("reason");
    }

    [Fact]
    public void The_set_in_force_is_the_last_one_that_was_in_use_at_the_moment()
    {
        ThresholdDecision[] decisions =
        [
            new(Agreed with { Version = "1" }, "A. Tester", "agreed", Noon),
            new(Agreed, "A. Tester", "agreed anew", Noon.AddDays(2)),
        ];

        ThresholdDecision.InForce(decisions, Noon.AddTicks(-1)).Should().BeSameAs(ThresholdSet.Default);
        ThresholdDecision.InForce(decisions, Noon).Version.Should().Be("1");
        ThresholdDecision.InForce(decisions, Noon.AddDays(2)).Version.Should().Be("2");
    }
}
