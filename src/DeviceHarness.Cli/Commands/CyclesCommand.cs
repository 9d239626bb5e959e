using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness cycles</c>: lists cycles.</summary>
internal static class CyclesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> limit = new("--limit") { Description = "How many at most, 1 to 1000", DefaultValueFactory = _ => 50 };
        Command command = new(
            "cycles",
            """
            List cycles, newest first. Where the firmware changed since a cycle was frozen, 'proposed' says which test its devices need
            (DMCT, PPCT), by which rule, and the versions.

            Examples:
              harness cycles
              harness cycles --limit 5 --json
            """)
        { limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            ListCyclesReply reply = await ListAsync(connection, parsed.GetValue(limit), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["cycle", "pack", "rig", "state", "passed", "in scope", "failed", "created (UTC)", "proposed"],
                [.. reply.Cycles.Select(cycle => (IReadOnlyList<string>)
                [
                    cycle.Id, cycle.PackName, cycle.Rig, cycle.State.ToString(), $"{cycle.Passed}", $"{cycle.InScope}", $"{cycle.Failed}",
                    ConsoleText.Moment(cycle.Created), Proposed(cycle.Proposal),
                ])]);
            return ExitCode.Passed;
        });
        return command;
    }

    /// <summary>The newest cycle's id.</summary>
    /// <exception cref="CommandException">There is none yet.</exception>
    public static async Task<string> NewestAsync(OrchestratorConnection connection, CancellationToken cancellationToken)
    {
        ListCyclesReply reply = await ListAsync(connection, 1, cancellationToken).ConfigureAwait(false);
        return reply.Cycles.Count > 0
            ? reply.Cycles[0].Id
            : throw new CommandException(ExitCode.Usage, "there is no cycle yet; 'harness run dmct-smoke' makes one");
    }

    private static string Proposed(TestProposal? proposal) => proposal is null
        ? string.Empty
        : $"{proposal.Name} ({proposal.Rule}): "
            + string.Join(", ", proposal.Changes.Select(change => $"{change.Device} {change.From} to {change.To}"));

    private static Task<ListCyclesReply> ListAsync(OrchestratorConnection connection, int limit, CancellationToken cancellationToken) =>
        connection.AskAsync(client =>
            client.ListCyclesAsync(new ListCyclesRequest { Limit = limit }, cancellationToken: cancellationToken).ResponseAsync);
}
