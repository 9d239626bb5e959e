using DeviceHarness.Rpc.Wire;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeviceHarness.Rpc.Server;

/// <summary>Answers UNIMPLEMENTED to gRPC requests that no other endpoint takes.</summary>
internal static class UnknownMethodEndpoint
{
    private const string Pattern = "{service}/{method}";

    /// <summary>Maps the answer after all other endpoints, unless unknown services are to be ignored.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions>>().Value.IgnoreUnknownServices == true)
        {
            return;
        }

        RoutePattern pattern = RoutePatternFactory.Parse(Pattern, defaults: null, parameterPolicies: new { service = new IsGrpcRequest() });
        RequestDelegate answer = AnswerAsync;
        routes.Map(pattern, answer)
            .WithDisplayName("gRPC - unknown method")
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Post]))
            .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (!RequestGuard.Accept(http))
        {
            return Task.CompletedTask;
        }

        GrpcServiceOptions options = http.RequestServices.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        ResponseGate gate = new(http, options, TimeProvider.System);
        return gate.CompleteAsync(
            new Status(StatusCode.Unimplemented, $"there is no method {http.Request.Path} here"), Metadata.Empty);
    }

    private sealed class IsGrpcRequest : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            WireNames.IsGrpcContentType(httpContext?.Request.ContentType);
    }
}
