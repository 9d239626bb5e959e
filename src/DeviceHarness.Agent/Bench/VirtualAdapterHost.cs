using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Agent.Bench;

/// <summary>Serves a virtual ZigBee adapter at the far end of a pseudo-terminal, for whatever host opens it.</summary>
public static class VirtualAdapterHost
{
    /// <summary>The defects that can be planted in devices on an adapter's radio.</summary>
    public static IReadOnlyList<string> DefectNames => HanDefectNames.All;

    /// <summary>Serves until cancelled; then removes the link.</summary>
    /// <param name="modelFile">What the adapter is.</param>
    /// <param name="dataFolder">Where the link goes, what adapter and devices keep without power, and what the devices were told.</param>
    /// <param name="defects">The defects that are planted in devices on its radio: each a name, or <c>device:name</c>.</param>
    /// <param name="linkPath">The link that clients open; null for one in the data folder, named as the file.</param>
    /// <param name="onReady">Told the link and the pseudo-terminal when clients may open them.</param>
    /// <param name="time">What makes the adapter's time run.</param>
    /// <param name="cancellationToken">Stops it; that is no error.</param>
    /// <exception cref="ConfigurationException">The model file is missing or wrong.</exception>
    /// <exception cref="TransportException">Another process serves the adapter from this data folder, the link's path is taken by something
    /// else, or no pseudo-terminal is to be had.</exception>
    /// <exception cref="IOException">What the adapter keeps cannot be read or written.</exception>
    public static Task RunAsync(
        string modelFile, string dataFolder, IReadOnlyList<string> defects, string? linkPath, Action<string, string> onReady,
        TimeProvider time, CancellationToken cancellationToken) =>
        RunAsync(modelFile, dataFolder, defects, linkPath, onReady, time, static _ => null, cancellationToken);

    /// <summary>The same on a bench with electricity meters, of which devices on the radio are a face.</summary>
    internal static async Task RunAsync(
        string modelFile, string dataFolder, IReadOnlyList<string> defects, string? linkPath, Action<string, string> onReady,
        TimeProvider time, Func<string, VirtualEsme?> meterOf, CancellationToken cancellationToken)
    {
        if (!File.Exists(modelFile))
        {
            throw new ConfigurationException("RIG-005", modelFile, 0, 0, "file", "no such file", "a virtual adapter's model file");
        }

        NcpModel model = Plant(NcpModelReader.ReadFile(modelFile), defects);
        string name = Path.GetFileNameWithoutExtension(modelFile);
        DataFolder.Create(dataFolder);
        string folder = BenchPaths.Folder(dataFolder, "adapters");
        Directory.CreateDirectory(folder);
        using FileStream hold = VirtualBenchHost.Hold(Path.Combine(folder, $"{name}.lock"), $"the adapter {name}");
        string link = linkPath ?? Path.Combine(folder, name);
        using FileCommandLog commands = new(Path.Combine(folder, $"{name}.commands.jsonl"));
        HanDeviceStores devices = new(device => new FileFlash(Path.Combine(folder, "flash", $"{name}.{device}")), commands)
        {
            MeterOf = meterOf,
        };
        VirtualNcp adapter = new(name, model, time, new FileFlash(Path.Combine(folder, "flash", name)), devices);
        PtyMasterTransport line = PtyMasterTransport.Create(new PtySettings { Name = name, LinkPath = link });
        await using ConfiguredAsyncDisposable closing = line.ConfigureAwait(false);
        onReady(link, line.SlavePath);
        try
        {
            await adapter.RunAsync(new VirtualLine(line), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop: what it keeps is in its flash.
        }
    }

    private static NcpModel Plant(NcpModel model, IReadOnlyList<string> defects)
    {
        try
        {
            return defects.Aggregate(model, HanDefectNames.Plant);
        }
        catch (ArgumentException fault)
        {
            throw new ConfigurationException("RIG-006", "--defect", 0, 0, "--defect", fault.Message, string.Join(", ", DefectNames));
        }
    }
}
