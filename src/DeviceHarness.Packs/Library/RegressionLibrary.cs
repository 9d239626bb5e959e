using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Library;

/// <summary>The standard regression pack: built-in packs that are run whole, one cycle each, one after the other.</summary>
/// <remarks>They are not one pack, since a cycle is void when a firmware that it has read changes, and one of them changes it.</remarks>
public static class RegressionLibrary
{
    /// <summary>Its name.</summary>
    public const string Name = "standard-regression";

    /// <summary>Its version: another whenever a pack comes in, goes out or changes its version.</summary>
    public const string Version = "1.1";

    /// <summary>The names of its packs, in the order in which they are run.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dmct-smoke", "suspended-devices", "firmware"];

    /// <summary>Its packs, in the order in which they are run.</summary>
    public static IReadOnlyList<TestPack> Packs => [.. Names.Select(name => PackLibrary.Find(name)!)];

    /// <summary>SHA-256 over the hashes of its packs, lower-case hexadecimal: what it was, exactly.</summary>
    public static string Hash => TestPack.HashOf(string.Join('\n', Packs.Select(pack => $"{pack.Name} {pack.Hash}")));
}
