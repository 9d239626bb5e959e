using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tests.Esme;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Auxiliary;

public sealed class AuxiliaryShareTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-aclara-like.yaml"));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.15, 1_350, 1_650)]
    [InlineData(1, 10_000, 10_000)]
    public void The_seeds_of_a_cohort_give_the_share_that_is_stated(double share, int least, int most)
    {
        int count = Enumerable.Range(1, 10_000).Count(seed => AuxiliaryOptions.IsOfShare(seed, share));

        count.Should().BeInRange(least, most);
    }

    [Fact]
    public void A_meter_of_the_share_has_its_loads_and_another_has_none()
    {
        EsmeModel[] meters = [.. Enumerable.Range(1, 200).Select(seed => EsmeFixture.ModelOf(
            Text.Replace("seed: 4731", $"seed: {seed}", StringComparison.Ordinal)))];

        meters.Where(meter => meter.Auxiliary.Loads.Count > 0).Should().HaveCountGreaterThan(0).And.OnlyContain(
            meter => AuxiliaryOptions.IsOfShare(meter.Seed, 0.15));
        meters.Where(meter => meter.Auxiliary.Loads.Count == 0).Should().OnlyContain(
            meter => !AuxiliaryOptions.IsOfShare(meter.Seed, 0.15));
    }
}
