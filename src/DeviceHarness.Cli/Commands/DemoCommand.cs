using System.CommandLine;
using System.Runtime.CompilerServices;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness demo</c>: the main job, whole, on virtual devices.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> stay = new("--stay") { Description = "Keep the processes up after the pack, until Ctrl-C" };
        Option<string[]> defect = new("--defect")
        {
            Description = $"Plant a defect in the virtual ESME or the simulated service, and run the pack that shows it. {DemoPack.Help}. "
                + "power-cut is one of the bench that everything survives",
            HelpName = "name",
            DefaultValueFactory = _ => [],
        };
        Option<int> cycles = CommonOptions.Cycles();
        Option<string?> pack = new("--pack")
        {
            Description = $"A built-in pack; default: the one that shows the defects, else {DemoPack.Default}",
            HelpName = "name",
        };
        Option<int?> scale = CommonOptions.ClockScale();
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "demo",
            """
            Start orchestrator, rig agent and virtual bench as processes, run a pack, write the reports, stop everything.

            Examples:
              harness demo
              harness demo --defect switch-lies
              harness demo --defect verify-lies
              harness demo --defect late-acknowledgement:share=0.3,delay=7m
              harness demo --defect before-mp105
              harness demo --cycles 2 --stay
              harness demo --pack key-rotation --clock-scale 60
            """)
        { stay, defect, cycles, pack, scale, rigConfig };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] defects = parsed.GetRequiredValue(defect);
            string packName = parsed.GetValue(pack) ?? DemoPack.Of(defects);
            string folder = BenchProcesses.NewRunFolder();
            BenchProcesses processes = await BenchProcesses.StartAsync(
                folder, parsed.GetRequiredValue(rigConfig), defects, parsed.GetValue(scale), cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable stopping = processes.ConfigureAwait(false);
            using OrchestratorConnection connection = OrchestratorConnection.To(processes.Address);
            SubmitCyclesRequest request = new() { PackName = packName, Cycles = parsed.GetValue(cycles), Seed = 1 };
            return await processes.WhileUpAsync(
                async whileUp =>
                {
                    CycleRun run = await CycleRun.SubmitAsync(connection, request, parsed.GetValue(CommonOptions.Json), whileUp)
                        .ConfigureAwait(false);
                    int code = await run.FollowAsync(whileUp).ConfigureAwait(false);
                    await WriteReportsAsync(connection, run, folder, whileUp).ConfigureAwait(false);
                    if (parsed.GetValue(stay))
                    {
                        await StayAsync(processes, whileUp).ConfigureAwait(false);
                    }

                    return code;
                },
                cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task WriteReportsAsync(
        OrchestratorConnection connection, CycleRun run, string folder, CancellationToken cancellationToken)
    {
        foreach (string cycle in run.Details.Select(detail => detail.Cycle.Id))
        {
            string html = Path.Combine(folder, $"{cycle}.html");
            string junit = Path.Combine(folder, $"{cycle}.junit.xml");
            await ReportCommand.SaveAsync(connection, cycle, ReportFormat.Html, html, cancellationToken).ConfigureAwait(false);
            await ReportCommand.SaveAsync(connection, cycle, ReportFormat.Junit, junit, cancellationToken).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"HTML report: {html}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"JUnit XML:   {junit}").ConfigureAwait(false);
        }
    }

    private static async Task StayAsync(BenchProcesses processes, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"staying up until Ctrl-C; HARNESS_SERVER={processes.Address}").ConfigureAwait(false);
        TaskCompletionSource interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(interrupted.SetResult);
        await interrupted.Task.ConfigureAwait(false);
    }
}
