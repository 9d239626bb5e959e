using Grpc.Net.Client;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>Opens channels that are all secured and kept alive in one way, with this project's client or the official one.</summary>
/// <param name="Tls">This side's certificate and whom it trusts; null: cleartext.</param>
/// <param name="KeepAlive">The pings.</param>
public sealed record ChannelFactory(MutualTls? Tls, KeepAlive KeepAlive)
{
    /// <summary>Cleartext, with pings after 20 s.</summary>
    public static ChannelFactory Cleartext { get; } = new(null, KeepAlive.Default);

    /// <summary>Opens a channel; nothing is dialled before the first call.</summary>
    /// <param name="address">The server: https with certificates, http without.</param>
    /// <exception cref="ArgumentException">Address and certificates contradict each other.</exception>
    public GrpcChannel Open(string address)
    {
        Uri server = new(address);
        if (server.Scheme == Uri.UriSchemeHttps != Tls is not null)
        {
            throw new ArgumentException(
                $"'{address}' needs {(Tls is null ? "a certificate of this side" : "https, since this side has a certificate")}",
                nameof(address));
        }

        return GrpcChannel.ForAddress(server, new GrpcChannelOptions
        {
            HttpHandler = Tls?.CreateHandler(KeepAlive) ?? GrpcHandler.Create(KeepAlive),
            DisposeHttpClient = true,
        });
    }
}
