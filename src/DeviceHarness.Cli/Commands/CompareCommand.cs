using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness compare</c>: two cycles held against each other.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> first = new("first") { Description = "The earlier cycle" };
        Argument<string> second = new("second") { Description = "The later cycle" };
        Command command = new(
            "compare",
            """
            Hold two cycles against each other: devices and baseline, rates with their denominators, verdicts that changed.

            Examples:
              harness compare 20260105-200000-1 20260105-200000-2
              harness compare 20260105-200000-1 20260105-200000-2 --json
            """)
        { first, second };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            CycleComparison comparison = await AskAsync(
                connection, parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(comparison);
            }
            else
            {
                IssueOutput.Write(comparison);
            }

            return ExitCode.Passed;
        });
        return command;
    }

    /// <summary>Asks for a comparison.</summary>
    public static Task<CycleComparison> AskAsync(
        OrchestratorConnection connection, string first, string second, CancellationToken cancellationToken) =>
        connection.AskAsync(client => client.CompareCyclesAsync(
            new CompareCyclesRequest { First = first, Second = second }, cancellationToken: cancellationToken).ResponseAsync);
}
