namespace DeviceHarness.Packs.Model;

/// <summary>A pack whose cases another one takes in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Source">How the other pack names it: a built-in name, or a path.</param>
/// <param name="Hash">The SHA-256 of its text.</param>
/// <param name="Cases">How many of its cases were taken in.</param>
public sealed record IncludedPack(string Name, string Version, string Source, string Hash, int Cases);
