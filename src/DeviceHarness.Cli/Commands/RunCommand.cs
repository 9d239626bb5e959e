using System.CommandLine;
using System.Runtime.CompilerServices;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness run</c>: runs a pack on a rig and waits for the verdicts.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> pack = new("pack") { Description = "A built-in pack (harness packs) or a pack file" };
        Option<string> rig = new("--rig")
        {
            Description = "The rig; default: a connected one that has the devices, by seed; a sick one last",
            HelpName = "name",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<int> cycles = CommonOptions.Cycles();
        Option<string[]> only = new("--only")
        {
            Description = "Run only these cases",
            HelpName = "case",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<long> seed = new("--seed") { Description = "The seed of everything random; default: 1", DefaultValueFactory = _ => 1 };
        Option<bool> detach = new("--detach") { Description = "Submit and return; watch later with 'harness watch'" };
        Option<bool> isVirtual = CommonOptions.Virtual();
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "run",
            """
            Run a test pack on a rig, show its progress, print the summary.

            Examples:
              harness run dmct-smoke
              harness run dmct-smoke --rig bench-01 --cycles 2
              harness run dmct-smoke --only SMK-01 SMK-03
              harness run my.pack.yaml --virtual
            """)
        { pack, rig, cycles, only, seed, detach, isVirtual, rigConfig };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SubmitCyclesRequest request = await RequestAsync(parsed.GetRequiredValue(pack), cancellationToken).ConfigureAwait(false);
            request.Rig = parsed.GetRequiredValue(rig);
            request.Cycles = parsed.GetValue(cycles);
            request.Seed = parsed.GetValue(seed);
            request.Only.AddRange(parsed.GetRequiredValue(only));
            bool isJson = parsed.GetValue(CommonOptions.Json);
            if (parsed.GetValue(isVirtual))
            {
                BenchProcesses processes = await BenchProcesses.StartAsync(
                    BenchProcesses.NewRunFolder(), parsed.GetRequiredValue(rigConfig), [], cancellationToken).ConfigureAwait(false);
                await using ConfiguredAsyncDisposable stopping = processes.ConfigureAwait(false);
                using OrchestratorConnection own = OrchestratorConnection.To(processes.Address);
                CycleRun local = await CycleRun.SubmitAsync(own, request, isJson, cancellationToken).ConfigureAwait(false);
                return await local.FollowAsync(cancellationToken).ConfigureAwait(false);
            }

            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            CycleRun run = await CycleRun.SubmitAsync(connection, request, isJson, cancellationToken).ConfigureAwait(false);
            return parsed.GetValue(detach) ? run.WriteIds() : await run.FollowAsync(cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<SubmitCyclesRequest> RequestAsync(string pack, CancellationToken cancellationToken)
    {
        bool isFile = pack.EndsWith(".yaml", StringComparison.Ordinal)
            || pack.EndsWith(".yml", StringComparison.Ordinal)
            || pack.Contains('/', StringComparison.Ordinal);
        if (!isFile)
        {
            return new SubmitCyclesRequest { PackName = pack };
        }

        return File.Exists(pack)
            ? new SubmitCyclesRequest
            {
                PackName = Path.GetFileName(pack),
                PackText = await File.ReadAllTextAsync(pack, cancellationToken).ConfigureAwait(false),
            }
            : throw new CommandException(ExitCode.Usage, $"no pack file {pack}; 'harness packs' lists the built-in ones");
    }
}
