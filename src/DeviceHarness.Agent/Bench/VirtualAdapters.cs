using DeviceHarness.Agent.Rig;
using DeviceHarness.Virtual.Esme;

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
    /// <param name="defects">The defects that are planted in devices on the first adapter's radio.</param>
    /// <param name="time">What makes their time run.</param>
    /// <param name="meterOf">The electricity meter of the bench by its name; null for one that it does not have.</param>
    /// <param name="cancellationToken">Stops them.</param>
    internal static VirtualAdapters Start(
        RigConfiguration rig, IReadOnlyList<RigAdapter> adapters, string dataFolder, IReadOnlyList<string> defects, TimeProvider time,
        Func<string, VirtualEsme?> meterOf, CancellationToken cancellationToken)
    {
        VirtualAdapters started = new();
        foreach (RigAdapter adapter in adapters)
        {
            TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task running = VirtualAdapterHost.RunAsync(
                Path.Combine(rig.Folder, adapter.Model), dataFolder, adapter == adapters[0] ? defects : [],
                BenchPaths.Adapter(dataFolder, rig.Name, adapter.Name),
                (_, _) => ready.SetResult(), time, meterOf, cancellationToken);
            started._running.Add(running);
            started._ready.Add(Task.WhenAny(ready.Task, running).Unwrap());
        }

        return started;
    }

    /// <summary>Waits until all can be opened.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">One cannot be served.</exception>
    internal Task ReadyAsync() => Task.WhenAll(_ready);

    /// <summary>Waits for the end of all.</summary>
    internal Task RunAsync() => Task.WhenAll(_running);
}
