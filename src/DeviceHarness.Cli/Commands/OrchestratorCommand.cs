using System.CommandLine;
using System.Net;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Orchestrator;
using DeviceHarness.Rpc.Hosting;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness orchestrator</c>: the centre that rigs dial.</summary>
internal static class OrchestratorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> listen = new("--listen", "--grpc")
        {
            Description = "Where gRPC is served, as address:port; port 0 lets the system choose; off loopback only with --tls-cert",
            HelpName = "address",
            DefaultValueFactory = _ => $"127.0.0.1:{OrchestratorOptions.DefaultPort}",
        };
        Option<bool> noReflection = new("--no-reflection") { Description = "Do not tell clients which services there are" };
        Option<int> quarantineAfter = new("--quarantine-after")
        {
            Description = "Give a rig no more work after so many Inconclusive attempts in a row, until its devices answer a health check "
                + "or a person releases it; 0: never",
            HelpName = "attempts",
            DefaultValueFactory = _ => OrchestratorOptions.DefaultQuarantineAfter,
        };
        quarantineAfter.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError("--quarantine-after is 0 or more");
            }
        });
        Command command = new(
            "orchestrator",
            """
            Queue cycles, lease them to rigs, keep their results, until Ctrl-C. Keeps everything in the data folder.

            Examples:
              harness orchestrator
              harness orchestrator --listen 127.0.0.1:7500 --data /srv/deviceharness
              harness orchestrator --listen 0.0.0.0:7410 --tls-cert server.pem --tls-key server.key --client-ca ca.pem
            """)
        { listen, noReflection, quarantineAfter, ParentWatch.Option };
        foreach (Option option in TlsOptions.OfServer.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool isJson = parsed.GetValue(CommonOptions.Json);
            using ParentWatch parent = ParentWatch.Begin(parsed, cancellationToken);
            using var logs = ProcessLog.CreateFactory();
            MutualTls? tls = TlsOptions.OfServer.Read(parsed);
            OrchestratorOptions options = new()
            {
                DataFolder = CommonOptions.DataFolderOf(parsed),
                Endpoint = EndpointOf(parsed.GetRequiredValue(listen), tls is not null),
                Tls = tls,
                IsReflected = !parsed.GetValue(noReflection),
                LoggerFactory = logs,
            };
            options = options.WithQuarantineAfter(parsed.GetValue(quarantineAfter));
            await OrchestratorHost.RunAsync(options, address => WriteReady(address, isJson), parent.Token).ConfigureAwait(false);
            return ProcessEnd.Of(cancellationToken);
        });
        return command;
    }

    // With a scheme before it, the address is what clients dial; then it has to agree with the certificates.
    private static IPEndPoint EndpointOf(string address, bool isSecure)
    {
        string scheme = isSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        string whole = address.Contains("://", StringComparison.Ordinal) ? address : $"{scheme}://{address}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out Uri? uri)
            || uri.Scheme is not ("http" or "https")
            || !IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? host))
        {
            throw new CommandException(ExitCode.Usage, $"'{address}' is not an address such as 127.0.0.1:7410");
        }

        return uri.Scheme == scheme
            ? new IPEndPoint(host, uri.Port)
            : throw new CommandException(
                ExitCode.Usage,
                $"'{address}' and the certificates disagree: https needs --tls-cert, --tls-key and --client-ca, and http takes none");
    }

    private static void WriteReady(string address, bool isJson)
    {
        if (isJson)
        {
            JsonText.WriteLine(new { Event = "ready", Address = address });
            return;
        }

        Console.WriteLine($"orchestrator at {address}; serving until Ctrl-C");
    }
}
