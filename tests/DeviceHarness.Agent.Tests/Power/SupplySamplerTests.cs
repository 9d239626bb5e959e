using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class SupplySamplerTests
{
    private readonly SupplySampler _sampler = new(onAt: 4, offAt: 2);
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

    [Fact]
    public void The_longest_gap_is_from_one_question_to_the_end_of_the_next()
    {
        Take(12, 12);
        _looks += 3;
        Take(12, 12);

        _sampler.LongestGap.Should().Be(At(5, 5) - At(1));
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
