using System.CommandLine;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Packs.Loader;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness schema pack|rig|profile|han-profile|firmware</c>: the JSON Schemas of the files that people write.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "schema",
        """
        Print the JSON Schema (draft 2020-12) of a file that people write, for completion and checks in an editor.

        Examples:
          harness schema pack --output pack.schema.json
          harness schema rig
          harness schema profile
          harness schema han-profile
          harness schema firmware

        With the YAML language server, the first line of the file is then
          # yaml-language-server: $schema=pack.schema.json
        """)
    {
        Create("pack", "Test packs, *.pack.yaml.", () => PackSchema.Text),
        Create("rig", "Rig files, such as rig-config.yaml.", () => RigSchemas.Rig),
        Create("profile", "Device profiles, rigs/profiles/*.yaml.", () => RigSchemas.Profile),
        Create("han-profile", "Profiles of devices of a home area network, rigs/profiles/han/*.yaml.", () => RigSchemas.HanProfile),
        Create("firmware", "Firmware registers, which rig files name.", () => RigSchemas.Firmware),
    };

    private static Command Create(string name, string what, Func<string> text)
    {
        Option<string?> output = new("--output", "-o") { Description = "Write to this file instead of standard output", HelpName = "file" };
        Command command = new(
            name,
            $"""
            {what}

            Examples:
              harness schema {name}
              harness schema {name} --output {name}.schema.json
            """)
        { output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllTextAsync(file, text(), cancellationToken).ConfigureAwait(false);
                await Console.Error.WriteLineAsync($"# yaml-language-server: $schema={file}").ConfigureAwait(false);
            }
            else
            {
                await Console.Out.WriteAsync(text()).ConfigureAwait(false);
            }

            return ExitCode.Passed;
        });
        return command;
    }
}
