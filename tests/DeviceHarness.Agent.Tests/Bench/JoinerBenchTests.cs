using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>A rig whose adapter joins the network of a hub, as a person at the bench uses it; the bench runs on while that person comes
/// and goes.</summary>
public sealed class JoinerBenchTests : IDisposable
{
    private readonly BenchFolder _folder = new()
    {
        Rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "han", "joiner.yaml")),
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_joins_shows_the_hub_is_in_the_network_the_next_time_and_leaves()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();

        HanMember first = await OnBenchAsync(bench => bench.JoinAsync(default));
        (HanMember again, IReadOnlyList<HanDeviceListing> asked, IReadOnlyList<HanDeviceListing> devices) = await OnBenchAsync(
            async bench => (
                await bench.JoinAsync(default), await bench.ListAsync(isInterviewed: true, default),
                await bench.ListAsync(isInterviewed: false, default)));
        HanNetworkListing? left = await OnBenchAsync(async bench =>
        {
            await bench.LeaveAsync(default);
            return bench.Network;
        });

        (first.IsNew, first.LinkKey, first.TrustCentre).Should().Be((true, "established", "90B3D51F30000C01"));
        (again.IsNew, again.LinkKey, again.Network).Should().Be((false, "established", first.Network));
        asked[0].LetsJoin.Should().BeTrue();
        devices[0].Should().BeEquivalentTo(
            new { Device = "the hub", NodeId = "0000", Kind = "Coordinator", Problem = "", LetsJoin = (bool?)null });
        devices.Should().HaveCount(2);
        left.Should().BeNull();
    }

    private async Task<T> OnBenchAsync<T>(Func<HanBench, Task<T>> act)
    {
        await using HanBench bench =
            await HanBench.OpenAsync(_folder.Rig, null, _folder.Path, TimeProvider.System, default).DefaultTimeout();
        return await act(bench).DefaultTimeout();
    }
}
