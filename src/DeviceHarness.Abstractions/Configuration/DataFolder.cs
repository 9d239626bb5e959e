using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DeviceHarness.Abstractions.Configuration;

/// <summary>The folder that holds what a harness process keeps between runs.</summary>
public static partial class DataFolder
{
    // O_RDONLY | O_CLOEXEC; O_DIRECTORY is another number on arm64.
    private const int OpenFolder = 0x80000;

    private const int AtWorkingFolder = -100;
    private const uint WantsOwner = 0x8;

    // struct statx of the kernel, the same on every processor: 256 octets, the owner's number at 20.
    private const int StatusOctets = 256;
    private const int OwnerOffset = 20;

    /// <summary>The environment variable that names the folder.</summary>
    public const string EnvironmentVariable = "HARNESS_DATA";

    /// <summary>Finds the folder: the option, then <c>HARNESS_DATA</c>, then <c>$XDG_STATE_HOME/deviceharness</c> (for root
    /// <c>/var/lib/deviceharness</c>).</summary>
    /// <param name="option">What the command line said; null or empty when it said nothing.</param>
    /// <returns>An absolute path; the folder may not exist yet.</returns>
    public static string Resolve(string? option)
    {
        string? chosen = string.IsNullOrEmpty(option) ? Environment.GetEnvironmentVariable(EnvironmentVariable) : option;
        if (!string.IsNullOrEmpty(chosen))
        {
            return Path.GetFullPath(chosen);
        }

        if (Environment.IsPrivilegedProcess)
        {
            return "/var/lib/deviceharness";
        }

        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(string.IsNullOrEmpty(state) ? Path.Combine(home, ".local", "state") : state, "deviceharness");
    }

    /// <summary>Makes the folder for its owner only, when it is not there; then its name survives a loss of power.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no POSIX file modes; the harness runs on Linux only.</exception>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("the harness runs on Linux only");
        }

        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    /// <summary>Makes the names in a folder durable: a file that was made, renamed or removed stays so after a loss of power.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The folder cannot be opened, or the medium failed.</exception>
    public static void Sync(string path)
    {
        using SafeFileHandle folder = new(Open(path, OpenFolder), ownsHandle: true);
        if (folder.IsInvalid || FileSync(folder) != 0)
        {
            throw new IOException($"the names in {path} cannot be made durable: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The number of the account that a folder belongs to.</summary>
    /// <param name="path">The folder; a link to one is followed.</param>
    /// <returns>Null when there is no such folder, or it cannot be asked.</returns>
    public static uint? OwnerOf(string path)
    {
        Span<byte> status = stackalloc byte[StatusOctets];
        return Status(AtWorkingFolder, path, flags: 0, WantsOwner, ref MemoryMarshal.GetReference(status)) == 0
            ? MemoryMarshal.Read<uint>(status[OwnerOffset..])
            : null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, ref byte status);
}
