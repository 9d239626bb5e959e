using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han restore</c>: another stick in the place of a trust centre that broke.</summary>
internal static class HanRestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        HanOptions options = new();
        Command command = new(
            "restore",
            """
            Make an adapter without a network the trust centre that was kept in the data folder: same network, keys and devices, frame
            counters raised so that no device takes what it sends for a repetition. The adapter must have the EUI-64 of the one before.
            Never while that one is still on the air. Exit code 1 when nothing was kept, or the adapter is in a network.

            Examples:
              harness han restore --rig-config rigs/han/rig.yaml
            """);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            return await options.OnBenchAsync(rig, parsed, bench => RestoreAsync(bench, parsed, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RestoreAsync(HanBench bench, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (bench.Network is { } present)
        {
            throw new CommandException(ExitCode.Failed, $"{bench.Adapter.Name} is in a network already: {present}");
        }

        HanNetworkListing network = await bench.RestoreAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException(ExitCode.Failed, $"{bench.Adapter.Name}: no network was kept: {HanOptions.WayIn(bench.Adapter)}");
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(network);
        }
        else
        {
            Console.WriteLine($"{bench.Adapter.Name}: restored {network}");
        }

        return ExitCode.Passed;
    }
}
