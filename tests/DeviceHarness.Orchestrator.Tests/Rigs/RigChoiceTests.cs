using DeviceHarness.Orchestrator.Rigs;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class RigChoiceTests
{
    [Theory]
    [InlineData("a:Healthy", "a")]
    [InlineData("a:Sick", "a")]
    [InlineData("a:Sick b:Healthy c:Unknown", "b")]
    [InlineData("a:Sick b:Unknown", "b")]
    [InlineData("a:Unknown b:Healthy", "b")]
    [InlineData("a:Healthy b:Healthy c:Sick", "ab")]
    [InlineData("a:Unknown b:Unknown c:Sick", "ab")]
    [InlineData("a:Sick b:Sick c:Sick", "abc")]
    [InlineData("a:Healthy b:Healthy c:Healthy d:Unknown", "abc")]
    public void The_fittest_rigs_and_no_other_are_chosen_over_many_seeds(string rigs, string chosen)
    {
        Dictionary<string, RigFitness> fitness = Read(rigs);

        HashSet<string> found = [.. Enumerable.Range(0, 200).Select(seed => RigChoice.Of(fitness, seed))];

        found.Order().Should().Equal(chosen.Select(name => name.ToString()));
    }

    [Fact]
    public void The_same_seed_chooses_the_same_rig_in_whatever_order_the_rigs_come()
    {
        Dictionary<string, RigFitness> there = Read("a:Healthy b:Healthy c:Healthy");
        Dictionary<string, RigFitness> back = Read("c:Healthy b:Healthy a:Healthy");

        foreach (long seed in (long[])[long.MinValue, -1, 0, 1, 2, 3, 1L << 40, long.MaxValue])
        {
            RigChoice.Of(back, seed).Should().Be(RigChoice.Of(there, seed));
        }
    }

    private static Dictionary<string, RigFitness> Read(string rigs) => rigs.Split(' ')
        .Select(rig => rig.Split(':'))
        .ToDictionary(parts => parts[0], parts => Enum.Parse<RigFitness>(parts[1]), StringComparer.Ordinal);
}
