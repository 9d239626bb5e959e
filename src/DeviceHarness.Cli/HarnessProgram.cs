using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Processes;
using Grpc.Core;

namespace DeviceHarness.Cli;

/// <summary>The command line: parses, runs, and turns what went wrong into a message and an exit code.</summary>
internal static class HarnessProgram
{
    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = CreateRoot().Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (string message in parsed.Errors.Select(error => error.Message))
            {
                await Console.Error.WriteLineAsync($"harness: {message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync($"Try: {CommandPath(parsed.CommandResult)} --help").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        using CancellationTokenSource interrupted = new();
        // Ctrl-C at a terminal reaches the whole group: children leave it to their parent, which stops them in the right order.
        bool isChild = parsed.GetResult(ParentWatch.Option) is not null && parsed.GetValue(ParentWatch.Option);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, isChild ? Ignore : Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interrupted.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The edge of the process: everything that got here ends as one message and an exit code.
            return await ReportAsync(exception, interrupted.IsCancellationRequested).ConfigureAwait(false);
        }

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }

        static void Ignore(PosixSignalContext context) => context.Cancel = true;
    }

    /// <summary>Makes the whole tree of commands; nothing is read or run.</summary>
    internal static RootCommand CreateRoot()
    {
        RootCommand root = new(
            """
            DeviceHarness: runs DMCT and SRVT packs on SMETS1 devices and records what they did.

            Examples:
              harness demo                                a whole cycle on virtual devices, with a report
              harness bench up                            serve the virtual bench of rig-config.yaml
              harness run dmct-smoke --rig bench-01       run a pack on a rig
              harness send request.xml                    send one DUIS Service Request
              harness read esme 4.1.1 --virtual           read values from a device
            """);
        root.Options.Add(CommonOptions.Data);
        root.Options.Add(CommonOptions.Server);
        root.Options.Add(CommonOptions.Json);
        foreach (Option option in TlsOptions.OfClient.All)
        {
            root.Options.Add(option);
        }

        foreach (Command command in (Command[])
        [
            DemoCommand.Create(), RunCommand.Create(), SendCommand.Create(), ReadCommand.Create(), ReadOutCommand.Create(),
            WatchCommand.Create(), DecodeCommand.Create(), CyclesCommand.Create(), CycleCommand.Create(), CompareCommand.Create(),
            LatencyCommand.Create(), HistoryCommand.Create(), AlertsCommand.Create(),
            IssuesCommand.Create(), IssueCommand.Create(), ThresholdsCommand.Create(), PhasesCommand.Create(), RegressionCommand.Create(),
            RigsCommand.Create(), RigCommand.Create(), CampaignCommand.Create(),
            PacksCommand.Create(), PackCommand.Create(), ReportCommand.Create(), SrvCommand.Create(), SchemaCommand.Create(),
            FirmwareCommand.Create(), KeysCommand.Create(), HanCommand.Create(), ReplayCommand.Create(),
            PowerCommand.Create(), OperatorCommand.Create(), DoctorCommand.Create(), SurveyCommand.Create(), SelfTestCommand.Create(),
            TraceCommand.Create(),
            BenchCommand.Create(), AgentCommand.Create(), OrchestratorCommand.Create(),
        ])
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : "harness";

    private static async Task<int> ReportAsync(Exception exception, bool isInterrupted)
    {
        (int code, string? message) = exception switch
        {
            _ when isInterrupted && exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } =>
                (ExitCode.Interrupted, "interrupted"),
            ConfigurationException => (ExitCode.Usage, exception.Message),
            CommandException command => (command.ExitCode, command.Message),
            HarnessException harness => (ExitCode.Infrastructure, $"{harness.Code}: {harness.Message}"),
            RpcException rpc => (ExitCodeOf(rpc.StatusCode), rpc.Status.Detail),
            IOException or UnauthorizedAccessException => (ExitCode.Infrastructure, exception.Message),
            _ => (ExitCode.Infrastructure, $"a defect of the harness: {exception}"),
        };
        await Console.Error.WriteLineAsync($"harness: {message}").ConfigureAwait(false);
        return code;
    }

    private static int ExitCodeOf(StatusCode status) => status switch
    {
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists => ExitCode.Usage,
        _ => ExitCode.Infrastructure,
    };
}
