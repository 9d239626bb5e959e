using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han form</c>: makes an adapter the trust centre of a new network.</summary>
internal static class HanFormCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<byte?> channel = new("--channel")
        {
            Description = "The channel, one of those that the rig file allows; default: the quietest of them",
            HelpName = "number",
        };
        Option<bool> anew = new("--anew")
        {
            Description = "Form a new network though the keys of one before are kept; who was in that has to be let in anew",
        };
        HanOptions options = new();
        Command command = new(
            "form",
            """
            Form a network, with the adapter as its trust centre. The channels that the rig file allows are measured first, and the quietest
            is taken. Keys and counters are kept in the data folder, encrypted, so that another stick can take the adapter's place: harness
            han restore. Exit code 1 when the adapter is in a network already, or the keys of one before are kept.

            Examples:
              harness han form --rig-config rigs/han/rig.yaml
              harness han form --rig-config rigs/han/rig.yaml --channel 15
            """)
        { channel, anew };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            RigAdapter adapter = options.Adapter(rig, parsed);
            byte? named = parsed.GetValue(channel);
            if (!adapter.IsTrustCentre)
            {
                throw new CommandException(ExitCode.Usage, $"{adapter.Name} joins another's network: 'role' in the rig file");
            }

            if (named is { } number && (number > 31 || (adapter.Channels & (1u << number)) == 0))
            {
                throw new CommandException(
                    ExitCode.Usage, $"--channel: found {number}; allowed for {adapter.Name}: {string.Join(", ", ChannelsOf(adapter))}");
            }

            bool isAnew = parsed.GetValue(anew);
            return await options.OnBenchAsync(
                rig, parsed, bench => FormAsync(bench, named, isAnew, parsed, cancellationToken), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static IEnumerable<byte> ChannelsOf(RigAdapter adapter) =>
        Enumerable.Range(0, 32).Where(number => (adapter.Channels & (1u << number)) != 0).Select(number => (byte)number);

    private static async Task<int> FormAsync(
        HanBench bench, byte? channel, bool isAnew, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (bench.Network is { } present)
        {
            throw new CommandException(
                ExitCode.Failed, $"{bench.Adapter.Name} is in a network already: {present}; harness han leave ends it");
        }

        if (!isAnew && bench.Kept is { } kept)
        {
            throw new CommandException(
                ExitCode.Failed,
                $"{bench.Adapter.Name}: the keys of {kept} are kept: harness han restore takes them, --anew gives them up");
        }

        HanFormed formed = await bench.FormAsync(channel, cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(new { Adapter = bench.Adapter.Name, formed.Network, formed.Energy });
            return ExitCode.Passed;
        }

        foreach ((int measured, int dbm) in formed.Energy)
        {
            Console.WriteLine($"channel {measured}: {dbm} dBm");
        }

        Console.WriteLine($"{bench.Adapter.Name}: formed {formed.Network}");
        return ExitCode.Passed;
    }
}
