using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Migration;

namespace DeviceHarness.Agent.Bench;

/// <summary>The simulated migration of the installations that a rig file names.</summary>
/// <param name="installations">The installations.</param>
/// <param name="rules">How the migration behaves, planted defects with it.</param>
/// <param name="inventory">The agent's copy of the inventory.</param>
/// <param name="list">The products list.</param>
/// <param name="time">The bench's clock.</param>
internal sealed class RigMigrationPort(
    IReadOnlyList<Installation> installations, MigrationRules rules, SmartMeteringInventory inventory, CertifiedProductsList list,
    TimeProvider time) : IMigrationPort
{
    private readonly SimulatedMigration _migration = new(rules, inventory, list);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Installations { get; } = [.. installations.Select(installation => installation.Name)];

    /// <inheritdoc/>
    public void Begin(string installation) => _migration.Begin(Find(installation));

    /// <inheritdoc/>
    public MigrationAnswer Deliver(string installation, int file) => _migration.Deliver(Find(installation), file, time.GetUtcNow());

    /// <inheritdoc/>
    public IReadOnlyList<MemberSupplier> SuppliersOf(string installation)
    {
        Installation found = Find(installation);
        DateTimeOffset now = time.GetUtcNow();
        return
        [
            .. _migration.DevicesOf(found).Select(device => new MemberSupplier(
                device.DeviceId, device.DeviceType, Installation.IsDormant(device), _migration.SupplierOf(found, device.DeviceId, now))),
        ];
    }

    private Installation Find(string name) => installations.Single(installation => installation.Name == name);
}
