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
public sealed record Lease(
    AttemptKey Attempt, Execution Execution, Cycle Cycle, IReadOnlyList<InventoryDevice> Inventory, DateTimeOffset Ends);

/// <summary>A lease that is neither ended nor expired.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Rig">The rig that holds it.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Ends">When it ends.</param>
public sealed record LiveLease(AttemptKey Attempt, string Rig, string CaseId, DateTimeOffset Ends);

/// <summary>A lease that ended without a result.</summary>
/// <param name="Attempt">The attempt, now inconclusive.</param>
/// <param name="Rig">The rig that held it.</param>
/// <param name="IsQueuedAgain">Whether its execution is queued again; false when a person decides, or when a verdict stands
/// already.</param>
public sealed record ExpiredLease(AttemptKey Attempt, string Rig, bool IsQueuedAgain);
