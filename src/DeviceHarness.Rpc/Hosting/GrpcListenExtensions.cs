using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>Opens ports for gRPC.</summary>
public static class GrpcListenExtensions
{
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
    /// <param name="refused">Told of each client whose certificate was not accepted; null: nobody is. Comes from any thread.</param>
    /// <param name="keepAlive">The pings; null: the default ones. They hold for all ports of the server.</param>
    public static void ListenGrpc(
        this KestrelServerOptions options,
        IPAddress address,
        int port,
        MutualTls? tls,
        Action<TlsRefusal>? refused = null,
        KeepAlive? keepAlive = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        keepAlive ??= KeepAlive.Default;
        options.Limits.Http2.KeepAlivePingDelay = keepAlive.Delay;
        options.Limits.Http2.KeepAlivePingTimeout = keepAlive.Timeout;
        options.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        options.Limits.MinResponseDataRate = null;
        options.Listen(address, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            tls?.Apply(listen, refused);
        });
    }
}
