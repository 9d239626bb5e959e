using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Tests.Vectors;

/// <summary>A store that remembers what was saved in it.</summary>
internal sealed class CounterMemory : IInvocationCounterStore
{
    /// <summary>What was saved, in order.</summary>
    public List<uint> Saved { get; } = [];

    /// <inheritdoc/>
    public void Save(uint firstFree) => Saved.Add(firstFree);
}
