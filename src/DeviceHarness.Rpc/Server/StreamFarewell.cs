using Microsoft.Extensions.Hosting;

namespace DeviceHarness.Rpc.Server;

/// <summary>Ends the streaming calls before any service of the host is stopped, the web server among them: what it says on closing a
/// connection would otherwise overtake their statuses.</summary>
/// <param name="calls">The calls.</param>
internal sealed class StreamFarewell(LiveCalls calls) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => calls.StopAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
