using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Agent.Journal;

/// <summary>Journals in a folder of the disk.</summary>
/// <param name="folder">The folder; it is there.</param>
public sealed class DiskJournalStorage(string folder) : IJournalStorage
{
    private const string Pattern = "*.journal";

    /// <inheritdoc/>
    public IReadOnlyList<string> List() =>
        [.. Directory.EnumerateFiles(folder, Pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IJournalFile Create(string name)
    {
        DiskJournalFile file = new(OpenStream(name, FileMode.CreateNew));
        try
        {
            DataFolder.Sync(folder);
            return file;
        }
        catch (IOException)
        {
            file.Dispose();
            Delete(name);
            throw;
        }
    }

    /// <inheritdoc/>
    public IJournalFile Open(string name) => new DiskJournalFile(OpenStream(name, FileMode.Open));

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(Path.Combine(folder, name));

    // Without a buffer of our own: what was appended is with the system at once, and only a flush makes it durable.
    private FileStream OpenStream(string name, FileMode mode) =>
        new(Path.Combine(folder, name), mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
}
