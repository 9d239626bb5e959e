namespace DeviceHarness.Orchestrator.Hosting;

/// <summary>The right to be the only orchestrator on a data folder; the system takes it back when the process dies.</summary>
internal sealed class DataFolderLock : IDisposable
{
    /// <summary>The lock's file in the data folder.</summary>
    public const string FileName = "orchestrator.lock";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, and makes the folder when it is missing.</summary>
    /// <exception cref="OrchestratorException">Another orchestrator holds it, or the folder cannot be used.</exception>
    public static DataFolderLock Take(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        try
        {
            Directory.CreateDirectory(dataFolder);
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotUsable(dataFolder, exception);
        }
        catch (IOException exception) when (exception is DirectoryNotFoundException or PathTooLongException || !File.Exists(path))
        {
            throw NotUsable(dataFolder, exception);
        }
        catch (IOException exception)
        {
            string holder = OrchestratorAddress.TryRead(dataFolder) is { } address
                ? $"process {address.Pid} at {address.Address}"
                : "another process";
            throw new OrchestratorException(
                OrchestratorException.FolderInUse,
                $"an orchestrator already runs on the data folder '{dataFolder}': {holder}. "
                + "Use that one, stop it, or give another folder with --data.",
                exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static OrchestratorException NotUsable(string dataFolder, Exception exception) => new(
        OrchestratorException.FolderNotUsable,
        $"the data folder '{dataFolder}' cannot be used: {exception.Message}. Give a folder that this user may write with --data.",
        exception);
}
