using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>An attempt of which a rig's journal still holds events.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="JournalHighWater">The highest sequence in the journal; 0 when it holds none.</param>
/// <param name="IsRunning">Whether the rig still runs it.</param>
internal sealed record HeldAttempt(AttemptKey Attempt, long JournalHighWater, bool IsRunning);

/// <summary>What follows from comparing the leases of a rig with what the rig says it holds.</summary>
/// <param name="Resumed">Leases that the rig still runs: nothing is to be done.</param>
/// <param name="Tails">Leases that the rig does not run any more, of which events are still to come: lost when the last of them brings
/// no end.</param>
/// <param name="Missing">Leases of which the rig knows nothing: it never got them, or lost them with its power.</param>
/// <param name="Strays">Attempts that the rig runs without a live lease.</param>
internal sealed record Reconciliation(
    IReadOnlyList<AttemptKey> Resumed,
    IReadOnlyList<HeldAttempt> Tails,
    IReadOnlyList<AttemptKey> Missing,
    IReadOnlyList<AttemptKey> Strays)
{
    /// <summary>Compares both sides after a rig has connected.</summary>
    /// <param name="live">The rig's live leases by the store.</param>
    /// <param name="held">What the rig holds.</param>
    public static Reconciliation Of(IEnumerable<LiveLease> live, IReadOnlyList<HeldAttempt> held)
    {
        Dictionary<AttemptKey, HeldAttempt> byKey =
            held.GroupBy(item => item.Attempt).ToDictionary(group => group.Key, group => group.Last());
        List<AttemptKey> resumed = [];
        List<HeldAttempt> tails = [];
        List<AttemptKey> missing = [];
        foreach (AttemptKey key in live.Select(lease => lease.Attempt))
        {
            if (!byKey.Remove(key, out HeldAttempt? item) || item is { IsRunning: false, JournalHighWater: 0 })
            {
                missing.Add(key);
            }
            else if (item.IsRunning)
            {
                resumed.Add(key);
            }
            else
            {
                tails.Add(item);
            }
        }

        return new Reconciliation(resumed, tails, missing, [.. byKey.Values.Where(item => item.IsRunning).Select(item => item.Attempt)]);
    }
}
