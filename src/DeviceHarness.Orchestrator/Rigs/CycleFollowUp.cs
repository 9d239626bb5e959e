using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>What the end of an attempt means for its execution and its cycle.</summary>
internal sealed class CycleFollowUp(RigDeskServices services)
{
    /// <summary>Queues an execution again when its attempt said nothing about the device and may be repeated.</summary>
    public async Task RepeatIfDueAsync(AttemptKey key, Verdict verdict, string reason, CancellationToken cancellationToken)
    {
        if (verdict != Verdict.Inconclusive)
        {
            return;
        }

        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is ({ } cycle, { } history)
            && RepeatRule.IsRepeated(cycle, history, key, services.Options.InconclusiveRetries)
            && await services.Store.RepeatExecutionAsync(key.ExecutionId, cancellationToken).ConfigureAwait(false))
        {
            OrchestratorLog.Repeated(services.Logger, key.Number, key.ExecutionId, reason);
        }
    }

    /// <summary>Tells the watchers of a cycle that it has ended, when it has.</summary>
    public async Task AnnounceEndAsync(string cycleId, CancellationToken cancellationToken)
    {
        CycleDetail? detail = await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false);
        if (detail is not null && detail.Cycle.State.HasEnded())
        {
            OrchestratorLog.CycleEnded(services.Logger, cycleId, detail.Cycle.State.ToString(), detail.Rate.ToString());
            services.Hub.Publish(cycleId, new EndedNews());
        }
    }

    /// <summary>Whether an attempt that runs without a live lease may finish and be counted: no newer attempt took its place.</summary>
    /// <returns>The time budget of its case; null when it may not finish.</returns>
    public async Task<TimeSpan?> BudgetToFinishAsync(AttemptKey key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken).ConfigureAwait(false) is ({ StateReason.Length: 0 }, { } history)
        && history.Attempts.MaxBy(attempt => attempt.Key.Number) is { State: AttemptState.Expired, IsSuperseded: false } newest
        && newest.Key == key
            ? history.Execution.TimeBudget
            : null;

    /// <summary>The cycles of a rig that have not ended.</summary>
    public async Task<IReadOnlyList<string>> OpenCyclesAsync(string rig, CancellationToken cancellationToken)
    {
        IReadOnlyList<CycleSummary> cycles = await services.Store.ListCyclesAsync(CycleLimits.MaximumListed, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. cycles.Select(summary => summary.Cycle)
                .Where(cycle => cycle.Rig == rig && !cycle.State.HasEnded())
                .Select(cycle => cycle.Id),
        ];
    }

    /// <summary>Whether an inventory change breaks the baseline that a cycle was frozen against.</summary>
    /// <param name="key">The attempt that brought the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>What changed; null when the baseline holds, when nothing changed under the cycle, or when it has ended.</returns>
    public async Task<string?> FirmwareDifferenceAsync(AttemptKey key, InventoryChanged change, CancellationToken cancellationToken)
    {
        CycleDetail? detail = await services.Store.GetCycleAsync(ExecutionName.CycleOf(key.ExecutionId), cancellationToken)
            .ConfigureAwait(false);
        return detail is null || detail.Cycle.State.HasEnded() || !BaselineRule.WasFirmwareRead(detail, change.Eui64, key)
            ? null
            : BaselineRule.FirmwareDifference(detail.Cycle, change.Eui64, change.Value);
    }

    private async Task<(Cycle? Cycle, ExecutionHistory? History)> FindAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        CycleDetail? detail = await services.Store.GetCycleAsync(ExecutionName.CycleOf(key.ExecutionId), cancellationToken)
            .ConfigureAwait(false);
        return (detail?.Cycle, detail?.Executions.FirstOrDefault(execution => execution.Execution.Id == key.ExecutionId));
    }
}
