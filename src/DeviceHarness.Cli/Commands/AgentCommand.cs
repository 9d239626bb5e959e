using System.CommandLine;
using DeviceHarness.Agent;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;
using DeviceHarness.Orchestrator;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness agent</c>: drives the devices of one rig.</summary>
internal static class AgentCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<string?> profiles = new("--profiles")
        {
            Description = "Folder of device profiles; default: rigs/profiles or ../profiles beside the rig file",
            HelpName = "folder",
        };
        Option<string[]> defect = new("--service-defect")
        {
            Description = "Plant a defect in the simulated service: name, name:parameter=value,..., or device: and either "
                + $"({string.Join(", ", PlantedDefect.Names)})",
            HelpName = "name",
            DefaultValueFactory = _ => [],
        };
        Option<bool> allowIrreversible = new("--allow-irreversible")
        {
            Description = "Let steps that nothing undoes (clock, keys, firmware, top-ups) run on its real devices, whichever run asks; "
                + "without it, in runs that allow them themselves",
        };
        Option<int?> scale = CommonOptions.ClockScale();
        Command command = new(
            "agent",
            """
            Drive the devices of a rig for the orchestrator until Ctrl-C. Dials out; nothing listens.

            Examples:
              harness agent
              harness agent --service-defect esme-02:late-response:delay=20s,srv=11.1
              harness agent --rig-config rigs/my-rig/rig.yaml --server https://bench-pc:7410 \
                --client-cert rig.pem --client-key rig.key --server-ca ca.pem
            """)
        { rigConfig, profiles, defect, allowIrreversible, scale, ParentWatch.Option };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = ClockReader.With(
                RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)), parsed.GetValue(scale));
            string data = CommonOptions.DataFolderOf(parsed);
            bool isJson = parsed.GetValue(CommonOptions.Json);
            ServerAddress servers = ServerAddress.Of(parsed);
            using ServiceManager? manager = ServiceManager.Find(Environment.GetEnvironmentVariable, TimeProvider.System);
            AgentOptions options = new()
            {
                Rig = rig,
                DataFolder = data,
                ProfilesFolder = parsed.GetValue(profiles),
                ServiceDefects = parsed.GetRequiredValue(defect),
                AllowIrreversible = parsed.GetValue(allowIrreversible),
                FindServer = () => parsed.GetValue(CommonOptions.Server) ?? Environment.GetEnvironmentVariable("HARNESS_SERVER")
                    ?? OrchestratorAddress.TryRead(data)?.Address,
                OpenChannel = servers.Open,
                OnReady = () => manager?.TellReady(),
                OnConnected = server => TellConnected(rig.Name, server, isJson, manager),
            };
            using ParentWatch parent = ParentWatch.Begin(parsed, cancellationToken);
            using var logs = ProcessLog.CreateFactory();
            await AgentHost.RunAsync(options, TimeProvider.System, logs, parent.Token).ConfigureAwait(false);
            return ProcessEnd.Of(cancellationToken);
        });
        return command;
    }

    private static void TellConnected(string rig, string server, bool isJson, ServiceManager? manager)
    {
        manager?.TellStatus($"connected to {server}");
        if (isJson)
        {
            JsonText.WriteLine(new { Event = "connected", Rig = rig, Server = server });
            return;
        }

        Console.WriteLine($"rig {rig} is connected to {server}");
    }
}
