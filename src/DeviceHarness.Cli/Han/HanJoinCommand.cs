using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han join</c>: makes an adapter a member of a hub's network.</summary>
internal static class HanJoinCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        HanOptions options = new();
        Command command = new(
            "join",
            """
            Join the network of a hub, by the adapter's install code in the rig file, which the hub must have been told. Where certificates
            are held, a link key is agreed on with the hub. An adapter that is in the network already is made sure of: it rejoins when the
            hub does not hear it. Exit code 1 when it could not join, or agreed on no key.

            Examples:
              harness han join --rig-config rigs/han/joiner.yaml
              harness han join --rig-config rigs/han/joiner.yaml --json
            """);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            RigAdapter adapter = options.Adapter(rig, parsed);
            return adapter.IsTrustCentre
                ? throw new CommandException(ExitCode.Usage, $"{adapter.Name} is the trust centre of its network: 'role' in the rig file")
                : await options.OnBenchAsync(rig, parsed, bench => JoinAsync(bench, parsed, cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> JoinAsync(HanBench bench, ParseResult parsed, CancellationToken cancellationToken)
    {
        HanMember member = await bench.JoinAsync(cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(member);
            return ExitCode.Passed;
        }

        string key = member.LinkKey.Length == 0 ? "" : $"; link key: {member.LinkKey}";
        Console.WriteLine($"{bench.Adapter.Name}: {(member.IsNew ? "joined" : "is in")} {member.Network}, hub {member.TrustCentre}{key}");
        return ExitCode.Passed;
    }
}
