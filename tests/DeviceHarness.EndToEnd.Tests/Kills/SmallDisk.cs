using System.Diagnostics;
using DeviceHarness.TestKit;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>A small disk of its own in a folder, which can be filled to its last octet; needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    public static async Task<SmallDisk> MountAsync(string folder, int kibibytes)
    {
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k,mode=0700", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Fills the disk.</summary>
    public void Fill()
    {
        using FileStream filler = new(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        byte[] piece = new byte[512];
        try
        {
            while (true)
            {
                filler.Write(piece);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room.</summary>
    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", _folder);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync().DefaultTimeout();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
