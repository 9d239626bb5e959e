using System.Diagnostics;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>A test that is root's: whoever may not (not root, or a container without the right to mount) skips it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> MayMount = new(TryMount);

    /// <summary>Marks the test.</summary>
    /// <param name="mounts">Whether it mounts a disk of its own; else it gives files to another account.</param>
    public RootFactAttribute(bool mounts = true)
    {
        if (mounts && !MayMount.Value)
        {
            Skip = "mounting a small disk needs root and the right to mount";
        }
        else if (!Environment.IsPrivilegedProcess)
        {
            Skip = "giving a folder to another account needs root";
        }
    }

    private static bool TryMount()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return false;
        }

        string folder = Directory.CreateTempSubdirectory("harness-mount-").FullName;
        bool isMounted = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) == 0;
        if (isMounted)
        {
            Run("umount", folder);
        }

        Directory.Delete(folder);
        return isMounted;
    }

    private static int Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
