using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Agent.Session;

/// <summary>The leases that wait and those that run. One begins as soon as nothing that it holds is held by one that runs, or wanted by one
/// in front of it: on each device cases keep the order in which they came.</summary>
/// <param name="limit">How many may run at once, from 1.</param>
internal sealed class LeaseQueue(int limit)
{
    private readonly List<Entry> _waiting = [];
    private readonly List<(Entry Entry, Task Run)> _running = [];

    /// <summary>The runs that have begun and were not taken out.</summary>
    public IEnumerable<Task> Running => _running.Select(run => run.Run);

    /// <summary>Puts a lease behind the others.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="devices">Its devices; null when it wants the rig for itself.</param>
    /// <param name="holdOf">What devices hold besides themselves.</param>
    public void Add(Lease lease, IReadOnlyList<DeviceId>? devices, Func<IEnumerable<DeviceId>, IReadOnlySet<string>> holdOf) =>
        _waiting.Add(new Entry(lease, devices, devices is null ? null : holdOf(devices)));

    /// <summary>Begins what can begin.</summary>
    /// <param name="run">Runs a lease on its devices, null for the whole rig.</param>
    public void Begin(Func<Lease, IReadOnlyList<DeviceId>?, Task> run)
    {
        List<Entry> inFront = [.. _running.Select(running => running.Entry)];
        foreach (Entry entry in _waiting.ToArray())
        {
            if (_running.Count >= limit)
            {
                return;
            }

            if (!inFront.Exists(entry.Excludes))
            {
                _waiting.Remove(entry);
                _running.Add((entry, run(entry.Lease, entry.Devices)));
            }

            inFront.Add(entry);
        }
    }

    /// <summary>Takes out the runs that have ended; a fault of one passes through.</summary>
    public async Task TakeOutEndedAsync()
    {
        foreach ((Entry Entry, Task Run) ended in _running.Where(running => running.Run.IsCompleted).ToArray())
        {
            _running.Remove(ended);
            await ended.Run.ConfigureAwait(false);
        }
    }

    private sealed record Entry(Lease Lease, IReadOnlyList<DeviceId>? Devices, IReadOnlySet<string>? Hold)
    {
        public bool Excludes(Entry other) => Hold is null || other.Hold is null || Hold.Overlaps(other.Hold);
    }
}
