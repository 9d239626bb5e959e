using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>What the end of an attempt means for its execution and its cycle.</summary>
/// <remarks>Used under the gate of one rig's desk.</remarks>
internal sealed class CycleFollowUp(RigDeskServices services)
{
    private readonly FirmwareProposals _proposals = new(services);
    private readonly HashSet<string> _perhapsEnded = new(StringComparer.Ordinal);

    /// <summary>A cycle may have ended: it is looked at with the next <see cref="AnnounceEndsAsync"/>.</summary>
    public void MayHaveEnded(string cycleId) => _perhapsEnded.Add(cycleId);

    /// <summary>An attempt ended: watchers are told, and its cycle may have ended with it.</summary>
    public void Ended(AttemptKey key)
    {
        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        services.Hub.Publish(cycleId, new ExecutionNews(key.ExecutionId));
        MayHaveEnded(cycleId);
    }

    /// <summary>Tells the watchers of those cycles that have ended.</summary>
    /// <param name="busyWith">Cycles that were given work just now and go on.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task AnnounceEndsAsync(IReadOnlySet<string> busyWith, CancellationToken cancellationToken)
    {
        foreach (string cycleId in _perhapsEnded.Where(cycleId => !busyWith.Contains(cycleId)))
        {
            await AnnounceEndAsync(cycleId, cancellationToken).ConfigureAwait(false);
        }

        _perhapsEnded.Clear();
    }

    /// <summary>A stop rule ended cycles with one of their attempts.</summary>
    /// <returns>Those cycles with their live leases, for their rigs to be asked to stop.</returns>
    public async Task<IReadOnlyList<StoppedCycle>> StoppedAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoppedCycle> cycles = await services.Store
            .ListStoppedAsync(ExecutionName.CycleOf(key.ExecutionId), cancellationToken).ConfigureAwait(false);
        foreach (StoppedCycle cycle in cycles)
        {
            OrchestratorLog.CycleStopped(services.Logger, cycle.CycleId, cycle.Reason);
            MayHaveEnded(cycle.CycleId);
        }

