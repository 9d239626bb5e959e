using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han permit</c>: lets named devices join, each by its install code.</summary>
internal static class HanPermitCommand
{
    private const int MostSeconds = 254;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> devices = new("device")
        {
            Description = "The devices' names in the rig file, which states the install code of each under its secrets",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<int> seconds = new("--for")
        {
            Description = $"How many seconds the network is open, 1 to {MostSeconds}",
            DefaultValueFactory = _ => 180,
            HelpName = "seconds",
        };
        HanOptions options = new();
        Command command = new(
            "permit",
            """
            Let devices join. Only the devices named may, each with the key of its own install code; whoever else tries is sent away. The
            network is closed once all are in, or the time is over. Where certificates are held, each device's key establishment is waited
            for. Exit code 1 when a device did not join, or agreed on no key.

            Examples:
              harness han permit gsme-01 --rig-config rigs/han/rig.yaml
              harness han permit gsme-01 --for 60 --rig-config rigs/han/rig.yaml --json
            """)
        { devices, seconds };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            int duration = parsed.GetValue(seconds);
            if (duration is < 1 or > MostSeconds)
            {
                throw new CommandException(ExitCode.Usage, $"--for: found {duration}; allowed: 1 to {MostSeconds} seconds");
            }

            RigDevice[] targets = [.. parsed.GetRequiredValue(devices).Select(name => KeysCommand.Find(rig, name)).Distinct()];
            HanBench.CheckInstallCodes(targets);
            return await options.OnBenchAsync(
                rig, parsed, bench => PermitAsync(bench, targets, TimeSpan.FromSeconds(duration), parsed, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> PermitAsync(
        HanBench bench, RigDevice[] targets, TimeSpan duration, ParseResult parsed, CancellationToken cancellationToken)
    {
        _ = HanOptions.NetworkOf(bench);
        bool isJson = parsed.GetValue(CommonOptions.Json);
        if (!isJson)
        {
            Console.WriteLine(
                $"{bench.Adapter.Name}: open for {string.Join(", ", targets.Select(target => target.Id))}, {duration.TotalSeconds:F0} s");
        }

        IReadOnlyList<HanJoined> joined = await bench.PermitAsync(targets, duration, Told, cancellationToken).ConfigureAwait(false);
        if (isJson)
        {
            JsonText.Write(joined);
        }

        return joined.All(device => device.IsIn) ? ExitCode.Passed : ExitCode.Failed;

        void Told(HanJoined device)
        {
            if (!isJson)
            {
                string key = device.LinkKey.Length == 0 ? "" : $"; link key: {device.LinkKey}";
                Console.WriteLine($"{device.Device}: {(device.NodeId is { } address ? $"joined as {address}{key}" : "did not join")}");
            }
        }
    }
}
