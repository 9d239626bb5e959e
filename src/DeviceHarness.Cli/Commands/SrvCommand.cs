using System.CommandLine;
using DeviceHarness.Cli.Output;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness srv list</c>: the service reference variants.</summary>
internal static class SrvCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> driven = new("--driven") { Description = "Only the variants that this version drives on devices" };
        Command list = new(
            "list",
            """
            List the service reference variants of the DUIS catalogue, and of those that are not driven which no SMETS1 device carries out.

            Examples:
              harness srv list
              harness srv list --driven
              harness srv list --json
            """)
        { driven };
        list.SetAction(parsed =>
        {
            SrvRow[] rows = [.. SrvCatalogue.Entries
                .Select(SrvRow.Of)
                .Where(row => row.Driven || !parsed.GetValue(driven))];
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(rows);
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["SRV", "name", "critical", "device types", "roles", "command variants", "driven here", "why not"],
                [.. rows.Select(row => (IReadOnlyList<string>)
                [
                    row.Srv, row.Name, row.Critical ? "yes" : "no", string.Join(' ', row.DeviceTypes), string.Join(' ', row.Roles),
                    string.Join(' ', row.CommandVariants), row.Driven ? "yes" : "no", row.NotDrivenBecause,
                ])]);
            return ExitCode.Passed;
        });
        return new Command(
            "srv",
            """
            The SRV catalogue.

            Examples:
              harness srv list --driven
            """)
        { list };
    }
}
