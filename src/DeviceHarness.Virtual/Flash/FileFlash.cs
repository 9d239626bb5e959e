namespace DeviceHarness.Virtual.Flash;

/// <summary>A flash that outlives the process: one file a record, in a folder of its own.</summary>
/// <remarks>A whole record is written beside the old one and renamed over it. Nothing is forced to the disk: the loss of power that it
/// stands for is the device's, not the host's.</remarks>
public sealed class FileFlash : IMeterFlash
{
    private const string FileExtension = ".flash";

    private readonly string _folder;

    /// <summary>Opens the flash; makes the folder, for its owner only, when it is not there.</summary>
    /// <param name="folder">The folder; nobody else writes to it.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public FileFlash(string folder)
    {
        _folder = folder;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <inheritdoc/>
    public byte[]? Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllBytes(PathOf(name)) : null;

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> octets)
    {
        string next = PathOf(name) + ".next";
        File.WriteAllBytes(next, octets);
        File.Move(next, PathOf(name), overwrite: true);
    }

    /// <inheritdoc/>
    public void WriteAt(string name, int offset, ReadOnlySpan<byte> octets)
    {
        using FileStream file = new(PathOf(name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.Position = offset;
        file.Write(octets);
    }

    /// <inheritdoc/>
    public void Erase(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(_folder, name + FileExtension);
}
