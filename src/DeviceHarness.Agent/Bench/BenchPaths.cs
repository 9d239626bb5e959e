using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Bench;

/// <summary>Where a virtual bench and its agent meet: links in the data folder.</summary>
internal static class BenchPaths
{
    /// <summary>The folder of a rig's virtual bench.</summary>
    public static string Folder(string dataFolder, string rig) => Path.Combine(dataFolder, "bench", rig);

    /// <summary>The link to a virtual device's pseudo-terminal, or the file with the address where it takes connections.</summary>
    public static string Port(string dataFolder, string rig, DeviceId device) => Path.Combine(Folder(dataFolder, rig), device.Value);

    /// <summary>Where a virtual adapter of a rig is opened.</summary>
    public static string Adapter(string dataFolder, string rig, string adapter) =>
        Path.Combine(Folder(dataFolder, rig), $"{adapter}.adapter");

    /// <summary>Where a virtual relay board of a rig is opened.</summary>
    public static string Board(string dataFolder, string rig, string board) => Path.Combine(Folder(dataFolder, rig), $"{board}.board");

    /// <summary>The virtual devices' own log of every command that could change them.</summary>
    public static string CommandLog(string dataFolder, string rig) => Path.Combine(Folder(dataFolder, rig), "commands.jsonl");

    /// <summary>The file with the address where a virtual bench is told what to do.</summary>
    /// <param name="folder">The bench's folder.</param>
    public static string Control(string folder) => Path.Combine(folder, "control.address");

    /// <summary>What a virtual device keeps without power.</summary>
    public static string Flash(string dataFolder, string rig, DeviceId device) =>
        Path.Combine(Folder(dataFolder, rig), "flash", device.Value);
}
