using System.Security.Cryptography;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;

namespace DeviceHarness.Cli.Commands;

/// <summary>Signs a request with the key that the user names.</summary>
internal static class RequestSigning
{
    /// <summary>Signs a request.</summary>
    /// <param name="requestXml">The request.</param>
    /// <param name="keyFile">The private key's file; null leaves the request as it is.</param>
    /// <param name="certificateFile">The certificate's file; null when the key's file holds it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CommandException">A file is missing or not what it should be, or the request is not XML.</exception>
    public static async Task<string> SignAsync(
        string requestXml, string? keyFile, string? certificateFile, CancellationToken cancellationToken)
    {
        if (keyFile is null)
        {
            return certificateFile is null
                ? requestXml
                : throw new CommandException(ExitCode.Usage, "--signer-certificate needs --sign-with: the private key of that certificate");
        }

        string keyPem = await ReadAsync(keyFile, cancellationToken).ConfigureAwait(false);
        string certificatePem =
            certificateFile is null ? keyPem : await ReadAsync(certificateFile, cancellationToken).ConfigureAwait(false);
        try
        {
            using XmlSigningKey key = XmlSigningKey.FromPem(keyPem, certificatePem);
            return XmlSignature.Sign(requestXml, key);
        }
        catch (CryptographicException exception)
        {
            throw new CommandException(
                ExitCode.Usage,
                $"cannot sign with {keyFile}, certificate in {certificateFile ?? keyFile}: {exception.Message} (allowed: PEM, P-256)");
        }
        catch (DuisFormatException exception)
        {
            throw new CommandException(ExitCode.Usage, $"cannot sign the request: {exception.Message}");
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken) => File.Exists(file)
        ? await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)
        : throw new CommandException(ExitCode.Usage, $"no file {file}");
}
