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
        Option<string?> explain = new("--explain")
        {
            Description = "Record why the rates differ; kept with the two cycles, and every earlier word too",
            HelpName = "text",
        };
        Option<string> who = new("--by")
        {
            Description = "Who explains, with the forum; default: the login name",
            HelpName = "name",
            DefaultValueFactory = _ => Environment.UserName,
        };
        Command command = new(
            "compare",
            """
            Hold two cycles against each other, device by device and case by case: what differs between them, rates with their
            denominators and ranges, and the difference of the rates split over device set, firmware, pack, rig, harness, cases in
            scope and the rest, so that the parts add up to it exactly. A difference of one percentage point needs an explanation.

            Examples:
              harness compare 20260105-200000-1 20260105-200000-2
              harness compare 20260105-200000-1 20260105-200000-2 --json
              harness compare 20260105-200000-1 20260105-200000-2 --explain "no device with 110029 in the second" --by "A. Tester (TAG)"
            """)
        { first, second, explain, who };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            (string earlier, string later) = (parsed.GetRequiredValue(first), parsed.GetRequiredValue(second));
            CycleComparison comparison = parsed.GetValue(explain) is { } text
                ? await ExplainAsync(connection, earlier, later, text, parsed.GetRequiredValue(who), cancellationToken)
                    .ConfigureAwait(false)
                : await AskAsync(connection, earlier, later, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(comparison);
            }
            else
            {
                ComparisonOutput.Write(comparison);
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

    private static Task<CycleComparison> ExplainAsync(
        OrchestratorConnection connection, string first, string second, string text, string who, CancellationToken cancellationToken)
    {
        ExplainDifferenceRequest request = new() { First = first, Second = second, Text = text, Who = who };
        return connection.AskAsync(client =>
            client.ExplainDifferenceAsync(request, cancellationToken: cancellationToken).ResponseAsync);
    }
}
