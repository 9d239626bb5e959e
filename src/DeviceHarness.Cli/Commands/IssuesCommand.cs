using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness issues</c>: lists Testing Issues.</summary>
internal static class IssuesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> all = new("--all") { Description = "Closed, rejected and duplicate ones too" };
        Command command = new(
            "issues",
            """
            List Testing Issues: what failed attempts raised, with the severity that a person set or the harness proposes.

            Examples:
              harness issues
              harness issues --all --json
            """)
        { all };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            ListIssuesRequest request = new() { All = parsed.GetValue(all) };
            ListIssuesReply reply = await connection.AskAsync(client =>
                client.ListIssuesAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            if (reply.Issues.Count == 0)
            {
                Console.WriteLine("Testing Issues: none");
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["issue", "state", "severity", "proposed", "rule", "seen", "last seen (UTC)", "title"],
                [.. reply.Issues.Select(issue => (IReadOnlyList<string>)
                [
                    issue.Id, issue.State, issue.Severity == 0 ? "not set" : $"{issue.Severity}", $"{issue.Proposal.Severity}",
                    issue.Proposal.Rule, $"{issue.Sightings}", ConsoleText.Moment(issue.LastSeen), issue.Title,
                ])]);
            return ExitCode.Passed;
        });
        return command;
    }
}