        return cycles;
    }

    /// <summary>Voids a cycle, and proposes a test where the firmware of its devices changed.</summary>
    /// <returns>Its live leases, for their rigs to be asked to stop.</returns>
    public async Task<IReadOnlyList<LiveLease>> VoidAsync(
        string cycleId, BaselineDifference difference, CancellationToken cancellationToken)
    {
        // Before the cycle is void, so that nobody sees it void without it.
        await _proposals.ProposeAsync(cycleId, difference.Firmware, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<LiveLease>? leases =
            await services.Store.VoidCycleAsync(cycleId, difference.Text, services.Now, cancellationToken).ConfigureAwait(false);
        OrchestratorLog.CycleVoided(services.Logger, cycleId, difference.Text);
        MayHaveEnded(cycleId);
        return leases ?? [];
    }

    /// <summary>Whether an attempt that runs without a live lease may finish and be counted: no newer attempt took its place.</summary>
    /// <returns>The time budget of its case; null when it may not finish.</returns>
    public async Task<TimeSpan?> BudgetToFinishAsync(AttemptKey key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken).ConfigureAwait(false) is ({ StateReason.Length: 0 }, { } history)
        && history.Attempts.MaxBy(attempt => attempt.Key.Number) is { State: AttemptState.Expired, IsSuperseded: false } newest
        && newest.Key == key
            ? history.Execution.TimeBudget
            : null;

    /// <summary>A rig was lost to a cycle: the desks of the cycle's other rigs are to look whether they take over.</summary>
    public async Task RingOthersAsync(ExpiredLease lease, CancellationToken cancellationToken)
    {
        if ((await FindAsync(lease.Attempt, cancellationToken).ConfigureAwait(false)).Cycle is { Spares.Count: > 0 } cycle)
        {
            foreach (string rig in cycle.Spares.Select(spare => spare.Rig).Append(cycle.Rig).Where(rig => rig != lease.Rig))
            {
                services.Bell.Ring(rig);
            }
        }
    }

    /// <summary>A rig is given no more work: the desks of the other rigs of its cycles are to look whether they take over.</summary>
    public async Task RingSparesAsync(string rig, CancellationToken cancellationToken)
    {
        foreach (Cycle cycle in await OpenCyclesAsync(rig, cancellationToken).ConfigureAwait(false))
        {
            foreach (string other in cycle.Spares.Select(spare => spare.Rig).Append(cycle.Rig).Where(other => other != rig))
            {
                services.Bell.Ring(other);
            }
        }
    }

    /// <summary>The devices of a rig are not those that a cycle was frozen with: a spare that ran nothing of it leaves it, and otherwise
    /// the cycle is void.</summary>
    /// <returns>The live leases of the voided cycle, for their rigs to be asked to stop.</returns>
    public async Task<IReadOnlyList<LiveLease>> LeaveAsync(
        Cycle cycle, string rig, BaselineDifference difference, CancellationToken cancellationToken)
    {
        if (!await services.Store.WithdrawSpareAsync(cycle.Id, rig, cancellationToken).ConfigureAwait(false))
        {
            return await VoidAsync(cycle.Id, difference, cancellationToken).ConfigureAwait(false);
        }

        OrchestratorLog.SpareWithdrawn(services.Logger, rig, cycle.Id, difference.Text);
        foreach (string other in cycle.Spares.Select(spare => spare.Rig).Append(cycle.Rig).Where(other => other != rig))
        {
            services.Bell.Ring(other);
        }

        return [];
    }

    /// <summary>The cycles of a rig, also those that it is a spare of, that have not ended.</summary>
    public async Task<IReadOnlyList<Cycle>> OpenCyclesAsync(string rig, CancellationToken cancellationToken)
    {
        IReadOnlyList<CycleSummary> cycles = await services.Store.ListCyclesAsync(CycleLimits.MaximumListed, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. cycles.Select(summary => summary.Cycle)
                .Where(cycle => !cycle.State.HasEnded() && (cycle.Rig == rig || cycle.Spares.Any(spare => spare.Rig == rig))),
        ];
    }

    /// <summary>Whether an inventory change breaks the baseline that a cycle was frozen against.</summary>
    /// <param name="key">The attempt that brought the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>What changed; null when the baseline holds, when nothing changed under the cycle, or when it has ended.</returns>
    public async Task<BaselineDifference?> FirmwareDifferenceAsync(
        AttemptKey key, InventoryChanged change, CancellationToken cancellationToken)
    {
        CycleDetail? detail = await services.Store.GetCycleAsync(ExecutionName.CycleOf(key.ExecutionId), cancellationToken)
            .ConfigureAwait(false);
        return detail is null || detail.Cycle.State.HasEnded() || !BaselineRule.WasFirmwareRead(detail, change.Eui64, key)
            ? null
            : BaselineRule.FirmwareDifference(detail, key, change.Eui64, change.Value);
    }

    /// <summary>Proposes a test for the complete cycles of a rig whose devices have left the versions that they ran on.</summary>
    public Task OvertakeAsync(string rig, BaselineDifference difference, CancellationToken cancellationToken) =>
        _proposals.ProposeForCompleteAsync(rig, difference.Firmware, cancellationToken);

    private async Task AnnounceEndAsync(string cycleId, CancellationToken cancellationToken)
    {
        CycleDetail? detail = await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false);
        if (detail is not null && detail.Cycle.State.HasEnded())
        {
            OrchestratorLog.CycleEnded(services.Logger, cycleId, detail.Cycle.State.ToString(), detail.Rate.ToString());
            services.Hub.Publish(cycleId, new EndedNews());
        }
    }

    private async Task<(Cycle? Cycle, ExecutionHistory? History)> FindAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        CycleDetail? detail = await services.Store.GetCycleAsync(ExecutionName.CycleOf(key.ExecutionId), cancellationToken)
            .ConfigureAwait(false);
        return (detail?.Cycle, detail?.Executions.FirstOrDefault(execution => execution.Execution.Id == key.ExecutionId));
    }
}
