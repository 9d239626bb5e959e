namespace DeviceHarness.Store.Tests.Durability;

/// <summary>What SQLite did to a file.</summary>
internal enum FileActKind
{
    /// <summary>Opened it; a new name is durable with its first sync, as SQLite syncs the folder then.</summary>
    Open,

    /// <summary>Wrote octets at an offset.</summary>
    Write,

    /// <summary>Cut it to a length.</summary>
    Truncate,

    /// <summary>Made durable what was written.</summary>
    Sync,

    /// <summary>Removed it.</summary>
    Delete,
}

/// <summary>One act, in the order in which SQLite did them.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where it was written, or to what length it was cut.</param>
/// <param name="Octets">What was written.</param>
internal sealed record FileAct(FileActKind Kind, string Path, long Offset, byte[] Octets);
