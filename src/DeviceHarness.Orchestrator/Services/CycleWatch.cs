using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Feeds one watcher: a snapshot, then what changes, until the cycle ends.</summary>
internal sealed class CycleWatch(RigDeskServices services, IHostApplicationLifetime lifetime)
{
    /// <summary>What a client is told about a cycle that is not there.</summary>
    public static RpcException NoSuchCycle(string cycleId) => new(new Status(
        StatusCode.NotFound, $"no cycle '{cycleId}' in this data folder; 'harness cycles' lists those that are"));

    /// <summary>What a watcher is told when the orchestrator stops.</summary>
    public static Status Stopping(string cycleId) => new(
        StatusCode.Unavailable, $"the orchestrator is stopping; the cycle {cycleId} goes on when it is back: watch it again then");

    /// <summary>Watches a cycle to its end.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such cycle. UNAVAILABLE: the orchestrator is stopping.</exception>
    public async Task RunAsync(string cycleId, IServerStreamWriter<V1.CycleUpdate> updates, CancellationToken cancellationToken)
    {
        // Collected before the snapshot is read: what happens between the two is told twice rather than never.
        WatchQueue queue = services.Hub.Subscribe(cycleId);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            CycleNews news = new ResyncNews();
            while (await TellAsync(cycleId, news, updates, either.Token).ConfigureAwait(false))
            {
                news = await queue.TakeAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(Stopping(cycleId));
        }
        finally
        {
            services.Hub.Unsubscribe(cycleId, queue);
        }
    }

    private async Task<bool> TellAsync(
        string cycleId, CycleNews news, IServerStreamWriter<V1.CycleUpdate> updates, CancellationToken cancellationToken)
    {
        if (news is StepNews step)
        {
            await updates.WriteAsync(new V1.CycleUpdate { Step = step.Update }, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (news is ProgressNews progress)
        {
            await updates.WriteAsync(new V1.CycleUpdate { Progress = progress.Update }, cancellationToken).ConfigureAwait(false);
            return true;
        }

        CycleDetail detail = await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false)
            ?? throw NoSuchCycle(cycleId);
        if (news is ExecutionNews { ExecutionId: var id, IsEnd: var isEnd })
        {
            ExecutionHistory? history = detail.Executions.FirstOrDefault(execution => execution.Execution.Id == id);
            if (history is not null && (isEnd || history.State != ExecutionState.Finished))
            {
                V1.ExecutionUpdate execution = new() { Execution = CycleMapping.ToContract(history) };
                await updates.WriteAsync(new V1.CycleUpdate { Execution = execution }, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }

        if (news is ResyncNews)
        {
            await updates.WriteAsync(new V1.CycleUpdate { Snapshot = CycleMapping.ToContract(detail) }, cancellationToken)
                .ConfigureAwait(false);
        }

        if (!detail.Cycle.State.HasEnded())
        {
            return true;
        }

        await updates.WriteAsync(new V1.CycleUpdate { Ended = CycleMapping.ToContract(detail.Cycle, detail.Rate) }, cancellationToken)
            .ConfigureAwait(false);
        return false;
    }
}
