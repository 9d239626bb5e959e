using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace DeviceHarness.Interop.Tests.Duis;

/// <summary>A published npm package, fetched into a temporary folder and deleted afterwards. It never enters the repository.</summary>
internal sealed class NpmPackage : IDisposable
{
    /// <summary>How long the registry may take.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private NpmPackage(DirectoryInfo folder) => Folder = folder;

    /// <summary>The folder with the package's own files below <c>package/</c>.</summary>
    public DirectoryInfo Folder { get; }

    public static async Task<NpmPackage> FetchAsync(string nameAndVersion)
    {
        NpmPackage package = new(Directory.CreateTempSubdirectory("duis-peer-"));
        ProcessStartInfo start = new("npm", ["pack", "--silent", nameAndVersion])
        {
            WorkingDirectory = package.Folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start: install nodejs and npm");
        Task<string> output = npm.StandardOutput.ReadToEndAsync();
        Task<string> error = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync().WaitAsync(Bound, TimeProvider.System);
        string said = $"{await output}{await error}";
        if (npm.ExitCode != 0)
        {
            package.Dispose();
            throw new InvalidOperationException($"npm pack {nameAndVersion} ended with {npm.ExitCode}: {said}");
        }

        await using FileStream file = package.Folder.EnumerateFiles("*.tgz").Single().OpenRead();
        await using GZipStream unzipped = new(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unzipped, package.Folder.FullName, overwriteFiles: false);
        return package;
    }

    public void Dispose() => Folder.Delete(recursive: true);
}
