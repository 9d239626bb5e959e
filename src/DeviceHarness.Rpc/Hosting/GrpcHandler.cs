using System.Net;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>The socket handler of channels: HTTP/2 with pings, and nothing of a browser.</summary>
internal static class GrpcHandler
{
    private static readonly TimeSpan KeepAlivePingDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A new handler.</summary>
    public static SocketsHttpHandler Create() => new()
    {
        EnableMultipleHttp2Connections = true,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        KeepAlivePingDelay = KeepAlivePingDelay,
        KeepAlivePingTimeout = KeepAlivePingTimeout,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        UseCookies = false,
        AllowAutoRedirect = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    };
}
