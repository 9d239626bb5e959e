using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("DeviceHarness.EndToEnd.Tests.SlowFirst", "DeviceHarness.EndToEnd.Tests")]

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Begins with the classes that wait longest: one that began last would be waited for by nobody but the end.</summary>
public sealed class SlowFirst : ITestCollectionOrderer
{
    private static readonly string[] Slow =
    [
        nameof(FirmwareCyclesTests), "KillRunTests", nameof(ThreeTerminalsTests), nameof(CommandLineTests), nameof(DemoTests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(RankOf).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    private static int RankOf(ITestCollection collection)
    {
        int rank = Array.FindIndex(Slow, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal));
        return rank < 0 ? Slow.Length : rank;
    }
}
