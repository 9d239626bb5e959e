using System.CommandLine;
using System.Globalization;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness rigs</c>: lists rigs and their devices.</summary>
internal static class RigsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new(
            "rigs",
            """
            List the rigs that the orchestrator knows, and their devices.

            Examples:
              harness rigs
              harness rigs --json
            """);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            ListRigsReply reply = await connection.AskAsync(client =>
                client.ListRigsAsync(new ListRigsRequest(), cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["rig", "state", "last seen (UTC)", "running", "agent", "host", "health"],
                [.. reply.Rigs.Select(rig => (IReadOnlyList<string>)
                [
                    rig.Name, rig.Online ? "online" : "offline",
                    rig.LastSeen.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), rig.RunningCase,
                    rig.AgentVersion, rig.Host, rig.Health,
                ])]);
            ConsoleText.WriteTable(
                ["rig", "device", "type", "EUI-64", "status", "firmware", "profile", "origin", "adapter latency"],
                [.. reply.Rigs.SelectMany(rig => rig.Devices.Select(device => (IReadOnlyList<string>)
                [
                    rig.Name, device.Id, device.DeviceType, device.Eui64, device.Status, device.FirmwareVersion, device.Profile,
                    device.Provenance.Origin.ToString(), device.Adapter?.Text ?? "port not open",
                ]))]);
            foreach (Rig rig in reply.Rigs.Where(rig => rig.Quarantine is not null))
            {
                Console.WriteLine(RigText.Quarantine(rig));
            }

            foreach ((Rig rig, Device device) in reply.Rigs.SelectMany(rig => rig.Devices.Select(device => (rig, device)))
                .Where(row => row.device.Quarantine.Length > 0))
            {
                Console.WriteLine($"{rig.Name} {device.Id} is in QUARANTINE, and cases on it are Blocked: {device.Quarantine}");
            }

            return ExitCode.Passed;
        });
        return command;
    }
}
