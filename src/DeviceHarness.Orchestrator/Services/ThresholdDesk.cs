using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Holds open Testing Issues against the agreed tolerances, and takes new ones into use.</summary>
internal sealed class ThresholdDesk(RigDeskServices services)
{
    /// <summary>Evaluates entries, and lists the sets that were ever in use.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: no such kind of installation.</exception>
    public async Task<V1.GetThresholdsReply> ShowAsync(V1.GetThresholdsRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<EntryScope> scopes = request.HasInstallation
            ? [new EntryScope(request.Dmc, Known((InstallationType)request.Installation))]
            : EntryScope.EachOf(request.Dmc);
        Moments at = At(request.At);
        IReadOnlyList<IssueAtMoment> issues =
            await services.Store.ListIssuesAtAsync(at.Until, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ThresholdDecision> sets = await services.Store.ListThresholdSetsAsync(cancellationToken).ConfigureAwait(false);
        ThresholdBasis basis = request.Rehearsal ? ThresholdBasis.Rehearsal : ThresholdBasis.Evidence;
        V1.GetThresholdsReply reply = new() { InForce = ThresholdMapping.ToContract(ThresholdDecision.InForce(sets, at.Until)) };
        reply.Evaluations.AddRange(Evaluate(sets, scopes, basis, at, issues).Select(ThresholdMapping.ToContract));
        reply.Sets.AddRange(sets.Select(ThresholdMapping.ToContract));
        return reply;
    }

    /// <summary>Takes a set into use.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no threshold set.</exception>
    public async Task<V1.GetThresholdsReply> SetAsync(V1.SetThresholdsRequest request, CancellationToken cancellationToken)
    {
        string refusal = "a threshold set is needed";
        if (request.Set is { } set)
        {
            int?[] maxima = new int?[ThresholdSet.Severities];
            foreach (V1.SeverityMaximum maximum in set.Maxima)
            {
                if (maximum.Severity is < 1 or > ThresholdSet.Severities || maxima[maximum.Severity - 1] is not null)
                {
                    throw Invalid($"severity {maximum.Severity}; allowed: 1 to {ThresholdSet.Severities}, each once");
                }

                maxima[maximum.Severity - 1] = maximum.Maximum;
            }

            ThresholdDecision decision = new(
                new ThresholdSet(set.Name.Trim(), set.Origin.Trim(), set.Version.Trim(), maxima), set.Who.Trim(), set.Reason.Trim(),
                services.Now);
            refusal = await services.Store.AddThresholdSetAsync(decision, cancellationToken).ConfigureAwait(false);
        }

        return refusal.Length == 0
            ? await ShowAsync(new V1.GetThresholdsRequest(), cancellationToken).ConfigureAwait(false)
            : throw Invalid(refusal);
    }

    /// <summary>A cycle with its issues as they stood at a moment, and with what the open issues then come to.</summary>
    /// <param name="detail">The cycle.</param>
    /// <param name="at">The moment; null for now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CycleDetail> AsOfAsync(CycleDetail detail, Timestamp? at, CancellationToken cancellationToken)
    {
        Moments moments = At(at);
        IReadOnlyList<IssueAtMoment> issues =
            await services.Store.ListIssuesAtAsync(moments.Until, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ThresholdDecision> sets = await services.Store.ListThresholdSetsAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, IssueAtMoment> then = issues.ToDictionary(issue => issue.Issue.Id, StringComparer.Ordinal);
        ThresholdBasis basis =
            ProvenanceRule.IsEvidence(detail.Cycle.Provenance) ? ThresholdBasis.Evidence : ThresholdBasis.Rehearsal;
        return detail with
        {
            Issues =
            [
                .. detail.Issues.Where(seen => then.ContainsKey(seen.Issue.Id)).Select(seen => seen with
                {
                    Issue = then[seen.Issue.Id].Issue,
                    Severities = [.. then[seen.Issue.Id].Severities],
                }),
            ],
            Thresholds = Evaluate(sets, detail.Cycle.Purpose.Entries, basis, moments, issues),
        };
    }

    private static IReadOnlyList<ThresholdEvaluation> Evaluate(
        IReadOnlyList<ThresholdDecision> sets, IReadOnlyList<EntryScope> scopes, ThresholdBasis basis, Moments at,
        IReadOnlyList<IssueAtMoment> issues)
    {
        ThresholdSet set = ThresholdDecision.InForce(sets, at.Until);
        TestingIssue[] then = [.. issues.Select(issue => issue.Issue)];
        return [.. scopes.Select(scope => ThresholdEvaluation.Of(set, scope, basis, at.Printed, then))];
    }

    private static InstallationType Known(InstallationType installation) =>
        System.Enum.IsDefined(installation) ? installation : throw Invalid($"{installation} is no installation type");

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));

    // Without a date everything that is kept holds, whatever a clock that was set back says of when it came.
    private Moments At(Timestamp? at) =>
        at?.ToDateTimeOffset() is { } moment ? new Moments(moment, moment) : new Moments(services.Now, DateTimeOffset.MaxValue);

    private readonly record struct Moments(DateTimeOffset Printed, DateTimeOffset Until);
}
