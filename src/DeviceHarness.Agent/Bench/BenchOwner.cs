using System.Globalization;

namespace DeviceHarness.Agent.Bench;

/// <summary>Which process serves a virtual bench: its id and when it began, in a file beside the links.</summary>
/// <remarks>A process that is killed leaves its links, and the system gives a pseudo-terminal's number to whoever asks next: behind such a
/// link the meter of another bench may answer. So nobody opens a link whose process has gone.</remarks>
internal static class BenchOwner
{
    private const string FileName = "process";

    // /proc/<id>/stat behind the name in brackets begins with field 3; the start time is field 22.
    private const int StartTimeField = 22 - 3;

    /// <summary>Says that this process serves the bench.</summary>
    /// <param name="folder">The bench's folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        string next = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        File.WriteAllText(next, Identity(Environment.ProcessId));
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Whether the process that serves the bench lives.</summary>
    /// <param name="folder">The bench's folder.</param>
    public static bool IsAlive(string folder)
    {
        try
        {
            string identity = File.ReadAllText(Path.Combine(folder, FileName));
            return int.TryParse(identity.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && identity == Identity(id);
        }
        catch (IOException)
        {
            // No bench has served here, or /proc knows its process no more.
            return false;
        }
    }

    /// <summary>The id of a process, and its start in clock ticks since the system's: an id alone is given again.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    internal static string Identity(int processId)
    {
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        string start = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField];
        return string.Create(CultureInfo.InvariantCulture, $"{processId} {start}");
    }
}
