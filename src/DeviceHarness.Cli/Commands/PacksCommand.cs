using System.CommandLine;
using DeviceHarness.Cli.Output;
using DeviceHarness.Packs.Library;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness packs</c>: lists the built-in packs.</summary>
internal static class PacksCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new(
            "packs",
            """
            List the built-in test packs.

            Examples:
              harness packs
              harness packs --json
            """);
        command.SetAction(parsed => Write(parsed.GetValue(CommonOptions.Json)));
        return command;
    }

    /// <summary>Prints the list.</summary>
    public static int Write(bool isJson)
    {
        var packs = PackLibrary.List.Select(pack => new { pack.Name, pack.Title, Cases = pack.Cases.Count, pack.Hash }).ToArray();
        if (isJson)
        {
            JsonText.Write(packs);
            return ExitCode.Passed;
        }

        ConsoleText.WriteTable(
            ["pack", "cases", "title", "hash"],
            [.. packs.Select(pack => (IReadOnlyList<string>)[pack.Name, $"{pack.Cases}", pack.Title, pack.Hash[..12]])]);
        return ExitCode.Passed;
    }
}
