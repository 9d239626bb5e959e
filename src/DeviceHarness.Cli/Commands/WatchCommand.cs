using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness watch</c>: follows a cycle.</summary>
internal static class WatchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> cycle = new("cycle") { Description = "The cycle; default: the newest", Arity = ArgumentArity.ZeroOrOne };
        Command command = new(
            "watch",
            """
            Follow a cycle until it ends, then print its summary. Ctrl-C stops watching; the cycle goes on.

            Examples:
              harness watch
              harness watch 20260105-200000-1 --json
            """)
        { cycle };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool isJson = parsed.GetValue(CommonOptions.Json);
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            string id = parsed.GetValue(cycle) ?? await CyclesCommand.NewestAsync(connection, cancellationToken).ConfigureAwait(false);
            CycleDetail detail = await connection.AskAsync(async client =>
            {
                await CycleRun.WatchAsync(connection, id, isJson, cancellationToken).ConfigureAwait(false);
                return await client.GetCycleAsync(new GetCycleRequest { CycleId = id }, cancellationToken: cancellationToken)
                    .ResponseAsync.ConfigureAwait(false);
            }).ConfigureAwait(false);
            if (!isJson)
            {
                CycleSummaryText.Write(detail);
            }

            return CycleSummaryText.ExitCodeOf([detail]);
        });
        return command;
    }
}
