using Microsoft.Extensions.Hosting;

namespace DeviceHarness.Orchestrator.Hosting;

/// <summary>Leaves signals to the process that hosts the orchestrator.</summary>
internal sealed class ForeignLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
