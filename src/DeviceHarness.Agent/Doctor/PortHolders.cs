namespace DeviceHarness.Agent.Doctor;

/// <summary>Which programs have a device node open, as far as this user may see.</summary>
internal static class PortHolders
{
    private const string OwnProgram = "harness.dll";

    /// <summary>Looks through the open files of all processes.</summary>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    /// <param name="path">The port; links are followed.</param>
    /// <returns>Such as <c>picocom (process 812)</c>.</returns>
    public static IReadOnlyList<string> Of(string root, string path)
    {
        string target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        List<string> holders = [];
        foreach (string process in Directory.EnumerateDirectories(Path.Combine(root, "proc")))
        {
            string id = Path.GetFileName(process);
            if (id.All(char.IsAsciiDigit) && HasOpen(process, target))
            {
                holders.Add($"{NameOf(process)} (process {id})");
            }
        }

        return holders;
    }

    private static bool HasOpen(string process, string target)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(file => new FileInfo(file).LinkTarget == target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is another user's: nobody can say what it has open.
            return false;
        }
    }

    /// <summary>The program's name; of one of ours the verb too, which tells an agent from a survey.</summary>
    private static string NameOf(string process)
    {
        try
        {
            string commandLine = Path.Combine(process, "cmdline");
            string[] words = File.Exists(commandLine) ? File.ReadAllText(commandLine).Split('\0') : [];
            int program = Array.FindIndex(words, word => Path.GetFileName(word) == OwnProgram);
            return program >= 0 && program + 1 < words.Length
                ? $"harness {words[program + 1]}"
                : File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a program that ended";
        }
    }
}
