using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Thresholds;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class PhaseRateTests
{
    [Fact]
    public void Executed_and_passed_are_percentages_of_their_own_for_each_set_of_each_phase()
    {
        CycleSummary[] cycles =
        [
            Of("srvt", CycleKind.Functional, new PassRate(90, 5, 0, 0, 5, 0, 3, 0)),
            Of("srvt", CycleKind.Functional, new PassRate(100, 0, 0, 0, 0, 0, 0, 0)),
            Of("srvt", CycleKind.Eoc, new PassRate(50, 0, 0, 0, 0, 0, 0, 0)),
            Of("migration", CycleKind.Eoc, new PassRate(96, 4, 0, 0, 0, 0, 0, 0)),
        ];

        IReadOnlyList<PhaseRate> phases = PhaseRate.Of(cycles);

        phases.Select(phase => (phase.PackKind, phase.Kind, phase.Cycles, phase.Rate.ExecutedPercent, phase.Rate.PassedPercent)).Should()
            .Equal(
                ("migration", CycleKind.Eoc, 1, 100, 96),
                ("srvt", CycleKind.Functional, 2, 98, 95),
                ("srvt", CycleKind.Eoc, 1, 100, 100));
        phases[1].Rate.Should().Be(new PassRate(190, 5, 0, 0, 5, 0, 3, 0));
    }

    [Theory]
    [InlineData(CycleState.Complete, 1)]
    [InlineData(CycleState.Incomplete, 1)]
    [InlineData(CycleState.Running, 0)]
    [InlineData(CycleState.Frozen, 0)]
    [InlineData(CycleState.Void, 0)]
    public void A_cycle_that_is_void_or_under_way_counts_for_nothing(CycleState state, int counted)
    {
        CycleSummary cycle = Of("srvt", CycleKind.Eoc, new PassRate(1, 0, 0, 0, 0, 0, 0, 0));

        PhaseRate.Of([cycle with { Cycle = cycle.Cycle with { State = state } }]).Should().HaveCount(counted);
    }

    [Fact]
    public void A_purpose_is_said_in_words_and_gives_the_entries_to_evaluate()
    {
        CyclePurpose mixed = new(CycleKind.Regression, new EntryScope("002255", InstallationType.Mixed));

        mixed.ToString().Should().Be("regression, for mixed installations of DMC 002255");
        mixed.Entries.Should().Equal(mixed.Scope);
        CyclePurpose.None.ToString().Should().Be("set not stated");
        CyclePurpose.None.Entries.Select(entry => entry.Installation).Should()
            .Equal(InstallationType.Dormant, InstallationType.Active, InstallationType.Mixed);
        new CycleMark("c1", mixed with { Scope = EntryScope.Whole }, "me", "why").WhyNot().Should().Contain("Combination");
        new CycleMark("c1", mixed, "", "why").WhyNot().Should().Contain("who");
        new CycleMark("c1", mixed, "me", "why").WhyNot().Should().BeEmpty();
    }

    private static CycleSummary Of(string packKind, CycleKind kind, PassRate rate) => new(
        AssuranceSamples.Cycle().Cycle with { PackKind = packKind, Purpose = new CyclePurpose(kind, EntryScope.Whole) }, rate);
}
