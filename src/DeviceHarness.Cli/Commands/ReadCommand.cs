using System.CommandLine;
using System.Runtime.CompilerServices;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Cli.Reads;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness read</c>: sends one reading Service Request to a device and prints the values of the answer.</summary>
internal static class ReadCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> device = new("device") { Description = "The device's name in the rig file, or its type, such as esme" };
        Argument<string> srv = new("srv") { Description = "The service reference variant (harness srv list --driven)" };
        Argument<string[]> arguments = new("arguments")
        {
            Description = "The request's content: start=<UTC> end=<UTC> for a period, as times or dates; log=<log> for 6.13",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> role = new("--role")
        {
            Description = "The User Role that reads; default: the first that may and that the rig file has",
            HelpName = "role",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<bool> isVirtual = CommonOptions.Virtual();
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "read",
            """
            Read values from a device by one Service Request and print them by name. Times are UTC; what the device's clock
            says of the rows of a log, and other warnings, go to standard error.

            Examples:
              harness read esme 4.1.1 --virtual
              harness read esme-01 4.18 --json
              harness read esme 4.8.1 start=2026-07-01 end=2026-07-02
              harness read esme 6.13 start=2026-07-01T00:00:00Z end=2026-07-02T00:00:00Z log=Security
            """)
        { device, srv, arguments, role, isVirtual, rigConfig };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string file = parsed.GetRequiredValue(rigConfig);
            RigConfiguration rig = RigConfigurationReader.Read(file);
            SendServiceRequestRequest request = new()
            {
                Rig = rig.Name,
                RequestXml = ReadRequest.Compose(
                    rig, parsed.GetRequiredValue(device), parsed.GetRequiredValue(srv), parsed.GetRequiredValue(role),
                    parsed.GetRequiredValue(arguments), TimeProvider.System.GetUtcNow()),
            };
            if (!parsed.GetValue(isVirtual))
            {
                using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
                return await ReadAsync(connection, request, parsed, cancellationToken).ConfigureAwait(false);
            }

            BenchProcesses processes = await BenchProcesses.StartAsync(
                BenchProcesses.NewRunFolder(), file, [], clockScale: null, cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable stopping = processes.ConfigureAwait(false);
            using OrchestratorConnection own = OrchestratorConnection.To(processes.Address);
            return await processes.WhileUpAsync(
                whileUp => ReadAsync(own, request, parsed, whileUp), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> ReadAsync(
        OrchestratorConnection connection, SendServiceRequestRequest request, ParseResult parsed, CancellationToken cancellationToken)
    {
        SendServiceRequestReply reply = await connection.AskAsync(client =>
            client.SendServiceRequestAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        if (reply.ErrorCode.Length > 0)
        {
            throw new CommandException(ExitCode.OfRequest(reply.ErrorCode), $"{reply.ErrorCode}: {reply.Error}");
        }

        foreach (string warning in reply.Warnings)
        {
            await Console.Error.WriteLineAsync($"warning: {warning}").ConfigureAwait(false);
        }

        ReadAnswer answer = ReadAnswer.Of(reply.ResponseXml.Length > 0 ? reply.ResponseXml : reply.AcknowledgementXml) with
        {
            Warnings = [.. reply.Warnings],
        };
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(answer);
        }
        else
        {
            ConsoleText.WriteTable(
                ["value", "read"], [.. answer.Values.Select(pair => (IReadOnlyList<string>)[pair.Key, pair.Value])]);
        }

        if (answer.IsDone)
        {
            return ExitCode.Passed;
        }

        await Console.Error.WriteLineAsync($"harness: {answer.Code}: {answer.Detail}").ConfigureAwait(false);
        return ExitCode.Failed;
    }
}
