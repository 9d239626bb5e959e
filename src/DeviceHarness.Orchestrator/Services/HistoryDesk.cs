using DeviceHarness.Assurance.Alerts;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.History;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Looks over many cycles: one case's attempts, and what the devices told unasked.</summary>
internal sealed class HistoryDesk(RigDeskServices services)
{
    /// <summary>The most cycles whose alerts are observed together.</summary>
    public const int MaximumObserved = 100;

    private const string EvidenceName = "evidence.json";

    /// <summary>The attempts of a case over its newest cycles.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no cycle has the case. INVALID_ARGUMENT: too many cycles.</exception>
    public async Task<V1.CaseHistory> OfCaseAsync(V1.GetCaseHistoryRequest request, CancellationToken cancellationToken)
    {
        if (request.Cycles is < 0 or > CycleLimits.MaximumListed)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"{request.Cycles} cycles; allowed: 1 to {CycleLimits.MaximumListed}"));
        }

        int limit = request.Cycles == 0 ? CycleLimits.DefaultListed : request.Cycles;
        IReadOnlyList<CycleDetail> cycles =
            await services.Store.ListCyclesOfCaseAsync(request.CaseId, limit, cancellationToken).ConfigureAwait(false);
        return cycles.Count > 0
            ? HistoryMapping.ToContract(CaseHistory.Of(request.CaseId, cycles, request.Device, request.Firmware))
            : throw new RpcException(new Status(StatusCode.NotFound, $"no cycle has a case '{request.CaseId}'"));
    }

    /// <summary>The alerts of some cycles, rig by rig.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such cycle. INVALID_ARGUMENT: too many, or no watch level.</exception>
    public async Task<V1.GetAlertsReply> AlertsAsync(V1.GetAlertsRequest request, CancellationToken cancellationToken)
    {
        double watchLevel = request.HasWatchLevel ? request.WatchLevel : AlertObservation.DefaultWatchLevel;
        if (request.Cycles.Count > MaximumObserved || request.Newest is < 0 or > MaximumObserved || !(watchLevel > 0))
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"1 to {MaximumObserved} cycles can be observed together, against a watch level above 0"));
        }

        IEnumerable<string> wanted = request.Cycles.Count > 0
            ? request.Cycles.Distinct(StringComparer.Ordinal)
            : (await services.Store.ListCyclesAsync(Math.Max(1, request.Newest), cancellationToken).ConfigureAwait(false))
                .Select(summary => summary.Cycle.Id);
        List<CycleDetail> cycles = [];
        foreach (string cycle in wanted)
        {
            cycles.Add(await services.Store.GetCycleAsync(cycle, cancellationToken).ConfigureAwait(false)
                ?? throw CycleWatch.NoSuchCycle(cycle));
        }

        V1.GetAlertsReply reply = new();
        reply.Cycles.AddRange(cycles.Select(cycle => cycle.Cycle.Id));
        reply.Observations.AddRange((await ObserveAsync(cycles, watchLevel, cancellationToken).ConfigureAwait(false))
            .Select(HistoryMapping.ToContract));
        return reply;
    }

    /// <summary>A cycle with the alerts of its rigs; without, when none was told and none was missing.</summary>
    public async Task<CycleDetail> WithAlertsAsync(CycleDetail detail, CancellationToken cancellationToken)
    {
        IReadOnlyList<AlertObservation> observed =
            await ObserveAsync([detail], AlertObservation.DefaultWatchLevel, cancellationToken).ConfigureAwait(false);
        return detail with { Alerts = [.. observed.Where(one => one.Told + one.Missing + one.Before > 0)] };
    }

    private async Task<IReadOnlyList<AlertObservation>> ObserveAsync(
        List<CycleDetail> cycles, double watchLevel, CancellationToken cancellationToken)
    {
        Dictionary<Attempt, AttemptAlerts> alerts = new(ReferenceEqualityComparer.Instance);
        foreach (Attempt attempt in cycles.SelectMany(cycle => cycle.Executions).SelectMany(execution => execution.Attempts))
        {
            EvidenceReference? reference = attempt.Evidence.FirstOrDefault(evidence => evidence.Name == EvidenceName);
            EvidenceBlob? blob = reference is null
                ? null
                : await services.Store.GetEvidenceAsync(reference.Sha256, cancellationToken).ConfigureAwait(false);
            if (blob is not null && AttemptAlerts.Read(blob.Content) is { } found)
            {
                alerts.Add(attempt, found);
            }
        }

        return AlertObservation.Of(cycles, alerts.GetValueOrDefault, watchLevel);
    }
}
