using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Pty;

/// <summary>A symbolic link to a pseudo-terminal that is never seen half made.</summary>
internal static class PublishedLink
{
    /// <summary>Makes the link, or swaps it to a new target, by one rename. What is there and is no link stays as it is.</summary>
    /// <exception cref="TransportException">TRAN-007: it cannot be made, or something else has its name.</exception>
    internal static void Publish(string linkPath, string target, string port)
    {
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{linkPath}.{Environment.ProcessId}.new");
        FileInfo taken = new(linkPath);
        if (taken.LinkTarget is null && (taken.Exists || Directory.Exists(linkPath)))
        {
            throw new TransportException(
                "TRAN-007", $"{port}: {linkPath} is there already and is no link; give another path, or move it away", port);
        }

        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(linkPath));
            if (folder is not null)
            {
                _ = Directory.CreateDirectory(folder);
            }

            File.Delete(temporary);
            _ = File.CreateSymbolicLink(temporary, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException("TRAN-007", $"{port}: the link {linkPath} cannot be made", port, exception);
        }

        if (LibC.Rename(temporary, linkPath) != 0)
        {
            Win32Exception error = new(Marshal.GetLastPInvokeError());
            File.Delete(temporary);
            throw new TransportException("TRAN-007", $"{port}: the link {linkPath} cannot be made", port, error);
        }
    }

    /// <summary>Removes the link unless it was swapped to another target meanwhile.</summary>
    internal static void Remove(string linkPath, string target)
    {
        FileInfo link = new(linkPath);
        if (link.LinkTarget == target)
        {
            link.Delete();
        }
    }
}
