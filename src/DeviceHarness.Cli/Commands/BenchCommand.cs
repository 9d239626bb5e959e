using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;
using DeviceHarness.Cli.Processes;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness bench</c>: serves the virtual devices of a rig file, and is the hands of a person there.</summary>
internal static class BenchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<string[]> defect = new("--defect")
        {
            Description = $"Plant a defect: name, or device:name ({string.Join(", ", VirtualBenchHost.DefectNames)}; "
                + $"of a device on a ZigBee adapter's radio {string.Join(", ", VirtualAdapterHost.DefectNames)}; "
                + $"of a relay board, always board:name, {string.Join(", ", VirtualBenchHost.BoardDefectNames)})",
            HelpName = "name",
            DefaultValueFactory = _ => [],
        };
        Option<int?> scale = CommonOptions.ClockScale();
        Option<string[]> faults = new("--faults")
        {
            Description = "Put seeded faults on the lines, in place of link.faults of the rig file: plan, or device:plan; a plan is "
                + "seed=<n>, only=to|from, <kind>=<share of octets>, <kind>@<octet>; kinds: loss, flip, duplicate, garbage, delay, "
                + "stall, hang-up, wrong-baud",
            HelpName = "plan",
            DefaultValueFactory = _ => [],
        };
        Command up = new(
            "up",
            """
            Serve the virtual devices of the rig file at the far end of pseudo-terminals until Ctrl-C. Prints their paths.

            Examples:
              harness bench up
              harness bench up --rig-config rigs/my-rig/rig.yaml
              harness bench up --defect wrong-scaler
              harness bench up --faults seed=7,loss=0.001 --faults esme-02:stall@120,only=from
            """)
        { rigConfig, defect, faults, scale, ParentWatch.Option };
        up.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = ClockReader.With(
                PlantedFaults.PlantAll(
                    RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)), parsed.GetRequiredValue(faults)),
                parsed.GetValue(scale));
            string data = CommonOptions.DataFolderOf(parsed);
            using ParentWatch parent = ParentWatch.Begin(parsed, cancellationToken);
            using var logs = ProcessLog.CreateFactory();
            await VirtualBenchHost.RunAsync(
                rig, data, parsed.GetRequiredValue(defect), ports => WritePorts(ports, parsed.GetValue(CommonOptions.Json)),
                TimeProvider.System, logs, parent.Token)
                .ConfigureAwait(false);
            return ProcessEnd.Of(cancellationToken);
        });
        return new Command(
            "bench",
            """
            The virtual bench.

            Examples:
              harness bench up
              harness bench up --defect wrong-scaler
              harness bench adapter rigs/virtual/zigbee-adapter.yaml
              harness bench stop --rig-config rigs/my-rig/rig.yaml
            """)
        { up, Adapter(), Stop(), Press() };
    }

    private static Command Stop()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<bool> release = new("--release") { Description = "Let the emergency stop go" };
        Command stop = new(
            "stop",
            """
            Pull the emergency stop of the virtual bench, as a person does with the hand: every meter loses its mains at once. The agent
            notices by itself and switches nothing on until the stop is let go and somebody acknowledges it ('harness bench press', or
            'harness power acknowledge').

            Examples:
              harness bench stop
              harness bench stop --release
            """)
        { rigConfig, release };
        stop.SetAction(async (parsed, cancellationToken) =>
        {
            Console.WriteLine(await BenchHands.StopAsync(
                RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)),
                CommonOptions.DataFolderOf(parsed), !parsed.GetValue(release), cancellationToken)
                .ConfigureAwait(false));
            return ExitCode.Passed;
        });
        return stop;
    }

    private static Command Press()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command press = new(
            "press",
            """
            Press the acknowledgement button of the virtual bench. It counts only after the emergency stop was let go, and when the rig
            file has 'power.acknowledge'.

            Examples:
              harness bench press
            """)
        { rigConfig };
        press.SetAction(async (parsed, cancellationToken) =>
        {
            Console.WriteLine(await BenchHands.PressAsync(
                RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)),
                CommonOptions.DataFolderOf(parsed), cancellationToken).ConfigureAwait(false));
            return ExitCode.Passed;
        });
        return press;
    }

    private static Command Adapter()
    {
        Argument<string> model = new("model") { Description = "What the adapter is: a file with 'kind: zigbee-adapter'" };
        Option<string?> link = new("--link")
        {
            Description = "The link that clients open (default: in the data folder, named as the file)",
            HelpName = "path",
        };
        Option<string[]> defects = new("--defect")
        {
            Description = "Plant a defect in a device on its radio: name, or device:name "
                + $"({string.Join(", ", VirtualAdapterHost.DefectNames)})",
            HelpName = "name",
        };
        Command adapter = new(
            "adapter",
            """
            Serve a virtual ZigBee adapter with its radio and devices at the far end of a pseudo-terminal until Ctrl-C. Prints its path.

            Examples:
              harness bench adapter rigs/virtual/zigbee-adapter.yaml
              harness bench adapter rigs/virtual/zigbee-adapter.yaml --link /tmp/adapter
              harness bench adapter rigs/virtual/han.yaml --defect mirror-stale
            """)
        { model, link, defects, ParentWatch.Option };
        adapter.SetAction(async (parsed, cancellationToken) =>
        {
            string data = CommonOptions.DataFolderOf(parsed);
            using ParentWatch parent = ParentWatch.Begin(parsed, cancellationToken);
            await VirtualAdapterHost.RunAsync(
                parsed.GetRequiredValue(model), data, parsed.GetValue(defects) ?? [], parsed.GetValue(link),
                (path, target) => WriteAdapter(path, target, parsed.GetValue(CommonOptions.Json)), TimeProvider.System, parent.Token)
                .ConfigureAwait(false);
            return ProcessEnd.Of(cancellationToken);
        });
        return adapter;
    }

    private static void WriteAdapter(string path, string target, bool isJson)
    {
        if (isJson)
        {
            JsonText.WriteLine(new { Event = "ready", Path = path, Target = target });
            return;
        }

        Console.WriteLine($"{path} -> {target}");
        Console.WriteLine("serving until Ctrl-C");
    }

    private static void WritePorts(IReadOnlyList<VirtualPort> ports, bool isJson)
    {
        if (isJson)
        {
            JsonText.WriteLine(new
            {
                Event = "ready",
                Ports = ports.Select(port => new { Device = port.Device.Value, port.Path, port.Target }),
            });
            return;
        }

        foreach (VirtualPort port in ports)
        {
            Console.WriteLine($"{port.Device}: {port.Path} -> {port.Target}");
        }

        Console.WriteLine("serving until Ctrl-C");
    }
}
