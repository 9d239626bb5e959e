using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>
/// Tests that are alone in their process while they run: the clock of a bench with a radio looks at the thread pool. With the trait beside
/// the collection they run in a second process, while the other tests of this project run; without it at the end, after the others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";

    /// <summary>The trait by which <c>.ci/test</c> tells them from the rest.</summary>
    public const string Process = "process";
}
