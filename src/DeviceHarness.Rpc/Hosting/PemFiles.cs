using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>Three PEM files that make one side of mutual TLS.</summary>
/// <param name="Certificate">This side's certificate.</param>
/// <param name="Key">Its private key, not encrypted, readable by its owner only.</param>
/// <param name="Authorities">The authorities that the other side's certificate must come from; one or more.</param>
public sealed record PemFiles(string Certificate, string Key, string Authorities)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the files.</summary>
    /// <exception cref="CertificateFileException">A file is missing, cannot be read, or does not hold what it should.</exception>
    public MutualTls Load()
    {
        X509Certificate2Collection roots = Read(Authorities, "authority", path =>
        {
            X509Certificate2Collection found = [];
            found.ImportFromPemFile(path);
            return found;
        });
        if (roots.Count == 0)
        {
            throw new CertificateFileException(Authorities, $"the authority file '{Authorities}' holds no certificate in PEM");
        }

        // First without the key, so that a fault is put down to the right file.
        Read(Certificate, "certificate", path => X509Certificate2.CreateFromPem(File.ReadAllText(path))).Dispose();
        return new MutualTls(Read(Key, "private key", path => X509Certificate2.CreateFromPemFile(Certificate, path)), roots);
    }

    /// <summary>Says so when others than its owner may touch the key; null when they may not, or when the key is not there.</summary>
    public string? FindKeyWarning()
    {
        if (OperatingSystem.IsWindows() || !File.Exists(Key))
        {
            return null;
        }

        UnixFileMode mode = File.GetUnixFileMode(Key);
        return (mode & Others) == 0
            ? null
            : $"the private key '{Key}' is open to others than its owner (mode 0{Convert.ToString((int)mode, 8)}); run: chmod 600 {Key}";
    }

    private static T Read<T>(string path, string what, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CertificateFileException(path, $"the {what} file '{path}' cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new CertificateFileException(
                path,
                $"the {what} file '{path}' does not hold what it should: {exception.Message} Wanted: PEM, "
                + "a key without a passphrase that belongs to the certificate",
                exception);
        }
    }
}
