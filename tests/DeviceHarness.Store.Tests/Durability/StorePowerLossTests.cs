using DeviceHarness.Store.Sqlite;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests.Durability;

public sealed class StorePowerLossTests
{
    private static readonly int Seeds = TestSize.Of(suite: 3, large: 100);
    private static readonly int Losses = TestSize.Of(suite: 8, large: 60);

    [Fact]
    public async Task Whatever_the_store_acknowledged_is_there_after_a_loss_of_power_at_any_moment()
    {
        List<string> broken = [];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using StorePowerLossRun run = new(seed);
            await run.LiveAsync(SqliteMedium.Disk);
            broken.AddRange(await run.FindBrokenPromisesAsync(Losses));
        }

        broken.Should().BeEmpty($"{Seeds} seeds from 1 were run, with {Losses} losses of power each");
    }

    [Theory]
    [InlineData("NORMAL")]
    [InlineData("OFF")]
    public async Task A_store_that_does_not_wait_for_the_disk_is_found_out(string synchronous)
    {
        using StorePowerLossRun run = new(seed: 1);
        await run.LiveAsync(SqliteMedium.Disk with { Synchronous = synchronous });

        IReadOnlyList<string> broken = await run.FindBrokenPromisesAsync(6);

        broken.Should().NotBeEmpty("else these tests could not see a lost sync");
    }

    [Fact]
    public async Task Every_commit_is_made_durable_by_a_sync_of_its_own()
    {
        using StorePowerLossRun full = new(seed: 1);
        using StorePowerLossRun off = new(seed: 1);

        await full.LiveAsync(SqliteMedium.Disk);
        await off.LiveAsync(SqliteMedium.Disk with { Synchronous = "OFF" });

        full.Syncs.Should().BeGreaterThan(28, "the reports of 28 cases come one after the other on each of two rigs");
        off.Syncs.Should().BeLessThan(10, "only the opening of the file syncs");
    }
}
