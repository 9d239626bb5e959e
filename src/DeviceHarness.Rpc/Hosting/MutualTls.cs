using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>TLS with a certificate on both sides, each issued by an authority of one's own. The machine's trust store plays no
/// part.</summary>
/// <remarks>TLS 1.2 or 1.3. A chain must end in one of the given roots, be valid now and be meant for its side (extended key usage, where
/// it has one). There is no revocation check: a private authority rarely has a list, so issue for short times. A client also checks that
/// the server's certificate names the address it dialled.</remarks>
public sealed class MutualTls
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _roots;

    /// <summary>Creates the settings of one side.</summary>
    /// <param name="own">The certificate of this side with its private key; stays the caller's, who keeps it until the last connection
    /// is closed.</param>
    /// <param name="roots">The authorities that peers' certificates must come from; at least one.</param>
    /// <exception cref="ArgumentException">The certificate has no private key, or there is no authority.</exception>
    public MutualTls(X509Certificate2 own, X509Certificate2Collection roots)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(roots);
        if (!own.HasPrivateKey)
        {
            throw new ArgumentException("the certificate of this side needs its private key", nameof(own));
        }

        if (roots.Count == 0)
        {
            throw new ArgumentException("without an authority no peer could be trusted", nameof(roots));
        }

        _own = own;
        _roots = new X509Certificate2Collection(roots);
    }

    /// <summary>A handler for <see cref="Grpc.Net.Client.GrpcChannelOptions.HttpHandler"/>. Set
    /// <see cref="Grpc.Net.Client.GrpcChannelOptions.DisposeHttpClient"/> with it.</summary>
    /// <param name="keepAlive">The pings; null: those of the default handler.</param>
    public SocketsHttpHandler CreateHandler(KeepAlive? keepAlive = null)
    {
        SocketsHttpHandler handler = GrpcHandler.Create(keepAlive ?? KeepAlive.Default);
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = [_own],
            CertificateChainPolicy = ChainPolicy(),
            EnabledSslProtocols = Protocols,
        };
        return handler;
    }

    /// <summary>Makes a port of the server demand and check certificates.</summary>
    internal void Apply(ListenOptions listen, Action<TlsRefusal>? refused)
    {
        SslStreamCertificateContext own = SslStreamCertificateContext.Create(_own, additionalCertificates: null, offline: true);
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = context => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = own,
                ClientCertificateRequired = true,
                EnabledSslProtocols = Protocols,
                CertificateChainPolicy = ChainPolicy(),
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    if (errors == SslPolicyErrors.None)
                    {
                        return certificate is not null;
                    }

                    refused?.Invoke(TlsRefusal.Of(context.Connection.RemoteEndPoint, certificate as X509Certificate2, chain, errors));
                    return false;
                },
            }),
        });
    }

    private static SslProtocols Protocols => SslProtocols.Tls12 | SslProtocols.Tls13;

    private X509ChainPolicy ChainPolicy()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_roots);
        return policy;
    }
}
