using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Grpc.HealthCheck;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace DeviceHarness.Orchestrator.Hosting;

/// <summary>Tells health checks whether this orchestrator can do its work: whether its store takes writes.</summary>
/// <remarks>Spec: gRPC Health Checking Protocol. One status for the server as a whole and for each of its services.</remarks>
internal sealed class StoreHealth(HealthServiceImpl health, RigDeskServices services)
{
    private static readonly string[] Names =
        [string.Empty, Contracts.V1.HarnessService.Descriptor.FullName, Contracts.V1.RigService.Descriptor.FullName];

    private DateTimeOffset _tried = DateTimeOffset.MinValue;
    private bool _isServing;

    /// <summary>Tries the store when that is due, and tells what came of it.</summary>
    /// <exception cref="StoreException">The store does not take writes.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        if (_isServing && services.Now - _tried < services.Options.HealthInterval)
        {
            return;
        }

        _tried = services.Now;
        try
        {
            await services.Store.ProbeAsync(cancellationToken).ConfigureAwait(false);
            Tell(isServing: true);
        }
        catch (StoreException)
        {
            Tell(isServing: false);
            throw;
        }
    }

    /// <summary>Tells whether work is done from now on.</summary>
    public void Tell(bool isServing)
    {
        _isServing = isServing;
        foreach (string name in Names)
        {
            health.SetStatus(name, isServing ? ServingStatus.Serving : ServingStatus.NotServing);
        }
    }
}
