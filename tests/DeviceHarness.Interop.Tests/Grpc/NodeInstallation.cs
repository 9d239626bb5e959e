using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>The peers in the output folder with their packages, installed once for each lock file.</summary>
internal static class NodeInstallation
{
    private const int OldestMajor = 20;
    private const string Marker = ".installed";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Installed = new();

    /// <summary>The folder to run the peers from.</summary>
    /// <param name="area">The folder of the tests that they are for.</param>
    /// <exception cref="InvalidOperationException">There is no Node, it is too old, or the packages cannot be installed.</exception>
    public static Task<string> FolderAsync(string area = "Grpc") =>
        Installed.GetOrAdd(area, static name => new Lazy<Task<string>>(() => InstallAsync(name))).Value;

    private static async Task<string> InstallAsync(string area)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, area, "peers");
        await CheckNodeAsync();
        string wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        string marker = Path.Combine(folder, Marker);
        if (File.Exists(marker) && await File.ReadAllTextAsync(marker) == wanted)
        {
            return folder;
        }

        (int code, string output) = await ToolRun.ReadAsync(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (code != 0)
        {
            throw new InvalidOperationException($"'npm ci' for the peers ended with {code}: {output}");
        }

        await File.WriteAllTextAsync(marker, wanted);
        return folder;
    }

    private static async Task CheckNodeAsync()
    {
        string version;
        try
        {
            version = (await ToolRun.ReadAsync(AppContext.BaseDirectory, "node", "--version")).Output.Trim();
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"the peers need Node {OldestMajor} or newer, and there is none on PATH", exception);
        }

        if (!int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            || major < OldestMajor)
        {
            throw new InvalidOperationException($"the peers need Node {OldestMajor} or newer, and this is {version}");
        }
    }
}
