using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>Tests that are alone in their process while they run: the clock of a bench with a radio looks at the thread pool.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
