using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han compare</c>: whether devices answer in the same form.</summary>
internal static class HanCompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> devices = new("device")
        {
            Description = "The devices of the rig file to ask: meters and mirrors of meters behind the adapter",
            Arity = new ArgumentArity(2, 16),
        };
        HanOptions options = new();
        Command command = new(
            "compare",
            """
            Ask several meters, or the mirrors of one, the same things, and list in which form each answers: what it says when it does not
            know the time, does not have an attribute, keeps no snapshot (IRP586, IRP571). Nothing is changed in a device.
            Exit code 1 when they do not answer alike.

            Examples:
              harness han compare gsme-01 gpf-01 --rig-config rigs/home/rig.yaml
              harness han compare gsme-01 gpf-01 esme-01-han --rig-config rigs/home/rig.yaml --json
            """)
        { devices };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            string[] named = parsed.GetRequiredValue(devices);
            return await options.OnBenchAsync(
                rig, parsed, bench => CompareAsync(bench, named, parsed, cancellationToken), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> CompareAsync(
        HanBench bench, string[] devices, ParseResult parsed, CancellationToken cancellationToken)
    {
        _ = HanOptions.NetworkOf(bench);
        IReadOnlyList<HanFormListing> rows = await bench.CompareAsync(devices, cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(new { Devices = devices, Rows = rows });
        }
        else
        {
            ConsoleText.WriteTable(
                ["asked for", .. devices, "alike"],
                [.. rows.Select(row => (IReadOnlyList<string>)[row.Question, .. row.Forms, row.IsAlike ? "yes" : "NO"])]);
        }

        return rows.All(row => row.IsAlike) ? ExitCode.Passed : ExitCode.Failed;
    }
}
