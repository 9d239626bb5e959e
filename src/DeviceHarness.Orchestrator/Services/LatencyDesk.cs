using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Latencies;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Adds the latencies of cycles up.</summary>
internal sealed class LatencyDesk(RigDeskServices services)
{
    /// <summary>The most cycles of one request.</summary>
    public const int MaximumCycles = 100;

    /// <summary>The histograms of several cycles together; they are read one after the other, and only their sums are held.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such cycle. INVALID_ARGUMENT: too many.</exception>
    public async Task<V1.GetLatenciesReply> AddUpAsync(V1.GetLatenciesRequest request, CancellationToken cancellationToken)
    {
        if (request.Cycles.Count > MaximumCycles || request.Newest is < 0 or > MaximumCycles)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"1 to {MaximumCycles} cycles can be added up"));
        }

        IEnumerable<string> wanted = request.Cycles.Count > 0
            ? request.Cycles.Distinct(StringComparer.Ordinal)
            : (await services.Store.ListCyclesAsync(Math.Max(1, request.Newest), cancellationToken).ConfigureAwait(false))
                .Select(summary => summary.Cycle.Id);
        V1.GetLatenciesReply reply = new();
        IReadOnlyList<LatencyProfile> sum = [];
        foreach (string cycle in wanted)
        {
            CycleDetail detail = await services.Store.GetCycleAsync(cycle, cancellationToken).ConfigureAwait(false)
                ?? throw CycleWatch.NoSuchCycle(cycle);
            sum = LatencyProfile.Merge(sum.Concat(LatencyProfile.Of(detail)));
            reply.Cycles.Add(cycle);
        }

        reply.Profiles.AddRange(sum.Select(LatencyMapping.ToContract));
        return reply;
    }
}
