using System.CommandLine;
using System.Runtime.CompilerServices;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness send</c>: sends one DUIS Service Request and prints what comes back.</summary>
internal static class SendCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("request")
        {
            Description = "A file with one DUIS Service Request; '-' reads standard input",
        };
        Option<string> rig = new("--rig")
        {
            Description = "The rig; default: the one that has the target device",
            HelpName = "name",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<bool> isVirtual = CommonOptions.Virtual();
        Option<bool> acknowledgement = new("--acknowledgement")
        {
            Description = "Print the synchronous acknowledgement too, before the response",
        };
        Option<string> signWith = new("--sign-with")
        {
            Description = "Sign the request with this private key (PEM, P-256, not encrypted); a signature that it has is replaced",
            HelpName = "file",
        };
        Option<string> signerCertificate = new("--signer-certificate")
        {
            Description = "The key's certificate (PEM); default: the one in the key's own file",
            HelpName = "file",
        };
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "send",
            """
            Send one DUIS Service Request and print the DUIS response XML. Warnings and latency go to standard error. Where the rig file
            states which DUIS version the system of the request's User speaks ('duis-versions'), the request has to be of that version.
            Exit code 1 when the service or the device refused it.

            Examples:
              harness send request.xml
              harness send - < request.xml
              harness send request.xml --virtual
              harness send request.xml --sign-with key.pem --signer-certificate cert.pem
            """)
        { file, rig, isVirtual, acknowledgement, signWith, signerCertificate, rigConfig };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string xml = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
            SendServiceRequestRequest request = new()
            {
                RequestXml = await RequestSigning.SignAsync(
                    xml, parsed.GetValue(signWith), parsed.GetValue(signerCertificate), cancellationToken).ConfigureAwait(false),
                Rig = parsed.GetRequiredValue(rig),
            };
            if (parsed.GetValue(isVirtual))
            {
                return await SendAloneAsync(
                    request, parsed.GetRequiredValue(rigConfig), parsed, parsed.GetValue(acknowledgement), cancellationToken)
                    .ConfigureAwait(false);
            }

            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            return await SendAsync(connection, request, parsed, parsed.GetValue(acknowledgement), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> SendAloneAsync(
        SendServiceRequestRequest request, string rigConfig, ParseResult parsed, bool withAcknowledgement,
        CancellationToken cancellationToken)
    {
        BenchProcesses processes = await BenchProcesses.StartAsync(
            BenchProcesses.NewRunFolder(), rigConfig, [], clockScale: null, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable stopping = processes.ConfigureAwait(false);
        using OrchestratorConnection own = OrchestratorConnection.To(processes.Address);
        return await processes.WhileUpAsync(
            whileUp => SendAsync(own, request, parsed, withAcknowledgement, whileUp), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> SendAsync(
        OrchestratorConnection connection, SendServiceRequestRequest request, ParseResult parsed, bool withAcknowledgement,
        CancellationToken cancellationToken)
    {
        SendServiceRequestReply reply = await connection.AskAsync(client =>
            client.SendServiceRequestAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        foreach (string warning in reply.Warnings)
        {
            await Console.Error.WriteLineAsync($"warning: {warning}").ConfigureAwait(false);
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(reply);
        }
        else if (reply.ErrorCode.Length == 0)
        {
            bool hasResponse = reply.ResponseXml.Length > 0;
            if (withAcknowledgement || !hasResponse)
            {
                Console.WriteLine(reply.AcknowledgementXml);
            }

            if (hasResponse)
            {
                Console.WriteLine(reply.ResponseXml);
            }

            if (reply.DccAlertXml.Length > 0)
            {
                Console.WriteLine(reply.DccAlertXml);
            }

            if (reply.Latency is { Exchanges: > 0 } latency)
            {
                await Console.Error.WriteLineAsync(
                    $"latency: queue {ConsoleText.Of(latency.Queue.ToTimeSpan())}, host {ConsoleText.Of(latency.Host.ToTimeSpan())}, "
                    + $"line {ConsoleText.Of(latency.Line.ToTimeSpan())}, device {ConsoleText.Of(latency.Device.ToTimeSpan())}; "
                    + $"connecting {ConsoleText.Of(latency.Connect.ToTimeSpan())}").ConfigureAwait(false);
            }
        }

        if (reply.ErrorCode.Length > 0)
        {
            await Console.Error.WriteLineAsync($"harness: {reply.ErrorCode}: {reply.Error}").ConfigureAwait(false);
            return ExitCode.OfRequest(reply.ErrorCode);
        }

        if (RefusalIn(reply.ResponseXml.Length > 0 ? reply.ResponseXml : reply.AcknowledgementXml) is not { } refusal)
        {
            return ExitCode.Passed;
        }

        await Console.Error.WriteLineAsync($"harness: {refusal}").ConfigureAwait(false);
        return ExitCode.Failed;
    }

    private static string? RefusalIn(string answer)
    {
        try
        {
            return DuisResponseReader.Read(answer).Message.Refusal;
        }
        catch (DuisFormatException exception)
        {
            return $"what came back is no DUIS response: {exception.Message}";
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            return FirmwareReferences.Inline(await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false), file: null);
        }

        return File.Exists(file)
            ? FirmwareReferences.Inline(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), file)
            : throw new CommandException(ExitCode.Usage, $"no file {file}");
    }
}
