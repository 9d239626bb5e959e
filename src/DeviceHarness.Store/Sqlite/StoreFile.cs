using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Makes the database file so that only its owner can read it; SQLite gives its companions the same mode.</summary>
internal static class StoreFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a missing file and takes other people's rights from one that is there.</summary>
    /// <exception cref="StoreException">STORE-001: its folder is missing, or the file is not ours to open.</exception>
    public static void Prepare(string file)
    {
        string folder = Path.GetDirectoryName(file) ?? file;
        if (!Directory.Exists(folder))
        {
            throw new StoreException("STORE-001", $"opening {file}: the folder {folder} does not exist; make it, or choose another", file);
        }

        try
        {
            FileStreamOptions options = new()
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            bool isNew = !File.Exists(file);
            using FileStream stream = new(file, options);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
            }

            if (isNew)
            {
                // SQLite makes the name of its log durable, and never that of a database that it finds.
                DataFolder.Sync(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                "STORE-001", $"opening {file}: {exception.Message} Check the path and its owner.", file, isTransient: false, exception);
        }
    }
}
