using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness phases</c>: executed and passed of each set of each test phase.</summary>
internal static class PhasesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new(
            "phases",
            """
            Print executed and passed, each with its percentage, for the sets that cycles are marked with, by kind of pack.

            Examples:
              harness phases
              harness phases --json
            """);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            GetPhasesReply reply = await connection.AskAsync(client =>
                client.GetPhasesAsync(new GetPhasesRequest(), cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            if (reply.Phases.Count == 0)
            {
                Console.WriteLine("no ended cycle is marked with its set: 'harness run --as' or 'harness cycle mark'");
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["phase", "set", "cycles", "in scope", "executed", "", "passed", ""],
                [.. reply.Phases.Select(phase => (IReadOnlyList<string>)
                [
                    phase.PackKind.Length == 0 ? "not kept" : phase.PackKind, phase.Kind.ToString().ToLowerInvariant(), $"{phase.Cycles}",
                    $"{phase.InScope}", $"{phase.Executed}", phase.HasExecutedPercent ? $"{phase.ExecutedPercent} %" : "no rate",
                    $"{phase.Passed}", phase.HasPassedPercent ? $"{phase.PassedPercent} %" : "no rate",
                ])]);
            return ExitCode.Passed;
        });
        return command;
    }
}
