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

    /// <summary>A handler for <see cref="Grpc.Net.Client.GrpcChannelOptions.HttpHandler"/>, with the pings of the default one. Set
    /// <see cref="Grpc.Net.Client.GrpcChannelOptions.DisposeHttpClient"/> with it.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        SocketsHttpHandler handler = GrpcHandler.Create();
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = [_own],
            CertificateChainPolicy = ChainPolicy(),
            EnabledSslProtocols = Protocols,
        };
        return handler;
    }

    /// <summary>Makes a port of the server demand and check certificates.</summary>
    internal void Apply(ListenOptions listen) => listen.UseHttps(https =>
    {
        https.ServerCertificate = _own;
        https.SslProtocols = Protocols;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.OnAuthenticate = (_, options) => options.CertificateChainPolicy = ChainPolicy();
    });

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
