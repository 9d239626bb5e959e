using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Agent.Rig;

/// <summary>The certificates that an adapter holds, with their private keys and the public keys of who issued them; never
/// printed.</summary>
/// <remarks>
/// A folder with three files a suite, each hexadecimal digits: <c>suite-1.certificate</c> (48 octets; suite 2: 74),
/// <c>suite-1.key</c> (21; 36), which only its owner may touch, and <c>suite-1.authority</c>, the compressed public key of the issuer (22;
/// 37).
/// </remarks>
internal sealed class AdapterCertificates : IDisposable
{
    private const int MaximumDigits = 1024;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly List<CbkeIdentity> _identities = [];
    private readonly List<TrustedAuthority> _authorities = [];

    /// <summary>The certificates with their keys, suite 1 first.</summary>
    public IReadOnlyList<CbkeIdentity> Identities => _identities;

    /// <summary>Who issued them.</summary>
    public IReadOnlyList<TrustedAuthority> Authorities => _authorities;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ConfigurationException">RIG-012: a file is missing or wrong, others may touch a key, or what is there does not
    /// belong together.</exception>
    public static AdapterCertificates Read(string folder)
    {
        AdapterCertificates read = new();
        try
        {
            foreach ((EstablishmentSuites suite, string name) in new[]
            {
                (EstablishmentSuites.Suite1, "suite-1"), (EstablishmentSuites.Suite2, "suite-2"),
            })
            {
                if (File.Exists(Path.Combine(folder, $"{name}.certificate")))
                {
                    read.Add(folder, suite, name);
                }
            }

            return read._identities.Count > 0
                ? read
                : throw Wrong(folder, "no certificate", "suite-1.certificate or suite-2.certificate, each with a .key and an .authority");
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that they are those of an adapter.</summary>
    /// <exception cref="ConfigurationException">RIG-012: they are another's: each device would refuse them.</exception>
    public void RequireOf(string folder, ulong eui64)
    {
        if (_identities.FirstOrDefault(identity => identity.Certificate.Subject != eui64) is { } other)
        {
            throw Wrong(folder, $"a certificate of {other.Certificate.Subject:X16}", $"certificates of the adapter, {eui64:X16}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CbkeIdentity identity in _identities)
        {
            identity.Dispose();
        }
    }

    private void Add(string folder, EstablishmentSuites suite, string name)
    {
        string keyFile = Path.Combine(folder, $"{name}.key");
        if (!OperatingSystem.IsWindows() && File.Exists(keyFile) && (File.GetUnixFileMode(keyFile) & Others) != UnixFileMode.None)
        {
            throw Wrong(keyFile, "a file that others may read or write", "0600: chmod 600");
        }

        CodecFault fault = CodecFault.None;
        if (!ImplicitCertificate.TryCreate(Octets(folder, $"{name}.certificate"), out ImplicitCertificate? certificate, out fault)
            || certificate.Suite != suite)
        {
            throw Wrong(folder, $"{name}.certificate: {fault.Kind}", $"a certificate of {suite.CertificateOctets()} octets");
        }

        if (!suite.Curve().TryDecompress(Octets(folder, $"{name}.authority"), out CurvePoint? point, out fault))
        {
            throw Wrong(folder, $"{name}.authority: {fault.Kind}", "the compressed public key of the issuer");
        }

        TrustedAuthority authority = new(suite, certificate.Issuer, point);
        if (!CurvePrivateKey.TryCreate(suite.Curve(), Octets(folder, $"{name}.key"), out CurvePrivateKey? key))
        {
            throw Wrong(folder, $"{name}.key: another content (not shown)", "a private key of the suite");
        }

        if (!CbkeIdentity.TryCreate(certificate, key, authority, out CbkeIdentity? identity))
        {
            key.Dispose();
            throw Wrong(folder, $"{name}: certificate, key and authority that do not belong together", "three files of one certificate");
        }

        _identities.Add(identity);
        _authorities.Add(authority);
    }

    private static byte[] Octets(string folder, string name)
    {
        string file = Path.Combine(folder, name);
        try
        {
            string digits = new FileInfo(file).Length <= MaximumDigits ? File.ReadAllText(file).Trim() : string.Empty;
            return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
                ? Convert.FromHexString(digits)
                : throw Wrong(file, "another content (not shown)", "hexadecimal digits");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(file, exception.Message, "a file that can be read");
        }
    }

    private static ConfigurationException Wrong(string file, string found, string allowed) =>
        new("RIG-012", file, 0, 0, "certificates", found, allowed);
}
