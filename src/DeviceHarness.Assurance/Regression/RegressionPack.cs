namespace DeviceHarness.Assurance.Regression;

/// <summary>The standard regression pack: packs that are run one after the other, since one changes firmware that another reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Packs">The names of its packs, in the order in which they are run.</param>
public sealed record RegressionPack(string Name, string Version, IReadOnlyList<string> Packs);
