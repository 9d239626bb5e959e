using DeviceHarness.Rpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps server reflection to endpoints.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>Maps <c>grpc.reflection.v1</c> and <c>grpc.reflection.v1alpha</c>: a client can ask for all services mapped by the time
    /// of the first question and needs no description of its own. Whoever can connect sees it, so map it behind a setting.</summary>
    /// <param name="builder">The endpoints.</param>
    /// <exception cref="InvalidOperationException"><c>AddGrpc</c> or <c>AddGrpcReflection</c> was not called.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ReflectionAnswers)) == false)
        {
            throw new InvalidOperationException("call services.AddGrpcReflection() before mapping the reflection service");
        }

        builder.MapGrpcService<AlphaReflectionService>();
        return builder.MapGrpcService<ReflectionService>();
    }
}
