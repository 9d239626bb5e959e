using DeviceHarness.Rpc.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to endpoints.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps each method of a service to <c>POST /package.Service/Method</c>. The service is made for each call.</summary>
    /// <typeparam name="TService">A class that derives from a generated service base.</typeparam>
    /// <exception cref="InvalidOperationException"><c>AddGrpc</c> was not called, or the class is no gRPC service.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        MappedServices mapped = builder.ServiceProvider.GetService<MappedServices>()
            ?? throw new InvalidOperationException("call services.AddGrpc() before mapping gRPC services");
        ServiceBinder<TService> binder = new(builder);
        binder.BindAll();
        if (!mapped.HasFallback)
        {
            mapped.HasFallback = true;
            UnknownMethodEndpoint.Map(builder);
        }

        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
