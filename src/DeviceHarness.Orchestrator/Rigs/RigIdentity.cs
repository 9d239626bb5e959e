using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>What a rig says of itself, and what a change of it means for the cycles that were frozen against it.</summary>
/// <remarks>Everything but <see cref="Record"/> is used under the gate of the rig's desk; <see cref="Record"/> from any thread.</remarks>
internal sealed class RigIdentity(string rig, RigDeskServices services, CycleFollowUp followUp)
{
    private RigRecord? _record;

    /// <summary>What the rig last said of itself; null when it never did.</summary>
    public RigRecord? Record => Volatile.Read(ref _record);

    /// <summary>Recalls what an earlier orchestrator heard of the rig.</summary>
    public void Recall(RigRecord record) => Volatile.Write(ref _record, record);

    /// <summary>Keeps when the rig was last heard.</summary>
    public async Task SeenAsync(DateTimeOffset lastSeen, CancellationToken cancellationToken)
    {
        if (Record is { } record)
        {
            Volatile.Write(ref _record, record with { LastSeen = lastSeen });
            await services.Store.PutRigAsync(record with { LastSeen = lastSeen }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes what the rig says now; other devices than before void its open cycles.</summary>
    /// <returns>Why cycles were voided, and their live leases.</returns>
    public async Task<(string Reason, IReadOnlyList<LiveLease> Voided)> RenewAsync(RigRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceBaseline> before = Record?.Devices ?? [];
        List<LiveLease> voided = [];
        BaselineDifference? difference = Record is null ? null : BaselineRule.Difference(before, record.Devices);
        if (difference is not null)
        {
            foreach (Cycle cycle in await followUp.OpenCyclesAsync(rig, cancellationToken).ConfigureAwait(false))
            {
                voided.AddRange(await followUp.LeaveAsync(cycle, rig, difference, cancellationToken).ConfigureAwait(false));
            }

            await followUp.OvertakeAsync(rig, difference, cancellationToken).ConfigureAwait(false);
        }

        await services.Store.PutRigAsync(record, cancellationToken).ConfigureAwait(false);
        await services.Store.SeedInventoryAsync(rig, [.. record.Devices.Select(device => device.Inventory)], cancellationToken)
            .ConfigureAwait(false);
        foreach (DeviceBaseline device in record.Devices)
        {
            // The store is the master of the inventory, but a person who edits the rig file means it.
            if (before.FirstOrDefault(old => old.Device.Eui64 == device.Device.Eui64) is { } old && old.Inventory != device.Inventory)
            {
                await services.Store.PutInventoryAsync(rig, device.Inventory, cancellationToken).ConfigureAwait(false);
            }
        }

        Volatile.Write(ref _record, record);
        return ($"the cycle is void: {difference?.Text}", voided);
    }
}
