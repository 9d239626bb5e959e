using System.CommandLine;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness readout</c>: what a meter tells anybody at its optical port (IEC 62056-21, mode C).</summary>
internal static class ReadOutCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> device = new("device") { Description = KeysCommand.Device };
        Option<string> rigConfig = CommonOptions.RigConfig();
        Command command = new(
            "readout",
            """
            Have a meter read out its data at its optical port, by IEC 62056-21 mode C, and print it. No password is sent and nothing is
            changed. Its link in the rig file has to say sign-on; no agent may drive the rig meanwhile.

            Examples:
              harness readout esme-01
              harness readout esme-01 --rig-config my-rig.yaml --json
            """)
        { device, rigConfig };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            RigDevice target = KeysCommand.Find(rig, parsed.GetRequiredValue(device));
            ReadOutListing read = await DeviceReadOut.ReadAsync(
                rig, target, CommonOptions.DataFolderOf(parsed), TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(read);
                return ExitCode.Passed;
            }

            Console.WriteLine($"{target.Id}: {read.Identification}, read out at {read.Baud} baud");
            ConsoleText.WriteTable(
                ["address", "value", "unit"],
                [.. read.Values.Select(value => (IReadOnlyList<string>)[value.Address, value.Value, value.Unit])]);
            return ExitCode.Passed;
        });
        return command;
    }
}
