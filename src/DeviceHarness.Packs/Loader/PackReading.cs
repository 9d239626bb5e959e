using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Loader;

/// <summary>What came of reading a pack.</summary>
/// <param name="Pack">The pack; null when anything is wrong with it.</param>
/// <param name="Faults">Everything that is wrong, in the order of the file; empty when nothing is.</param>
public sealed record PackReading(TestPack? Pack, IReadOnlyList<ConfigurationException> Faults);
