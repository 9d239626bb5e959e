using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Store;
using Google.Protobuf;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>What clients ask for. Each method is short: rules are elsewhere.</summary>
internal sealed class HarnessRpcService(
    RigRegistry rigs,
    RigDeskServices services,
    CycleSubmission submission,
    RigRelease release,
    CycleWatch watch,
    CycleReport reports,
    ServiceRequestRelay relay,
    IssueDesk issues,
    ThresholdDesk thresholds,
    RegressionDesk regression,
    CampaignDesk campaigns,
    ComparisonDesk comparisons,
    LatencyDesk latencies,
    HistoryDesk histories,
    ResumeDesk resume)
    : V1.HarnessService.HarnessServiceBase
{
    /// <inheritdoc/>
    public override Task<V1.SubmitCyclesReply> SubmitCycles(V1.SubmitCyclesRequest request, ServerCallContext context) =>
        AnswerAsync(() => submission.SubmitAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task WatchCycle(
        V1.WatchCycleRequest request, IServerStreamWriter<V1.CycleUpdate> responseStream, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            context.EndWhenStopping(CycleWatch.Stopping(request.CycleId));
            await watch.RunAsync(request.CycleId, responseStream, context.CancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public override Task<V1.ListCyclesReply> ListCycles(V1.ListCyclesRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        if (request.Limit is < 0 or > CycleLimits.MaximumListed)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"the limit is {request.Limit}; allowed: 1 to {CycleLimits.MaximumListed}"));
        }

        int limit = request.Limit == 0 ? CycleLimits.DefaultListed : request.Limit;
        V1.ListCyclesReply reply = new();
        reply.Cycles.AddRange((await services.Store.ListCyclesAsync(limit, context.CancellationToken).ConfigureAwait(false))
            .Select(summary => CycleMapping.ToContract(summary.Cycle, summary.Rate)));
        return reply;
    });

    /// <inheritdoc/>
    public override Task<V1.CycleDetail> GetCycle(V1.GetCycleRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        CycleDetail detail = await FindAsync(request.CycleId, context.CancellationToken).ConfigureAwait(false);
        detail = await issues.WithExchangesAsync(detail, context.CancellationToken).ConfigureAwait(false);
        detail = await thresholds.AsOfAsync(detail, at: null, context.CancellationToken).ConfigureAwait(false);
        return CycleMapping.ToContract(
            await campaigns.WithStandingsAsync(detail, at: null, context.CancellationToken).ConfigureAwait(false));
    });

    /// <inheritdoc/>
    public override Task<V1.CancelCycleReply> CancelCycle(V1.CancelCycleRequest request, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            await submission.CancelAsync(request.CycleId, request.Reason, context.CancellationToken).ConfigureAwait(false);
            return new V1.CancelCycleReply();
        });

    /// <inheritdoc/>
    public override Task<V1.ResumeCycleReply> ResumeCycle(V1.ResumeCycleRequest request, ServerCallContext context) =>
        AnswerAsync(() => resume.ResumeAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.ListRigsReply> ListRigs(V1.ListRigsRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        // A rig runs its leases in the order of their numbers: the first is the one that it runs.
        Dictionary<string, string> running = (await services.Store.ListLiveLeasesAsync(context.CancellationToken).ConfigureAwait(false))
            .GroupBy(lease => lease.Rig, StringComparer.Ordinal)
            .ToDictionary(leases => leases.Key, leases => leases.First().CaseId, StringComparer.Ordinal);
        V1.ListRigsReply reply = new();
        foreach (RigDesk desk in rigs.All)
        {
            if (desk.Record is { } record)
            {
                IReadOnlyList<InventoryDevice> rows =
                    await services.Store.ListInventoryAsync(desk.Name, context.CancellationToken).ConfigureAwait(false);
                reply.Rigs.Add(RigMapping.ToContract(desk, record, rows, running.GetValueOrDefault(desk.Name, string.Empty)));
            }
        }

        return reply;
    });

    /// <inheritdoc/>
    public override Task<V1.ReleaseRigReply> ReleaseRig(V1.ReleaseRigRequest request, ServerCallContext context) =>
        AnswerAsync(() => release.ReleaseAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.QuarantineRigReply> QuarantineRig(V1.QuarantineRigRequest request, ServerCallContext context) =>
        AnswerAsync(() => release.QuarantineAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task GetReport(
        V1.GetReportRequest request, IServerStreamWriter<V1.ReportPiece> responseStream, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            CycleDetail detail = await FindAsync(request.CycleId, context.CancellationToken).ConfigureAwait(false);
            PieceStream pieces = new(piece => responseStream.WriteAsync(
                new V1.ReportPiece { Content = UnsafeByteOperations.UnsafeWrap(piece) }, context.CancellationToken));
            await using (pieces.ConfigureAwait(false))
            {
                await reports.WriteAsync(pieces, detail, request, context.CancellationToken).ConfigureAwait(false);
                await pieces.CompleteAsync().ConfigureAwait(false);
            }

            return true;
        });

    /// <inheritdoc/>
    public override Task GetEvidence(
        V1.GetEvidenceRequest request, IServerStreamWriter<V1.EvidencePiece> responseStream, ServerCallContext context) =>
        AnswerAsync(async () =>
        {
            EvidenceBlob evidence = await services.Store
                .GetEvidenceAsync(request.Sha256.ToLowerInvariant(), context.CancellationToken).ConfigureAwait(false)
                ?? throw new RpcException(new Status(
                    StatusCode.NotFound, $"no evidence has the SHA-256 '{request.Sha256}'; 'harness cycle show' lists what a cycle kept"));
            PieceStream pieces = new(piece => responseStream.WriteAsync(
                new V1.EvidencePiece { Content = UnsafeByteOperations.UnsafeWrap(piece), MediaType = evidence.MediaType },
                context.CancellationToken));
            await using (pieces.ConfigureAwait(false))
            {
                await pieces.WriteAsync(evidence.Content, context.CancellationToken).ConfigureAwait(false);
                await pieces.CompleteAsync().ConfigureAwait(false);
            }

            return true;
        });

    /// <inheritdoc/>
    public override Task<V1.SendServiceRequestReply> SendServiceRequest(V1.SendServiceRequestRequest request, ServerCallContext context) =>
        AnswerAsync(() => relay.SendAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.ListPacksReply> ListPacks(V1.ListPacksRequest request, ServerCallContext context) => AnswerAsync(() =>
        Task.FromResult(CycleSubmission.ListPacks()));

    /// <inheritdoc/>
    public override Task<V1.ListIssuesReply> ListIssues(V1.ListIssuesRequest request, ServerCallContext context) =>
        AnswerAsync(() => issues.ListAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.IssueDetail> GetIssue(V1.GetIssueRequest request, ServerCallContext context) =>
        AnswerAsync(() => issues.ShowAsync(request.Id, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.IssueDetail> ConfirmIssue(V1.ConfirmIssueRequest request, ServerCallContext context) =>
        AnswerAsync(() => issues.ConfirmAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.IssueDetail> LinkIssue(V1.LinkIssueRequest request, ServerCallContext context) =>
        AnswerAsync(() => issues.LinkAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.CycleComparison> CompareCycles(V1.CompareCyclesRequest request, ServerCallContext context) =>
        AnswerAsync(() => comparisons.CompareAsync(request.First, request.Second, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.CycleComparison> ExplainDifference(V1.ExplainDifferenceRequest request, ServerCallContext context) =>
        AnswerAsync(() => comparisons.ExplainAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetLatenciesReply> GetLatencies(V1.GetLatenciesRequest request, ServerCallContext context) =>
        AnswerAsync(() => latencies.AddUpAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.CaseHistory> GetCaseHistory(V1.GetCaseHistoryRequest request, ServerCallContext context) =>
        AnswerAsync(() => histories.OfCaseAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetAlertsReply> GetAlerts(V1.GetAlertsRequest request, ServerCallContext context) =>
        AnswerAsync(() => histories.AlertsAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetThresholdsReply> GetThresholds(V1.GetThresholdsRequest request, ServerCallContext context) =>
        AnswerAsync(() => thresholds.ShowAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetThresholdsReply> SetThresholds(V1.SetThresholdsRequest request, ServerCallContext context) =>
        AnswerAsync(() => thresholds.SetAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.CyclePurpose> MarkCycle(V1.MarkCycleRequest request, ServerCallContext context) =>
        AnswerAsync(() => regression.MarkAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetPhasesReply> GetPhases(V1.GetPhasesRequest request, ServerCallContext context) =>
        AnswerAsync(() => regression.PhasesAsync(context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetRegressionReply> GetRegression(V1.GetRegressionRequest request, ServerCallContext context) =>
        AnswerAsync(() => regression.ShowAsync(request.Rehearsal, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetRegressionReply> StateDmc(V1.StateDmcRequest request, ServerCallContext context) =>
        AnswerAsync(() => regression.StateAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetRegressionReply> RecordRelease(V1.RecordReleaseRequest request, ServerCallContext context) =>
        AnswerAsync(() => regression.ReleaseAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetRegressionReply> CreditRegression(V1.CreditRegressionRequest request, ServerCallContext context) =>
        AnswerAsync(() => regression.CreditAsync(request, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetCampaignsReply> GetCampaigns(V1.GetCampaignsRequest request, ServerCallContext context) =>
        AnswerAsync(() => campaigns.ShowAsync(request.At, context.CancellationToken));

    /// <inheritdoc/>
    public override Task<V1.GetCampaignsReply> SetCampaign(V1.SetCampaignRequest request, ServerCallContext context) =>
        AnswerAsync(() => campaigns.SetAsync(request, context.CancellationToken));

    private async Task<CycleDetail> FindAsync(string cycleId, CancellationToken cancellationToken) =>
        await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false) ?? throw CycleWatch.NoSuchCycle(cycleId);

    private static async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (HarnessException exception)
        {
            throw new RpcException(new Status(
                exception.IsTransient ? StatusCode.Unavailable : StatusCode.Internal, $"{exception.Code}: {exception.Message}"));
        }
    }
}
