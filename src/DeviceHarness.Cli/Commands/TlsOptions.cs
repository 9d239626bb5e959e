using System.CommandLine;
using DeviceHarness.Rpc.Hosting;

namespace DeviceHarness.Cli.Commands;

/// <summary>The options that name three PEM files: a certificate, its key, and whom to trust.</summary>
/// <param name="Certificate">This side's certificate.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authorities">The authorities of the other side.</param>
internal sealed record TlsOptions(Option<string?> Certificate, Option<string?> Key, Option<string?> Authorities)
{
    /// <summary>What a client of an orchestrator shows and trusts; for every command that dials one.</summary>
    public static TlsOptions OfClient { get; } = new(
        Of("--client-cert", "This side's certificate for an orchestrator at https (PEM)", isRecursive: true),
        Of("--client-key", "Its private key (PEM, mode 0600)", isRecursive: true),
        Of("--server-ca", "The authorities that the orchestrator's certificate must come from (PEM)", isRecursive: true));

    /// <summary>What an orchestrator shows and trusts.</summary>
    public static TlsOptions OfServer { get; } = new(
        Of("--tls-cert", "Serve with TLS: this side's certificate (PEM); needed off loopback"),
        Of("--tls-key", "Its private key (PEM, mode 0600)"),
        Of("--client-ca", "The authorities that certificates of rigs and clients must come from (PEM)"));

    /// <summary>The three.</summary>
    public IReadOnlyList<Option<string?>> All => [Certificate, Key, Authorities];

    /// <summary>Reads the files that the options, or their environment variables, name; warns on standard error of a key that others may
    /// read.</summary>
    /// <returns>Null when none of the three is given.</returns>
    /// <exception cref="CommandException">Some are given and some are missing, or a file cannot be used.</exception>
    public MutualTls? Read(ParseResult parsed)
    {
        string?[] paths = [.. All.Select(option => PathOf(parsed, option))];
        if (paths.All(string.IsNullOrEmpty))
        {
            return null;
        }

        if (paths.Any(string.IsNullOrEmpty))
        {
            throw new CommandException(
                ExitCode.Usage,
                $"{string.Join(", ", All.Select(option => option.Name))} belong together; missing: "
                + string.Join(", ", All.Where((_, index) => string.IsNullOrEmpty(paths[index])).Select(option => option.Name)));
        }

        PemFiles files = new(paths[0]!, paths[1]!, paths[2]!);
        try
        {
            MutualTls tls = files.Load();
            if (files.FindKeyWarning() is { } warning)
            {
                Console.Error.WriteLine($"harness: warning: {warning}");
            }

            return tls;
        }
        catch (CertificateFileException exception)
        {
            throw new CommandException(ExitCode.Usage, exception.Message);
        }
    }

    // --client-cert is HARNESS_CLIENT_CERT in the environment.
    private static string VariableOf(string option) => $"HARNESS_{option[2..].Replace('-', '_').ToUpperInvariant()}";

    private static string? PathOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(VariableOf(option.Name));

    private static Option<string?> Of(string name, string description, bool isRecursive = false) => new(name)
    {
        Description = $"{description}; then {VariableOf(name)}",
        HelpName = "file",
        Recursive = isRecursive,
    };
}
