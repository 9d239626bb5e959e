using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness cycle cancel|resume|mark</c>: stops a cycle, goes on with one, and says what one was run for.</summary>
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
              harness cycle resume 20260105-200000-1 --plan
            """)
        { cancel, ResumeCommand.Create(), Mark() };
    }

    private static Command Mark()
    {
        Argument<string> cycle = new("cycle") { Description = "The cycle" };
        PurposeOptions purpose = new();
        DecisionOptions decision = new();
        Command mark = new(
            "mark",
            """
            Say what a cycle was run for: the set, the combination, the kind of installation. The last word holds, and all are kept.

            Examples:
              harness cycle mark 20260105-200000-1 --as eoc --dmc 002255 --installation dormant --reason "first end-of-cycle run"
            """)
        { cycle };
        purpose.AddTo(mark);
        decision.AddTo(mark);
        mark.SetAction(async (parsed, cancellationToken) =>
        {
            MarkCycleRequest request = new()
            {
                CycleId = parsed.GetRequiredValue(cycle),
                Purpose = purpose.Of(parsed)
                    ?? throw new CommandException(ExitCode.Usage, "give at least one of --as, --dmc, --installation"),
                Who = decision.Decider(parsed),
                Reason = decision.Reason(parsed),
            };
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            CyclePurpose marked = await connection.AskAsync(client =>
                client.MarkCycleAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            Console.WriteLine($"{request.CycleId}: {marked.Text}");
            return ExitCode.Passed;
        });
        return mark;
    }
}
