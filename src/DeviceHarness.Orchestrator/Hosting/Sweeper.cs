using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Microsoft.Extensions.Hosting;

namespace DeviceHarness.Orchestrator.Hosting;

/// <summary>Looks for what only time changes: a store that fails, leases that ended, rigs that fell silent.</summary>
internal sealed class Sweeper(RigRegistry rigs, RigDeskServices services, StoreHealth health) : BackgroundService
{
    /// <summary>Looks once.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await health.TryAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ExpiredLease> expired =
            await services.Store.RequeueExpiredAsync(services.Now, cancellationToken).ConfigureAwait(false);
        foreach (ExpiredLease lease in expired)
        {
            await rigs.Open(lease.Rig).ExpireAsync(lease, AttemptTexts.LeaseOver, cancellationToken).ConfigureAwait(false);
        }

        foreach (RigDesk desk in rigs.All)
        {
            await desk.SweepAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(services.Options.SweepInterval, services.Options.Time);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(stoppingToken).ConfigureAwait(false);
                }
                catch (HarnessException exception)
                {
                    OrchestratorLog.SweepFailed(services.Logger, exception.Code, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The orchestrator stops: leases end when it, or the next one, looks again.
        }
    }
}
