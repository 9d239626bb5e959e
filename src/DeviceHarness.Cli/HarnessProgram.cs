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
    // In the order in which the help tells them.
    private static readonly Dictionary<string, Func<Command>> Commands = new(StringComparer.Ordinal)
    {
        ["demo"] = DemoCommand.Create,
        ["run"] = RunCommand.Create,
        ["send"] = SendCommand.Create,
        ["read"] = ReadCommand.Create,
        ["readout"] = ReadOutCommand.Create,
        ["watch"] = WatchCommand.Create,
        ["decode"] = DecodeCommand.Create,
        ["cycles"] = CyclesCommand.Create,
        ["cycle"] = CycleCommand.Create,
        ["compare"] = CompareCommand.Create,
        ["latency"] = LatencyCommand.Create,
        ["history"] = HistoryCommand.Create,
        ["alerts"] = AlertsCommand.Create,
        ["issues"] = IssuesCommand.Create,
        ["issue"] = IssueCommand.Create,
        ["thresholds"] = ThresholdsCommand.Create,
        ["phases"] = PhasesCommand.Create,
        ["regression"] = RegressionCommand.Create,
        ["rigs"] = RigsCommand.Create,
        ["rig"] = RigCommand.Create,
        ["campaign"] = CampaignCommand.Create,
        ["packs"] = PacksCommand.Create,
        ["pack"] = PackCommand.Create,
        ["report"] = ReportCommand.Create,
        ["srv"] = SrvCommand.Create,
        ["schema"] = SchemaCommand.Create,
        ["firmware"] = FirmwareCommand.Create,
        ["keys"] = KeysCommand.Create,
        ["han"] = HanCommand.Create,
        ["replay"] = ReplayCommand.Create,
        ["power"] = PowerCommand.Create,
        ["operator"] = OperatorCommand.Create,
        ["doctor"] = DoctorCommand.Create,
        ["survey"] = SurveyCommand.Create,
        ["selftest"] = SelfTestCommand.Create,
        ["trace"] = TraceCommand.Create,
        ["bench"] = BenchCommand.Create,
        ["agent"] = AgentCommand.Create,
        ["orchestrator"] = OrchestratorCommand.Create,
    };

    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = CreateRoot(args.FirstOrDefault()).Parse(args);
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

    /// <summary>Makes the tree of commands; nothing is read or run.</summary>
    /// <param name="asked">The first word of the command line: where it names a command, the tree has that one alone, since making all
    /// takes a third of a short command's time. Null for all.</param>
    internal static RootCommand CreateRoot(string? asked = null)
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

        IEnumerable<Func<Command>> wanted = Commands.TryGetValue(asked ?? string.Empty, out Func<Command>? only) ? [only] : Commands.Values;
        foreach (Func<Command> create in wanted)
        {
            root.Subcommands.Add(create());
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
