using DeviceHarness.Rpc.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>The way from a call to its HTTP request.</summary>
public static class ServerCallContextExtensions
{
    /// <summary>The HTTP context of the call; valid until the handler returns.</summary>
    /// <exception cref="InvalidOperationException">The call does not come over HTTP: a test double.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext) => serverCallContext is HttpServerCallContext call
        ? call.Http
        : throw new InvalidOperationException($"{serverCallContext?.GetType()} has no HTTP context");
}
