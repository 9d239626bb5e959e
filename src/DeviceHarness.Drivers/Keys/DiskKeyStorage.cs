using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Drivers.Keys;

/// <summary>Keeps keys in a folder, each file readable by its owner only.</summary>
/// <param name="folder">The device's own folder; made when something is first kept.</param>
public sealed class DiskKeyStorage(string folder) : IKeyStorage
{
    private const int MaximumFileOctets = 8192;
    private const string LockFile = "rotation.lock";

    /// <inheritdoc/>
    public string Place => folder;

    /// <summary>The storage of a device in an agent's data folder, beside its counters and attempts.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="rig">The rig's name.</param>
    /// <param name="device">The device's name in the rig file.</param>
    public static DiskKeyStorage Of(string dataFolder, string rig, string device) =>
        new(Path.Combine(dataFolder, "security", rig, device));

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        FileInfo file = new(PathOf(name));
        return !file.Exists ? null
            : file.Length <= MaximumFileOctets ? File.ReadAllBytes(file.FullName)
            : throw new IOException($"{file.FullName} has {file.Length} octets; at most {MaximumFileOctets} are allowed");
    }

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> octets)
    {
        using FileStream stream = Open(name, FileMode.Create, FileShare.None);
        stream.Write(octets);
    }

    /// <inheritdoc/>
    public void Flush(string name)
    {
        using FileStream stream = Open(name, FileMode.Open, FileShare.None);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <inheritdoc/>
    public void SyncNames() => DataFolder.Sync(folder);

    /// <inheritdoc/>
    public IDisposable? TryLock()
    {
        const int wouldBlock = 11;
        try
        {
            return Open(LockFile, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == wouldBlock)
        {
            return null;
        }
    }

    private FileStream Open(string name, FileMode mode, FileShare share)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("the harness runs on Linux only");
        }

        CreateFolders(folder);
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write, Share = share };
        if (mode != FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(PathOf(name), options);
    }

    /// <summary>Each folder is made by itself, so that each name is durable.</summary>
    private static void CreateFolders(string path)
    {
        if (!Directory.Exists(path))
        {
            CreateFolders(Path.GetDirectoryName(Path.GetFullPath(path))!);
            DataFolder.Create(path);
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
