using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han leave</c>: sends a device out of the network, or ends the network of an adapter.</summary>
internal static class HanLeaveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string?> device = new("device")
        {
            Description = $"{KeysCommand.Device}; left out: the adapter itself",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> allow = new("--allow-irreversible")
        {
            Description = "Needed for a real adapter: its network and keys do not come back, and each device has to be let in anew",
        };
        HanOptions options = new();
        Command command = new(
            "leave",
            """
            Tell a device to leave the network, or, without one, have the adapter leave it: a trust centre's network ends with that.

            Examples:
              harness han leave gsme-01 --rig-config rigs/han/rig.yaml
              harness han leave --rig-config rigs/han/rig.yaml
            """)
        { device, allow };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            RigDevice? target = parsed.GetValue(device) is { } name ? KeysCommand.Find(rig, name) : null;
            RigAdapter adapter = options.Adapter(rig, parsed);
            if (target is not null && !adapter.IsTrustCentre)
            {
                throw new CommandException(ExitCode.Usage, $"{adapter.Name} is no trust centre: only the hub sends a device away");
            }

            if (!adapter.IsVirtual && !parsed.GetValue(allow))
            {
                throw new CommandException(ExitCode.Usage, $"{adapter.Name} is a real adapter: --allow-irreversible");
            }

            return await options.OnBenchAsync(
                rig, parsed, bench => LeaveAsync(bench, target, parsed, cancellationToken), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> LeaveAsync(
        HanBench bench, RigDevice? target, ParseResult parsed, CancellationToken cancellationToken)
    {
        HanNetworkListing left = HanOptions.NetworkOf(bench);
        if (target is null)
        {
            await bench.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (!await bench.RemoveAsync(target, cancellationToken).ConfigureAwait(false))
        {
            throw new CommandException(ExitCode.Failed, $"{target.Id} is not in the network of {bench.Adapter.Name}");
        }

        string who = target?.Id.Value ?? bench.Adapter.Name;
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(new { Left = who });
        }
        else
        {
            Console.WriteLine(target is null ? $"{who}: left {left}" : $"{who}: told to leave {left}");
        }

        return ExitCode.Passed;
    }
}
