using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Orchestrator.Rigs;
using Microsoft.Extensions.Hosting;

namespace DeviceHarness.Orchestrator.Hosting;

/// <summary>Has desks look again when their bell was rung.</summary>
internal sealed class DeskCaller(RigRegistry rigs, RigDeskServices services) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                foreach (string rig in await services.Bell.TakeAsync(stoppingToken).ConfigureAwait(false))
                {
                    await CallAsync(rig, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The orchestrator stops: rigs attach to the next one, and their desks look then.
        }
    }

    private async Task CallAsync(string rig, CancellationToken stoppingToken)
    {
        try
        {
            if (rigs.Find(rig) is { } desk)
            {
                await desk.LookAgainAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (HarnessException exception)
        {
            OrchestratorLog.DeskFailed(services.Logger, rig, exception.Code, exception);
            services.Bell.Ring(rig);
            await Task.Delay(services.Options.SweepInterval, services.Options.Time, stoppingToken).ConfigureAwait(false);
        }
    }
}
