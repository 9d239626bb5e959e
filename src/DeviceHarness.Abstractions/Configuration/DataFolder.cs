namespace DeviceHarness.Abstractions.Configuration;

/// <summary>The folder that holds what a harness process keeps between runs.</summary>
public static class DataFolder
{
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

    /// <summary>Makes the folder for its owner only, when it is not there.</summary>
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
        }
    }
}
