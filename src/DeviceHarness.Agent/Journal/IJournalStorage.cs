namespace DeviceHarness.Agent.Journal;

/// <summary>Where journals are kept: files of one folder, by name.</summary>
/// <remarks>Stands between the journal and the disk so that a test can take away what was not made durable. Safe for use from any thread;
/// faults of the medium are an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.</remarks>
public interface IJournalStorage
{
    /// <summary>The names of the journals, in the order of their names.</summary>
    IReadOnlyList<string> List();

    /// <summary>Makes a new, empty file. Its name survives a loss of power once this returns.</summary>
    /// <param name="name">A name that no file has.</param>
    /// <exception cref="IOException">There is such a file, or the medium takes none.</exception>
    IJournalFile Create(string name);

    /// <summary>Opens a file that is there.</summary>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    IJournalFile Open(string name);

    /// <summary>Removes a file; nothing happens when there is none. After a loss of power it may be back.</summary>
    void Delete(string name);
}
