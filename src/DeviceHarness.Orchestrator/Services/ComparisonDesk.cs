using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Holds cycles against each other, and takes what people say on why their rates differ.</summary>
internal sealed class ComparisonDesk(RigDeskServices services, ThresholdDesk thresholds)
{
    /// <summary>Compares two cycles.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such cycle.</exception>
    public async Task<V1.CycleComparison> CompareAsync(string first, string second, CancellationToken cancellationToken)
    {
        CycleDetail earlier = await FindAsync(first, cancellationToken).ConfigureAwait(false);
        CycleDetail later = await thresholds.AsOfAsync(
            await FindAsync(second, cancellationToken).ConfigureAwait(false), at: null, cancellationToken).ConfigureAwait(false);
        return ComparisonMapping.ToContract(await OfAsync(earlier, later, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Records an explanation, and compares.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or INVALID_ARGUMENT.</exception>
    public async Task<V1.CycleComparison> ExplainAsync(V1.ExplainDifferenceRequest request, CancellationToken cancellationToken)
    {
        if (request.Text.Length > IssueDesk.MaximumText || request.Who.Length > IssueDesk.MaximumText)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"an explanation has at most {IssueDesk.MaximumText} characters, and so has who gives it"));
        }

        IssueAnswer answer = await services.Store.ExplainDifferenceAsync(
            new DifferenceExplanation(request.First, request.Second, request.Text.Trim(), request.Who.Trim(), services.Now),
            cancellationToken).ConfigureAwait(false);
        if (answer != IssueAnswer.Done)
        {
            throw new RpcException(new Status(answer.IsFound ? StatusCode.InvalidArgument : StatusCode.NotFound, answer.Refusal));
        }

        return await CompareAsync(request.First, request.Second, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A cycle against another, or against the last one of the same pack before it.</summary>
    /// <param name="detail">The cycle.</param>
    /// <param name="against">The other; empty for the last one of the same pack before it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is none before it that has ended.</returns>
    /// <exception cref="RpcException">NOT_FOUND: there is no cycle of the name.</exception>
    public async Task<CycleComparison?> AgainstAsync(CycleDetail detail, string against, CancellationToken cancellationToken)
    {
        if (against.Length > 0)
        {
            return await OfAsync(
                await FindAsync(against, cancellationToken).ConfigureAwait(false), detail, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<CycleSummary> newest =
            await services.Store.ListCyclesAsync(CycleLimits.MaximumListed, cancellationToken).ConfigureAwait(false);
        CycleSummary? before = newest.SkipWhile(summary => summary.Cycle.Id != detail.Cycle.Id).Skip(1)
            .FirstOrDefault(summary => summary.Cycle.PackName == detail.Cycle.PackName && summary.Cycle.Ended is not null);
        return before is not null
            && await services.Store.GetCycleAsync(before.Cycle.Id, cancellationToken).ConfigureAwait(false) is { } first
            ? await OfAsync(first, detail, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<CycleComparison> OfAsync(CycleDetail first, CycleDetail second, CancellationToken cancellationToken) =>
        CycleComparison.Of(first, second, await services.Store.ListExplanationsAsync(
            first.Cycle.Id, second.Cycle.Id, cancellationToken).ConfigureAwait(false));

    private async Task<CycleDetail> FindAsync(string cycleId, CancellationToken cancellationToken) =>
        await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false) ?? throw CycleWatch.NoSuchCycle(cycleId);
}
