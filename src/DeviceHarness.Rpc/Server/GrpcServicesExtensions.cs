using DeviceHarness.Rpc.Server;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what gRPC services need.</summary>
public static class GrpcServicesExtensions
{
    /// <summary>Adds gRPC with default options.</summary>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions<GrpcServiceOptions>();
        services.TryAddSingleton<MappedServices>();
        services.TryAddSingleton(provider => new LiveCalls(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddHostedService<StreamFarewell>();
        return new GrpcServerBuilder(services);
    }

    /// <summary>Adds gRPC.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configureOptions">Sets the options.</param>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        IGrpcServerBuilder builder = services.AddGrpc();
        services.Configure(configureOptions);
        return builder;
    }
}
