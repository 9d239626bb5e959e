namespace DeviceHarness.Agent.Survey;

/// <summary>The name of a port that outlives a replug.</summary>
internal static class StablePort
{
    private static readonly string[] Folders = ["dev/serial/by-id", "dev/serial/by-path"];

    /// <summary>The stable name of a device node, by the adapter's serial number, else by its socket; the path itself when it is a link
    /// already, or has none.</summary>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    /// <param name="path">The port.</param>
    internal static string Of(string root, string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            return path;
        }

        foreach (string folder in Folders.Select(name => Path.Combine(root, name)).Where(Directory.Exists))
        {
            string? link = Directory.EnumerateFileSystemEntries(folder)
                .FirstOrDefault(entry => new FileInfo(entry).ResolveLinkTarget(returnFinalTarget: true)?.FullName == path);
            if (link is not null)
            {
                return link;
            }
        }

        return path;
    }
}
