using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>A client that a server turned away during the handshake.</summary>
/// <param name="Peer">Where it came from; null when the transport does not say.</param>
/// <param name="Certificate">The subject of its certificate and who issued it; empty when it showed none.</param>
/// <param name="Reason">Why: a sentence for a log.</param>
public sealed record TlsRefusal(EndPoint? Peer, string Certificate, string Reason)
{
    /// <summary>What the platform's check found, in words.</summary>
    internal static TlsRefusal Of(EndPoint? peer, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return new TlsRefusal(peer, string.Empty, "it shows no certificate");
        }

        X509ChainStatusFlags flags = (chain?.ChainStatus ?? []).Aggregate(
            X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        string reason = flags switch
        {
            _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) =>
                $"its certificate is valid from {certificate.NotBefore.ToUniversalTime():u} "
                + $"to {certificate.NotAfter.ToUniversalTime():u} only",
            _ when (flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) != 0 =>
                "its certificate does not come from an authority that this server trusts",
            _ when flags.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "its certificate is not meant for clients",
            _ => $"its certificate does not hold ({errors}: {flags})",
        };
        return new TlsRefusal(peer, $"{certificate.Subject}, issued by {certificate.Issuer}", reason);
    }
}
