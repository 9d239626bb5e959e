using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>What the profiles know of their models comes to the runner with the devices.</summary>
public sealed class BenchDepartureTests
{
    [Theory]
    [InlineData("liberty-110-like", "7.5 7.6 7.8 Refused, 7.9 7.10 7.11 Refused")]
    [InlineData("aclara-like", "7.5 7.6 7.7 7.8 MayRefuse")]
    [InlineData("generic-smets1-esme", "")]
    public async Task A_device_departs_as_its_profile_says(string profile, string departures)
    {
        string rig = BenchFolder.RigText.Replace("generic-smets1-esme", profile, StringComparison.Ordinal);
        using BenchFolder folder = new() { Rig = BenchFolder.Parse(rig) };
        await using RigBench bench = folder.OpenBench();

        IReadOnlyList<KnownDeparture> known = bench.Devices.Should().ContainSingle().Which.Departures;

        known.Select(one => $"{string.Join(' ', one.ServiceReferenceVariants)} {one.Kind}").Order(StringComparer.Ordinal)
            .Should().Equal(departures.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        known.Where(one => one.Source.Length == 0).Should().BeEmpty();
    }
}
