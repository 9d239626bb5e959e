namespace DeviceHarness.Store.Sqlite;

/// <summary>What a database file is written through.</summary>
/// <param name="FileLayer">SQLite's name of the file layer (its VFS); null for the system's own.</param>
/// <param name="Synchronous">SQLite's <c>synchronous</c>: how a commit waits for the disk.</param>
internal sealed record SqliteMedium(string? FileLayer, string Synchronous)
{
    /// <summary>The disk: what was acknowledged survives a loss of power.</summary>
    public static readonly SqliteMedium Disk = new(null, "FULL");
}
