using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Durability;

public sealed class PowerLossTests
{
    private static readonly int Seeds = TestSize.Of(suite: 400, large: 40_000);

    [Fact]
    public async Task Whatever_the_journal_said_is_on_disk_is_there_after_a_loss_of_power_and_nothing_else_is_made_up()
    {
        List<string> broken = await FindAsync(Seeds, () => new DroppingStorage());

        broken.Should().BeEmpty($"{Seeds} seeds from 1 were run");
    }

    [Fact]
    public async Task A_disk_whose_flush_does_nothing_is_found_out()
    {
        List<string> broken = await FindAsync(100, () => new DroppingStorage { Flushes = false });

        broken.Should().Contain(fault => fault.Contains("kept", StringComparison.Ordinal), "else these tests could not see a lost flush");
    }

    [Fact]
    public async Task A_disk_that_forgets_the_names_of_new_files_is_found_out()
    {
        List<string> broken = await FindAsync(100, () => new DroppingStorage { SyncsNames = false });

        broken.Should().Contain(fault => fault.Contains("is gone", StringComparison.Ordinal), "else these tests could not see a lost name");
    }

    private static async Task<List<string>> FindAsync(int seeds, Func<DroppingStorage> make)
    {
        List<string> broken = [];
        for (int seed = 1; seed <= seeds; seed++)
        {
            broken.AddRange(await PowerLossRun.FindBrokenPromisesAsync(seed, make()));
        }

        return broken;
    }
}
