using System.Text.Json;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>Keeps alerts that no attempt was given over the end of the agent: one JSON object a line.</summary>
/// <remarks>A line that was cut off with the power is passed over. When nothing waits any more the file is begun anew, so that it stays
/// short.</remarks>
internal sealed class AlertFile
{
    private readonly string _path;

    /// <summary>Opens the file of a rig, if there is one.</summary>
    /// <param name="dataFolder">The agent's data folder.</param>
    /// <param name="rig">The rig's name.</param>
    public AlertFile(string dataFolder, string rig)
    {
        string folder = Path.Combine(dataFolder, "alerts");
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"{rig}.jsonl");
    }

    /// <summary>Reads what was kept, oldest first.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<BenchAlert> Read() => File.Exists(_path)
        ? [.. File.ReadLines(_path).Select(Parse).OfType<BenchAlert>()]
        : [];

    /// <summary>Adds an alert.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(BenchAlert alert) => File.AppendAllText(_path, JsonSerializer.Serialize(alert) + "\n");

    /// <summary>Writes what still waits in place of everything.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Replace(IReadOnlyCollection<BenchAlert> waiting)
    {
        string next = _path + ".next";
        File.WriteAllLines(next, waiting.Select(alert => JsonSerializer.Serialize(alert)));
        File.Move(next, _path, overwrite: true);
    }

    private static BenchAlert? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchAlert>(line);
        }
        catch (JsonException)
        {
            // The power went while the line was written; the alert is in the wire log of nobody any more.
            return null;
        }
    }
}
