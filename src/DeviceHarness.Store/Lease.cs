using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Store;

/// <summary>An execution handed to one rig under one rising number.</summary>
/// <param name="Attempt">The attempt that it begins, with the lease number.</param>
/// <param name="Execution">The execution.</param>
/// <param name="Cycle">Its cycle, with the pack's text and the seed.</param>
/// <param name="Inventory">The store's inventory rows of the cycle's devices, as they are now.</param>
/// <param name="Ends">When the lease ends, by <see cref="LeaseRule.EndOf"/>: the time budgets of the leases in front of it and its own,
/// and the grace.</param>
/// <param name="Rig">The rig that it is given to: the cycle's own, or a spare.</param>
public sealed record Lease(
    AttemptKey Attempt, Execution Execution, Cycle Cycle, IReadOnlyList<InventoryDevice> Inventory, DateTimeOffset Ends, string Rig)
{
    /// <summary>The devices of <see cref="Rig"/>, as they were frozen with the cycle.</summary>
    public IReadOnlyList<DeviceBaseline> Devices => Cycle.DevicesOn(Rig);
}

/// <summary>A lease that is neither ended nor expired.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Rig">The rig that holds it.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="StopReason">Why its cycle was cancelled, stopped by a rule or voided, so that its rig is to stop; empty while the
/// cycle goes on.</param>
public sealed record LiveLease(AttemptKey Attempt, string Rig, string CaseId, DateTimeOffset Ends, string StopReason = "");

/// <summary>A cycle that a stop rule ended.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="Reason">The rule, and the case that met it.</param>
/// <param name="Leases">Its live leases, for their rigs to be asked to stop.</param>
public sealed record StoppedCycle(string CycleId, string Reason, IReadOnlyList<LiveLease> Leases);

/// <summary>A lease that ended without a result.</summary>
/// <param name="Attempt">The attempt, now inconclusive.</param>
/// <param name="Rig">The rig that held it.</param>
/// <param name="IsQueuedAgain">Whether its execution is queued again; false when a person decides, or when a verdict stands
/// already.</param>
/// <param name="IsStopRuleMet">Whether a stop rule ended its cycle with it.</param>
public sealed record ExpiredLease(AttemptKey Attempt, string Rig, bool IsQueuedAgain, bool IsStopRuleMet = false);
