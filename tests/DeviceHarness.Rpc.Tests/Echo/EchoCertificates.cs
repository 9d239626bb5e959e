using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Rpc.Hosting;

namespace DeviceHarness.Rpc.Tests.Echo;

/// <summary>An authority made for a test, and what it issues. The keys live as long as the test.</summary>
public sealed class EchoCertificates : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly List<X509Certificate2> _issued = [];

    /// <summary>Makes an authority with a certificate for a server at 127.0.0.1 and one for a client.</summary>
    public EchoCertificates()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Echo Test Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = Keep(request.CreateSelfSigned(_now.AddDays(-30), _now.AddDays(30)));
        Server = Issue("echo-server", ServerUsage, firstDay: -1, lastDay: 1, IPAddress.Loopback);
        Client = Issue("rig-07", ClientUsage, firstDay: -1, lastDay: 1, address: null);
    }

    /// <summary>The authority's own certificate.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The server's, valid today.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The client's, valid today; common name rig-07.</summary>
    public X509Certificate2 Client { get; }

    /// <summary>Settings of a side with a certificate that trusts this authority.</summary>
    public MutualTls With(X509Certificate2 own) => new(own, [Authority]);

    /// <summary>A client's certificate that was valid until yesterday.</summary>
    public X509Certificate2 ExpiredClient() => Issue("rig-08", ClientUsage, firstDay: -20, lastDay: -1, address: null);

    /// <summary>A server's certificate that was valid until yesterday.</summary>
    public X509Certificate2 ExpiredServer() => Issue("old-server", ServerUsage, firstDay: -20, lastDay: -1, IPAddress.Loopback);

    /// <summary>A server's certificate for another address.</summary>
    public X509Certificate2 ElsewhereServer() =>
        Issue("elsewhere", ServerUsage, firstDay: -1, lastDay: 1, IPAddress.Parse("127.0.0.99"));

    /// <summary>The authority's certificate, another certificate and its key as PEM, for peers in other languages.</summary>
    public (string Authority, string Certificate, string Key) ReadPem(X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return (Authority.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes what <see cref="ReadPem"/> gives to files in a folder, the key for its owner only.</summary>
    /// <returns>The paths of the authority's certificate, the certificate and its key.</returns>
    public string[] WritePem(string folder, X509Certificate2 certificate)
    {
        (string authority, string own, string key) = ReadPem(certificate);
        string[] paths = [Path.Combine(folder, "ca.pem"), Path.Combine(folder, "own.pem"), Path.Combine(folder, "key.pem")];
        File.WriteAllText(paths[0], authority);
        File.WriteAllText(paths[1], own);
        File.WriteAllText(paths[2], key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(paths[2], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return paths;
    }

    /// <inheritdoc/>
    public void Dispose() => _issued.ForEach(certificate => certificate.Dispose());

    private X509Certificate2 Issue(string commonName, string usage, int firstDay, int lastDay, IPAddress? address)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (address is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 signed = request.Create(
            Authority, _now.AddDays(firstDay), _now.AddDays(lastDay), RandomNumberGenerator.GetBytes(8));
        return Keep(signed.CopyWithPrivateKey(key));
    }

    private X509Certificate2 Keep(X509Certificate2 certificate)
    {
        _issued.Add(certificate);
        return certificate;
    }
}
