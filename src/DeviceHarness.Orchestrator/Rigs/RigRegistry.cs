using System.Collections.Concurrent;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>The rigs that were ever seen, each with its desk. Safe for use from any thread.</summary>
internal sealed class RigRegistry(RigDeskServices services) : IDisposable
{
    private readonly ConcurrentDictionary<string, RigDesk> _desks = new(StringComparer.Ordinal);

    /// <summary>All rigs by name.</summary>
    public IReadOnlyList<RigDesk> All => [.. _desks.Values.OrderBy(desk => desk.Name, StringComparer.Ordinal)];

    /// <summary>The rigs with an open connection, by name.</summary>
    public IReadOnlyList<RigDesk> Connected => [.. All.Where(desk => desk.Session is not null)];

    /// <summary>The rig of that name; a new one when it was never seen.</summary>
    public RigDesk Open(string name) => _desks.GetOrAdd(name, static (key, shared) => new RigDesk(key, shared), services);

    /// <summary>The rig of that name; null when it was never seen.</summary>
    public RigDesk? Find(string name) => _desks.GetValueOrDefault(name);

    /// <summary>Recalls the rigs that an earlier orchestrator on this store saw; they are offline until they are heard.</summary>
    public async Task RecallAsync(CancellationToken cancellationToken)
    {
        foreach (RigRecord record in await services.Store.ListRigsAsync(cancellationToken).ConfigureAwait(false))
        {
            Open(record.Name).Recall(record);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RigDesk desk in _desks.Values)
        {
            desk.Dispose();
        }
    }
}
