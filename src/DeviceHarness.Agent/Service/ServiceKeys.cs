using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Duis.Signatures;

namespace DeviceHarness.Agent.Service;

/// <summary>The test identities of the simulated DCC and S1SP, and the certificates of Users.</summary>
/// <remarks>Each identity is a file with a self-made certificate and its private key, made at the first start and readable by its owner
/// alone. They are keys of this harness and of nobody else; their names say so. Nothing of a key is logged.</remarks>
internal sealed class ServiceKeys : IDisposable
{
    private const int CertificateYears = 10;
    private const int MaxFileOctets = 64 * 1024;

    private ServiceKeys(XmlSigningKey dcc, XmlSigningKey provider, IReadOnlyCollection<XmlSignerCertificate> users)
    {
        Dcc = dcc;
        ServiceProvider = provider;
        Users = users;
    }

    /// <summary>The key of the simulated DCC.</summary>
    public XmlSigningKey Dcc { get; }

    /// <summary>The key of the simulated SMETS1 Service Provider.</summary>
    public XmlSigningKey ServiceProvider { get; }

    /// <summary>The certificates that people put into <c>users/</c>.</summary>
    public IReadOnlyCollection<XmlSignerCertificate> Users { get; }

    /// <summary>The folder of a rig's keys.</summary>
    public static string Folder(string dataFolder, string rig) => Path.Combine(dataFolder, "agent", rig, "service-keys");

    /// <summary>Reads the keys, and makes those that are missing.</summary>
    /// <exception cref="ConfigurationException">AGENT-005: a file there is not what it should be.</exception>
    public static ServiceKeys Open(string folder, TimeProvider time)
    {
        DataFolder.Create(folder);
        XmlSigningKey dcc = OpenKey(Path.Combine(folder, "dcc.pem"), "DeviceHarness simulated DCC - not a DCC key", time);
        XmlSigningKey provider =
            OpenKey(Path.Combine(folder, "s1sp.pem"), "DeviceHarness simulated S1SP - not a Service Provider key", time);
        string users = Path.Combine(folder, "users");
        string[] files = Directory.Exists(users) ? Directory.GetFiles(users, "*.pem") : [];
        return new ServiceKeys(dcc, provider, [.. files.Select(file => Read(file, XmlSignerCertificate.FromPem))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dcc.Dispose();
        ServiceProvider.Dispose();
    }

    private static XmlSigningKey OpenKey(string file, string name, TimeProvider time)
    {
        if (!File.Exists(file))
        {
            Write(file, NewIdentity(name, time.GetUtcNow()));
        }

        return Read(file, text => XmlSigningKey.FromPem(text, text));
    }

    private static string NewIdentity(string name, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(now, now.AddYears(CertificateYears));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private static void Write(string file, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("the harness runs on Linux only");
        }

        // Whole or not at all: a start that is cut off, by a loss of power too, leaves no half of a key behind under the key's own name.
        string unfinished = file + ".new";
        File.Delete(unfinished);
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (FileStream stream = new(unfinished, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file);
    }

    private static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            long length = new FileInfo(file).Length;
            return length <= MaxFileOctets
                ? read(File.ReadAllText(file))
                : throw Fault(file, $"{length} octets", $"at most {MaxFileOctets}");
        }
        catch (CryptographicException exception)
        {
            throw Fault(file, exception.Message, "a certificate on P-256 in PEM, in dcc.pem and s1sp.pem with its private key; or no file");
        }
    }

    private static ConfigurationException Fault(string file, string found, string allowed) =>
        new("AGENT-005", file, 0, 0, "service-keys", found, allowed);
}
