using System.CommandLine;
using System.Globalization;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Han;

/// <summary><c>harness han devices</c>: who is in the network.</summary>
internal static class HanDevicesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> interview = new("--interview")
        {
            Description = "Ask each device what it is and which clusters it has; one that sleeps answers at its next wake",
        };
        HanOptions options = new();
        Command command = new(
            "devices",
            """
            Show the network of an adapter and the devices of the rig file that are in it. Without --interview nothing is sent to a device.
            Exit code 1 when a device of the rig file is not in the network, or did not answer.

            Examples:
              harness han devices --rig-config rigs/han/rig.yaml
              harness han devices --interview --rig-config rigs/han/rig.yaml --json
            """)
        { interview };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = options.Rig(parsed);
            return await options.OnBenchAsync(
                rig, parsed, bench => ShowAsync(bench, parsed.GetValue(interview), parsed, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> ShowAsync(
        HanBench bench, bool isInterviewed, ParseResult parsed, CancellationToken cancellationToken)
    {
        IReadOnlyList<HanDeviceListing> devices = await bench.ListAsync(isInterviewed, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<HanNotice> notices = bench.TakeNotices();
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(new
            {
                Adapter = bench.Adapter.Name,
                bench.Firmware,
                bench.Network,
                Certificates = bench.Adapter.CertificateText,
                Devices = devices,
                Notices = notices,
            });
        }
        else
        {
            string network = bench.Network?.ToString() ?? $"in no network: {HanOptions.WayIn(bench.Adapter)}";
            Console.WriteLine($"{bench.Adapter.Name} ({bench.Firmware}): {network}");
            Console.WriteLine($"{bench.Adapter.Name} holds {bench.Adapter.CertificateText}");
            ConsoleText.WriteTable(
                ["device", "EUI-64", "address", "kind", "LQI", "RSSI", "serves", "problem"],
                [.. devices.Select(device => (IReadOnlyList<string>)
                [
                    device.Device, device.Eui64, device.NodeId ?? "-", device.Kind ?? "-", Text(device.Lqi), Text(device.RssiDbm),
                    string.Join(' ', device.Serves), device.Problem,
                ])]);
            foreach (HanDeviceListing hub in devices.Where(device => device.LetsJoin is not null))
            {
                Console.WriteLine($"the network of {hub.Device} {(hub.LetsJoin == true ? "lets devices join" : "is closed")}");
            }

            foreach (HanNotice notice in notices)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notice.At:HH:mm:ss} {notice.Text}"));
            }
        }

        return devices.All(device => device.Problem.Length == 0) ? ExitCode.Passed : ExitCode.Failed;
    }

    private static string Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture) ?? "-";
}
