using DeviceHarness.Agent.Rig;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Agent.Bench;

/// <summary>The virtual ZigBee adapters of a rig, each served on a pseudo-terminal of its own.</summary>
internal sealed class VirtualAdapters
{
    private readonly List<Task> _running = [];
    private readonly List<Task> _ready = [];

    private VirtualAdapters()
    {
    }

    /// <summary>Begins to serve adapters, until cancelled.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="adapters">The adapters.</param>
    /// <param name="dataFolder">Where links go, and what adapters and devices keep without power.</param>
    /// <param name="defects">The defects that are planted, each on the first radio where a device can have it.</param>
    /// <param name="time">What makes their time run.</param>
    /// <param name="meterOf">The electricity meter of the bench by its name; null for one that it does not have.</param>
    /// <param name="cancellationToken">Stops them.</param>
    internal static VirtualAdapters Start(
        RigConfiguration rig, IReadOnlyList<RigAdapter> adapters, string dataFolder, IReadOnlyList<string> defects, TimeProvider time,
        Func<string, VirtualEsme?> meterOf, CancellationToken cancellationToken)
    {
        VirtualAdapters started = new();
        ILookup<RigAdapter, string> planted = Planted(rig, adapters, defects);
        foreach (RigAdapter adapter in adapters)
        {
            TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task running = VirtualAdapterHost.RunAsync(
                Path.Combine(rig.Folder, adapter.Model), dataFolder, [.. planted[adapter]],
                BenchPaths.Adapter(dataFolder, rig.Name, adapter.Name),
                (_, _) => ready.SetResult(), time, meterOf, cancellationToken);
            started._running.Add(running);
            started._ready.Add(Task.WhenAny(ready.Task, running).Unwrap());
        }

        return started;
    }

    /// <summary>Where each defect is planted: one that no device can have, with the first adapter, which says so.</summary>
    internal static ILookup<RigAdapter, string> Planted(
        RigConfiguration rig, IReadOnlyList<RigAdapter> adapters, IReadOnlyList<string> defects)
    {
        if (defects.Count == 0 || adapters.Count == 1)
        {
            return defects.ToLookup(_ => adapters[0]);
        }

        Dictionary<RigAdapter, NcpModel> models = adapters.Where(adapter => File.Exists(Path.Combine(rig.Folder, adapter.Model)))
            .ToDictionary(adapter => adapter, adapter => NcpModelReader.ReadFile(Path.Combine(rig.Folder, adapter.Model)));
        return defects.ToLookup(defect => adapters.FirstOrDefault(
            adapter => models.TryGetValue(adapter, out NcpModel? model) && HanDefectNames.IsPlantable(model, defect)) ?? adapters[0]);
    }

    /// <summary>Waits until all can be opened.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">One cannot be served.</exception>
    internal Task ReadyAsync() => Task.WhenAll(_ready);

    /// <summary>Waits for the end of all.</summary>
    internal Task RunAsync() => Task.WhenAll(_running);
}
