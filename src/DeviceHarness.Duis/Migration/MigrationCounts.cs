namespace DeviceHarness.Duis.Migration;

/// <summary>How the migrations of a simulation went, for their rates.</summary>
/// <param name="Attempted">The installations of which a file came.</param>
/// <param name="Migrated">Those that are migrated.</param>
/// <param name="FirstTime">Those of them that were at the first attempt: over <paramref name="Attempted"/> it is the right-first-time
/// rate.</param>
/// <param name="Slow">Those of them that took too long.</param>
/// <param name="Excluded">Those that are left out.</param>
public sealed record MigrationCounts(int Attempted, int Migrated, int FirstTime, int Slow, int Excluded);
