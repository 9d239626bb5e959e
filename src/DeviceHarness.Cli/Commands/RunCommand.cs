using System.CommandLine;
using System.Runtime.CompilerServices;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness run</c>: runs a pack on a rig and waits for the verdicts.</summary>
internal static class RunCommand
{
    /// <summary>A plan looks at two cycles at least: the second is the one that a device which may not go back cannot run.</summary>
    private const int ForecastCycles = 2;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> pack = new("pack") { Description = "A built-in pack (harness packs) or a pack file" };
        Option<string> rig = Rig();
        Option<string[]> spareRig = SpareRig();
        Option<int> cycles = CommonOptions.Cycles();
        Option<long> seed = new("--seed") { Description = "The seed of everything random; default: 1", DefaultValueFactory = _ => 1 };
        Option<bool> detach = new("--detach") { Description = "Submit and return; watch later with 'harness watch'" };
        Option<bool> plan = Plan();
        Option<string[]> stopOn = StopOnOption.Create();
        Option<bool> allow = AllowIrreversible();
        (Option<bool> isVirtual, Option<int?> scale) = (CommonOptions.Virtual(), CommonOptions.ClockScale());
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "run",
            """
            Run a test pack on a rig, show its progress, print the summary.

            Examples:
              harness run dmct-smoke
              harness run dmct-smoke --rig bench-01 --cycles 2
              harness run dmct-smoke --rig bench-01 --spare-rig bench-02
              harness run dmct-smoke --only SMK-01 SMK-03
              harness run dmct-smoke --stop-on failed --stop-on inconclusive=3 --detach
              harness run dmct-smoke --device gsme --virtual
              harness run my.pack.yaml --virtual
              harness run my.pack.yaml --plan
              harness run my.pack.yaml --tag quick --parameter tolerance=4s
            """)
        { pack, rig, spareRig, cycles, seed, detach, plan, allow, stopOn, isVirtual, scale, rigConfig };
        (PurposeOptions purpose, SelectionOptions selection, DeviceForm form) = (new(), new(), new());
        purpose.AddTo(command);
        selection.AddTo(command);
        form.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string bench = form.RigConfigOf(parsed, rigConfig);
            PackFile file = await selection.ReadAsync(parsed, form.PackOf(parsed, parsed.GetRequiredValue(pack)), cancellationToken)
                .ConfigureAwait(false);
            string[] ids = selection.Ids(parsed, file.Require());
            if (parsed.GetValue(plan))
            {
                return await WritePlanAsync(
                    file.Require(), parsed, ids, parsed.GetValue(cycles), bench, cancellationToken).ConfigureAwait(false);
            }

            SubmitCyclesRequest request = new() { PackName = file.Name, PackText = file.Text, Purpose = purpose.Of(parsed) };
            (request.Rig, request.Cycles, request.Seed) = (parsed.GetRequiredValue(rig), parsed.GetValue(cycles), parsed.GetValue(seed));
            request.IrreversibleAllowedBy = parsed.GetValue(allow) ? Environment.UserName : string.Empty;
            AddTo(request, parsed.GetRequiredValue(spareRig), ids, parsed.GetRequiredValue(stopOn));
            bool isJson = parsed.GetValue(CommonOptions.Json);
            if (IsAlone(parsed, isVirtual, scale))
            {
                return await RunAloneAsync(request, bench, parsed.GetValue(scale), isJson, cancellationToken).ConfigureAwait(false);
            }

            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            CycleRun run = await CycleRun.SubmitAsync(connection, request, isJson, cancellationToken).ConfigureAwait(false);
            run.IsResumable = true;
            return parsed.GetValue(detach) ? run.WriteIds() : await run.FollowAsync(cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static void AddTo(SubmitCyclesRequest request, string[] spareRigs, string[] ids, string[] stopOn)
    {
        request.SpareRigs.AddRange(spareRigs);
        request.Only.AddRange(ids);
        request.StopOn.AddRange(StopOnOption.Parse(stopOn));
    }

    private static bool IsAlone(ParseResult parsed, Option<bool> isVirtual, Option<int?> scale) =>
        parsed.GetValue(scale) is null || parsed.GetValue(isVirtual)
            ? parsed.GetValue(isVirtual)
            : throw new CommandException(
                ExitCode.Usage, "--clock-scale goes with --virtual; another bench says it in its rig file, or at its start");

    private static Option<string> Rig() => new("--rig")
    {
        Description = "The rig; default: a connected one that has the devices, by seed; a sick one last",
        HelpName = "name",
        DefaultValueFactory = _ => string.Empty,
    };

    private static Option<string[]> SpareRig() => new("--spare-rig")
    {
        Description = "A rig that takes over when the rig is lost (its lease ended, or 'harness rig release'): cases that are safe to "
            + "repeat and that never began go to it where its devices are of the same type, profile and firmware",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static Option<bool> Plan() => new("--plan")
    {
        Description = "Send nothing: print the order, the steps, the devices of the rig file, which steps wear or cannot be undone, "
            + "which cycle can run a case that changes firmware, "
            + "and how long it is likely to take: as an orchestrator that runs has measured it",
    };

    private static Option<bool> AllowIrreversible() => new("--allow-irreversible")
    {
        Description = "Let steps that nothing undoes run on real devices in this run; your login name is kept with it",
    };

    private static async Task<int> RunAloneAsync(
        SubmitCyclesRequest request, string rigConfig, int? scale, bool isJson, CancellationToken cancellationToken)
    {
        BenchProcesses processes = await BenchProcesses.StartAsync(
            BenchProcesses.NewRunFolder(), rigConfig, [], scale, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable stopping = processes.ConfigureAwait(false);
        using OrchestratorConnection connection = OrchestratorConnection.To(processes.Address);
        return await processes.WhileUpAsync(
            async whileUp =>
            {
                CycleRun run = await CycleRun.SubmitAsync(connection, request, isJson, whileUp).ConfigureAwait(false);
                return await run.FollowAsync(whileUp).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> WritePlanAsync(
        TestPack pack, ParseResult parsed, string[] ids, int cycles, string file, CancellationToken cancellationToken)
    {
        RigConfiguration? rig = File.Exists(file) ? RigConfigurationReader.Read(file) : null;
        IReadOnlyList<MeasuredDuration> measured = rig is null
            ? []
            : await MeasuredCycles.FindAsync(parsed, pack, rig.Name, cancellationToken).ConfigureAwait(false);
        RigStanding? standing = rig is null
            ? null
            : await RigInventory.FindAsync(rig, parsed, cancellationToken).ConfigureAwait(false);
        PackPlan plan = PackPlan.Of(
            pack, ids, rig?.BenchDevices, measured, device => standing?.Quarantine.GetValueOrDefault(device.Id.Value));
        if (rig is not null && standing is not null)
        {
            plan = plan with
            {
                Firmware = FirmwareForecast.Of(
                    pack, ids, rig.BenchDevices, standing.Rows.ToDictionary(row => row.DeviceId, row => row.FirmwareVersion),
                    rig.FirmwareRegister, Math.Max(cycles, ForecastCycles)),
            };
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(plan);
        }
        else
        {
            PackPlanText.Write(plan, rig?.Name ?? string.Empty);
        }

        return ExitCode.Passed;
    }
}
