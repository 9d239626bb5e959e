using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class SupplySamplerTests
{
    private readonly SupplySampler _sampler = new(onAt: 4, offAt: 2, usual: TimeSpan.FromMilliseconds(305));
    private int _looks;

    [Fact]
    public void A_change_is_as_uncertain_as_the_time_since_the_last_clear_look()
    {
        Take(12, 3, 3.9, 1, 1, 4);

        _sampler.Edges.Should().Equal(
            new SupplyEdge(1, IsPresent: false, At(3, 5)) { Uncertainty = At(3, 5) - At(0) },
            new SupplyEdge(2, IsPresent: true, At(5, 5)) { Uncertainty = At(5, 5) - At(4) });
    }

    [Fact]
    public void Between_the_two_values_it_is_what_it_was()
    {
        Take(12, 2.1, 3.9, 12);
        bool? kept = _sampler.IsPresent;
        Take(2, 3.9);

        (kept, _sampler.IsPresent, _sampler.Edges.Count).Should().Be((true, false, 1));
    }

    [Fact]
    public void Before_a_clear_value_nothing_is_known()
    {
        Take(3, 2.5);
        bool? unclear = _sampler.IsPresent;
        Take(4);

        (unclear, _sampler.IsPresent, _sampler.Edges.Count).Should().Be((null, true, 0));
    }

    [Theory]
    [InlineData(2, 305, 0)]
    [InlineData(3, 105, 1)]
    public void A_time_without_a_look_is_from_one_question_to_the_end_of_the_next_and_told_by_itself_when_it_is_long(
        int missed, int usual, int gaps)
    {
        Take(12, 12);
        _looks += missed;
        Take(12, 12);

        _sampler.LongestUsual.Should().Be(TimeSpan.FromMilliseconds(gaps == 0 ? usual : 105));
        _sampler.Gaps.Should().Equal(Enumerable.Repeat(new SupplyGap(At(1), At(2 + missed, 5)), gaps));
    }

    [Fact]
    public void Of_more_gaps_than_are_kept_the_oldest_become_one()
    {
        for (int gap = 0; gap < SupplySampler.KeptGaps + 2; gap++)
        {
            Take(12);
            _looks += 9;
        }

        Take(12);

        _sampler.Gaps.Should().HaveCount(SupplySampler.KeptGaps);
        _sampler.Gaps[0].Should().Be(new SupplyGap(At(0), At(30, 5)));
        _sampler.Gaps[1].Should().Be(new SupplyGap(At(30), At(40, 5)));
    }

    [Fact]
    public void Old_changes_are_forgotten_and_leave_a_gap_in_the_numbers()
    {
        Take([.. Enumerable.Range(0, SupplySampler.KeptEdges + 3).Select(look => look % 2 == 0 ? 12.0 : 0.0)]);

        (_sampler.Edges.Count, _sampler.Edges[0].Sequence).Should().Be((SupplySampler.KeptEdges, 3));
    }

    private static TimeSpan At(int look, int late = 0) => TimeSpan.FromMilliseconds((look * 100) + late);

    /// <summary>A value every 100 ms, each there 5 ms after it was asked for.</summary>
    private void Take(params double[] values)
    {
        foreach (double value in values)
        {
            _sampler.Take(At(_looks), At(_looks, 5), value);
            _looks++;
        }
    }
}
