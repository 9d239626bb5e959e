using Microsoft.Extensions.DependencyInjection;

namespace DeviceHarness.Rpc.Server;

/// <summary>Makes a service for each call: the registered one, or a new one with its dependencies.</summary>
internal sealed class ServiceActivator<TService>
    where TService : class
{
    private readonly Lazy<ObjectFactory<TService>> _factory = new(static () => ActivatorUtilities.CreateFactory<TService>([]));

    public ActivatedService<TService> Create(IServiceProvider services) => services.GetService<TService>() is TService registered
        ? new ActivatedService<TService>(registered, isOwned: false)
        : new ActivatedService<TService>(_factory.Value(services, null), isOwned: true);
}
