using DeviceHarness.Agent.Tests.Bench;
using DeviceHarness.Agent.Tests.Firmware;
using DeviceHarness.Agent.Tests.Power;
using DeviceHarness.Agent.Tests.SelfTest;
using DeviceHarness.Agent.Tests.Session;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("DeviceHarness.Agent.Tests.Support.LongestFirst", "DeviceHarness.Agent.Tests")]

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>Has the classes that take longest begin first: none of them is left over while the other threads stand idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long =
    [
        typeof(FaultyVerdictsTests), typeof(RigSessionTests), typeof(OwnCaseTests), typeof(FirmwareServiceTests),
        typeof(HubSupplyCaseTests), typeof(BlindSelfTests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(PlaceOf);

    private static int PlaceOf(ITestCollection collection)
    {
        int place = Array.FindIndex(Long, type => collection.DisplayName.EndsWith($" {type.FullName}", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
