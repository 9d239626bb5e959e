using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness cycle cancel</c>: stops a cycle that nobody follows.</summary>
internal static class CycleCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> cycle = new("cycle") { Description = "The cycle" };
        Option<string> reason = new("--reason") { Description = "Why; it is kept with the cycle", HelpName = "text", Required = true };
        Command cancel = new(
            "cancel",
            """
            Stop a cycle: what runs ends with its clean-up, what has not begun is not run. A cycle that has ended stays as it is.

            Examples:
              harness cycle cancel 20260105-200000-1 --reason "wrong firmware on the bench"
            """)
        { cycle, reason };
        cancel.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            CancelCycleRequest request = new() { CycleId = parsed.GetRequiredValue(cycle), Reason = parsed.GetRequiredValue(reason) };
            await connection.AskAsync(client =>
                client.CancelCycleAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            return ExitCode.Passed;
        });
        return new Command(
            "cycle",
            """
            Cycles: 'harness cycles' lists them, 'harness watch' follows one.

            Examples:
              harness cycle cancel 20260105-200000-1 --reason "wrong firmware on the bench"
            """)
        { cancel };
    }
}
