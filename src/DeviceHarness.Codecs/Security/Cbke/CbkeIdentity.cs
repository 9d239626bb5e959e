using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>A certificate and the private key that belongs to it.</summary>
/// <remarks>It owns the key: dispose of it to erase that.</remarks>
public sealed class CbkeIdentity : IDisposable
{
    internal CbkeIdentity(ImplicitCertificate certificate, CurvePrivateKey privateKey)
    {
        Certificate = certificate;
        PrivateKey = privateKey;
    }

    /// <summary>The certificate.</summary>
    public ImplicitCertificate Certificate { get; }

    /// <summary>The static private key.</summary>
    public CurvePrivateKey PrivateKey { get; }

    /// <summary>Puts both together when they belong together: the key times the generator is the public key of the certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="privateKey">The private key; owned by the identity when there is one.</param>
    /// <param name="authority">The issuer.</param>
    /// <param name="identity">The identity; null when they do not belong together.</param>
    public static bool TryCreate(
        ImplicitCertificate certificate,
        CurvePrivateKey privateKey,
        TrustedAuthority authority,
        [NotNullWhen(true)] out CbkeIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(privateKey);
        ArgumentNullException.ThrowIfNull(authority);
        bool isRight = authority.Issued(certificate)
            && certificate.TryReconstruct(authority.PublicPoint, out CurvePoint? point, out _)
            && point.Equals(privateKey.PublicPoint());
        identity = isRight ? new CbkeIdentity(certificate, privateKey) : null;
        return isRight;
    }

    /// <inheritdoc/>
    public void Dispose() => PrivateKey.Dispose();
}
