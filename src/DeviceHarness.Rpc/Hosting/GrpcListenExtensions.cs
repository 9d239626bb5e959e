using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>Opens ports for gRPC.</summary>
public static class GrpcListenExtensions
{
    private static readonly TimeSpan KeepAlivePingDelay = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    private const int MaxStreamsPerConnection = 1000;

    /// <summary>Listens for cleartext gRPC (HTTP/2 only: a cleartext port cannot also serve HTTP/1.1) and sets the server's limits for it:
    /// pings after 20 s of silence, an answer within 10 s, 1000 streams a connection, no minimum rate for slow readers.</summary>
    /// <param name="options">The server.</param>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0: one that is free.</param>
    public static void ListenGrpc(this KestrelServerOptions options, IPAddress address, int port) =>
        ListenGrpc(options, address, port, tls: null);

    /// <summary>Listens for gRPC, with mutual TLS where it is given, and sets the server's limits as the other overload does.</summary>
    /// <param name="options">The server.</param>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0: one that is free.</param>
    /// <param name="tls">The certificates; null: cleartext.</param>
    public static void ListenGrpc(this KestrelServerOptions options, IPAddress address, int port, MutualTls? tls)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Limits.Http2.KeepAlivePingDelay = KeepAlivePingDelay;
        options.Limits.Http2.KeepAlivePingTimeout = KeepAlivePingTimeout;
        options.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        options.Limits.MinResponseDataRate = null;
        options.Listen(address, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            tls?.Apply(listen);
        });
    }
}
