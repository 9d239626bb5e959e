using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Mapping;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>The attempts that a rig still runs although their lease has ended, and until when each may.</summary>
/// <remarks>Used under the gate of the rig's desk.</remarks>
internal sealed class StrayAttempts(string rig, RigDeskServices services, CycleFollowUp followUp)
{
    private readonly Dictionary<AttemptKey, DateTimeOffset> _ends = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _ends.Count == 0;

    /// <summary>Forgets all of them.</summary>
    public void Clear() => _ends.Clear();

    /// <summary>One ended.</summary>
    public void Remove(AttemptKey key) => _ends.Remove(key);

    /// <summary>Decides about one: it is left to finish when nothing took its place, and called off otherwise.</summary>
    public async Task JudgeAsync(AttemptKey key, RigSession? session, CancellationToken cancellationToken)
    {
        TimeSpan? budget = await followUp.BudgetToFinishAsync(key, cancellationToken).ConfigureAwait(false);
        OrchestratorLog.StrayAttempt(
            services.Logger, rig, key.Number, key.ExecutionId, key.LeaseNumber, budget is null ? "cancelled" : "left to finish");
        if (budget is { } timeBudget)
        {
            DateTimeOffset? lastEnd = _ends.Count == 0 ? null : _ends.Values.Max();
            _ends[key] = LeaseRule.EndOf(services.Now, timeBudget, lastEnd);
        }
        else
        {
            session?.TrySend(ContractMapping.Cancel(key, "the lease ended and the case was decided without it"));
        }
    }

    /// <summary>Calls off those whose time is over.</summary>
    /// <returns>Whether there was one.</returns>
    public bool CallOffOverdue(RigSession? session)
    {
        DateTimeOffset now = services.Now;
        List<AttemptKey> overdue = [.. _ends.Where(stray => stray.Value <= now).Select(stray => stray.Key)];
        foreach (AttemptKey attempt in overdue)
        {
            _ends.Remove(attempt);
            session?.TrySend(ContractMapping.Cancel(attempt, "the lease ended and its attempt did not"));
        }

        return overdue.Count > 0;
    }
}
