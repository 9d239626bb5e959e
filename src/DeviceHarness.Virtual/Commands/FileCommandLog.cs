using System.Text.Json;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.Commands;

/// <summary>Appends commands to a file, one JSON object a line, each on disk before <see cref="Append"/> returns.</summary>
/// <remarks>Several meters of one process may share one instance: it is safe for use from any thread. A second process may read the file
/// meanwhile.</remarks>
public sealed class FileCommandLog : ICommandLog, IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;

    /// <summary>Opens the file for appending; makes it, readable by its owner only, when it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileCommandLog(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
    }

    /// <inheritdoc/>
    public void Append(CommandRecord command)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(command, FlashJson.Default.CommandRecord), (byte)'\n'];
        lock (_gate)
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
