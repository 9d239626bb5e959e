using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness keys</c>: the Management Keys of a rig's devices, for a person at the bench. No key is ever printed.</summary>
internal static class KeysCommand
{
    /// <summary>How a device is named on the command line.</summary>
    internal const string Device = "The device's name in the rig file, or its type, such as esme";

    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "keys",
        """
        The keys of a rig's devices: which are held, rotate them, find out which one a device holds. Identifiers stand for keys.

        Examples:
          harness keys list --rig-config rigs/secured/rig.yaml
          harness keys rotate esme-01 --rig-config rigs/secured/rig.yaml
          harness keys probe esme-01 --rig-config rigs/secured/rig.yaml
        """)
    { CreateList(), CreateRotate(), CreateProbe() };

    private static Command CreateList()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "list",
            """
            What is known of each device's keys, its failed attempts and its lock, and whether it was rotated within seven days of its
            migration, which the fact migrated-at states in the rig file. Nothing is sent.
            Exit code 1 when a rotation is overdue.

            Examples:
              harness keys list
              harness keys list --rig-config rigs/secured/rig.yaml --json
            """)
        { rigConfig };
        command.SetAction(parsed =>
        {
            IReadOnlyList<KeyListing> keys = KeyBench.List(
                RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)), CommonOptions.DataFolderOf(parsed),
                TimeProvider.System);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(keys.Select(Row));
            }
            else
            {
                ConsoleText.WriteTable(
                    ["device", "keys", "state", "rotated", "due", "failed attempts", "locked until"], [.. keys.Select(Columns)]);
            }

            return keys.Any(device => device.IsOverdue) ? ExitCode.Failed : ExitCode.Passed;
        });
        return command;
    }

    private static Command CreateRotate()
    {
        Argument<string> device = new("device") { Description = Device };
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<bool> allow = new("--allow-irreversible")
        {
            Description = "Needed for a real device: the key that it holds now does not come back",
        };
        Command command = new(
            "rotate",
            """
            Give a device a new key. It is kept, encrypted, before anything is sent; both keys are kept until the device has proved which
            it holds. No agent may drive the rig meanwhile.
            Exit code 1 when the device refuses or does not confirm; then: harness keys probe.

            Examples:
              harness keys rotate esme-01 --rig-config rigs/secured/rig.yaml
              harness keys rotate esme-01 --rig-config my-rig.yaml --allow-irreversible
            """)
        { device, rigConfig, allow };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            RigDevice target = Find(rig, parsed.GetRequiredValue(device));
            if (!target.Link.IsVirtual && !parsed.GetValue(allow))
            {
                throw new CommandException(
                    ExitCode.Usage, $"{target.Id} is a real device and a rotation is irreversible: --allow-irreversible");
            }

            if (!Listed(rig, target, parsed).HasMasterKey)
            {
                throw new CommandException(
                    ExitCode.Usage, $"no master key is named for {target.Id}: 'master-key' under its 'keys' in the rig file");
            }

            KeyRotation rotation = await OnBenchAsync(
                rig, parsed, bench => bench.Keys.RotateAsync(target.Id, cancellationToken)).ConfigureAwait(false);
            Write(parsed, target.Id, $"{rotation.Outcome}", rotation.Proof, rotation.Detail);
            return rotation is { Outcome: KeyRotationOutcome.Confirmed, Proof: KeyProof.Candidate } ? ExitCode.Passed : ExitCode.Failed;
        });
        return command;
    }

    private static Command CreateProbe()
    {
        Argument<string> device = new("device") { Description = Device };
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<bool> former = new("--former")
        {
            Description = "Try the key that was rotated out, a wrong key on purpose; it costs one attempt, and needs another to come back",
        };
        Command command = new(
            "probe",
            """
            Find out which key a device holds, within its attempts. That settles a rotation that was left open.
            Exit code 1 when it is not proven; with --former when the device takes the key that was rotated out.

            Examples:
              harness keys probe esme-01 --rig-config rigs/secured/rig.yaml
              harness keys probe esme-01 --rig-config rigs/secured/rig.yaml --former
            """)
        { device, rigConfig, former };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            RigDevice target = Find(rig, parsed.GetRequiredValue(device));
            _ = Listed(rig, target, parsed);
            bool isFormer = parsed.GetValue(former);
            KeyProbe probe = await OnBenchAsync(
                rig, parsed,
                bench => bench.Keys.ProbeAsync(target.Id, isFormer ? KeyProbeSubject.Former : KeyProbeSubject.Held, cancellationToken))
                .ConfigureAwait(false);
            Write(parsed, target.Id, string.Empty, probe.Proof, probe.Detail);
            bool isRight = isFormer ? probe.Proof == KeyProof.Refused : probe.Proof is KeyProof.Candidate or KeyProof.Former;
            return isRight ? ExitCode.Passed : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>What is known of a device's keys; refuses one that has none before its port is opened.</summary>
    private static KeyListing Listed(RigConfiguration rig, RigDevice target, ParseResult parsed)
    {
        KeyListing listed = KeyBench.List(
            rig with { Devices = [target] }, CommonOptions.DataFolderOf(parsed), TimeProvider.System).Single();
        return listed.HasKeys
            ? listed
            : throw new CommandException(
                ExitCode.Usage, $"{target.Id} has no keys of its own: its association is neither ciphered nor proved by GMAC");
    }

    private static async Task<T> OnBenchAsync<T>(RigConfiguration rig, ParseResult parsed, Func<KeyBench, Task<T>> act)
    {
        using ILoggerFactory logs = ProcessLog.CreateFactory();
        KeyBench bench = KeyBench.Open(rig, CommonOptions.DataFolderOf(parsed), TimeProvider.System, logs);
        await using ConfiguredAsyncDisposable freeing = bench.ConfigureAwait(false);
        return await act(bench).ConfigureAwait(false);
    }

    /// <summary>The device of a name or, failing that, the first of a type.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    internal static RigDevice Find(RigConfiguration rig, string device) =>
        rig.Devices.FirstOrDefault(candidate => candidate.Id.Value == device)
        ?? rig.Devices.FirstOrDefault(candidate => string.Equals(candidate.DeviceType, device, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandException(
            ExitCode.Usage,
            $"the rig {rig.Name} has no device '{device}'; it has "
            + string.Join(", ", rig.Devices.Select(candidate => candidate.Id.Value)));

    private static void Write(ParseResult parsed, DeviceId device, string outcome, KeyProof proof, string detail)
    {
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(new { Device = device.Value, Outcome = outcome, Proof = proof.ToString(), Detail = detail });
            return;
        }

        Console.WriteLine($"{device}: {(outcome.Length == 0 ? string.Empty : $"{outcome.ToLowerInvariant()}; ")}{detail}");
    }

    private static object Row(KeyListing keys) => new
    {
        Device = keys.Device.Value,
        keys.HasKeys,
        keys.HasMasterKey,
        keys.Open,
        Held = keys.Held.ToString(),
        keys.Active,
        keys.Candidate,
        keys.PreparedAt,
        keys.ProvenAt,
        keys.DueAt,
        keys.IsOverdue,
        keys.Failures,
        keys.AttemptLimit,
        keys.LockedUntil,
    };

    private static IReadOnlyList<string> Columns(KeyListing keys) =>
    [
        keys.Device.Value,
        !keys.HasKeys ? "none" : keys.Active.Length == 0 ? "of the rig file" : keys.Active,
        (keys.HasKeys, keys.Open.Length > 0, keys.Held) switch
        {
            (false, _, _) => string.Empty,
            (_, true, _) => $"open ({keys.Open}), candidate {keys.Candidate}: harness keys probe",
            (_, _, KeyProof.None) => keys.HasMasterKey ? "never rotated" : "never rotated; no master key",
            (_, _, KeyProof.Candidate) => "rotated, proven",
            _ => "not rotated, proven",
        },
        Moment(keys.PreparedAt),
        keys.IsOverdue ? $"missed: {Moment(keys.DueAt)}" : Moment(keys.DueAt),
        keys.AttemptLimit is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"{keys.Failures} of {limit}")
            : keys.Failures.ToString(CultureInfo.InvariantCulture),
        Moment(keys.LockedUntil),
    ];

    private static string Moment(DateTimeOffset? moment) =>
        moment is { } time ? time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : string.Empty;
}
