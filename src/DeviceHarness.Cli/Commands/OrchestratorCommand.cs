using System.CommandLine;
using System.Net;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Orchestrator;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness orchestrator</c>: the centre that rigs dial.</summary>
internal static class OrchestratorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> grpc = new("--grpc")
        {
            Description = "Where gRPC is served; port 0 lets the system choose",
            HelpName = "address",
            DefaultValueFactory = _ => $"http://127.0.0.1:{OrchestratorOptions.DefaultPort}",
        };
        Command command = new(
            "orchestrator",
            """
            Queue cycles, lease them to rigs, keep their results, until Ctrl-C. Keeps everything in the data folder.

            Examples:
              harness orchestrator
              harness orchestrator --grpc http://127.0.0.1:7500 --data /srv/deviceharness
            """)
        { grpc, ParentWatch.Option };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool isJson = parsed.GetValue(CommonOptions.Json);
            using ParentWatch parent = ParentWatch.Begin(parsed, cancellationToken);
            using var logs = ProcessLog.CreateFactory();
            OrchestratorOptions options = new()
            {
                DataFolder = DataFolder.Resolve(parsed.GetValue(CommonOptions.Data)),
                Endpoint = EndpointOf(parsed.GetRequiredValue(grpc)),
                LoggerFactory = logs,
            };
            await OrchestratorHost.RunAsync(options, address => WriteReady(address, isJson), parent.Token).ConfigureAwait(false);
            return ProcessEnd.Of(cancellationToken);
        });
        return command;
    }

    private static IPEndPoint EndpointOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            && uri.Scheme == "http"
            && IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? host)
            ? new IPEndPoint(host, uri.Port)
            : throw new CommandException(ExitCode.Usage, $"'{address}' is not an address such as http://127.0.0.1:7410");

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
